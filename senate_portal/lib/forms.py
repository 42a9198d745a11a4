"""Form fields that several apps need."""

from typing import Any

from django import forms


class LongText(forms.CharField):
    """Several lines. A line break counts once, as it does in the browser that holds people to the limit."""

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
