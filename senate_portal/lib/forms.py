"""Form fields that several apps need."""

from typing import Any

from django import forms
from django.utils import timezone


class LongText(forms.CharField):
    """Several lines. A line break counts once, however the browser sends it."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class SmallCheckboxes(forms.CheckboxSelectMultiple):
    """For many short choices."""

    small = True


class FilterForm(forms.Form):
    """The boxes above a list: every one may be left alone, which nobody needs to be told."""

    all_optional = True


class Day(forms.DateField):
    """A day, today or in the past unless it may lie ahead."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": "Enter the day", "invalid": "Enter a day such as 27 3 2026"}

    def __init__(self, *, may_lie_ahead: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_lie_ahead = may_lie_ahead

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.may_lie_ahead and value > timezone.localdate():
            raise forms.ValidationError("The day must be today or in the past")
