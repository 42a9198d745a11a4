"""What an attendee promises on the day, and the day's code."""

from typing import Any

from django import forms

from commitments import commitments
from commitments.forms.commitments import LONGEST_COMMITMENT
from commitments.joining import Promise
from commitments.models import Suggestion
from initiatives.models import Initiative, STPArea
from senate_portal.lib.forms import LongText
from stp_feedback.models import Forum


class JoinForm(forms.Form):
    """What an attendee promises on the day. Prompts help and refuse nothing; an address is needed only to be asked."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=50)
    text = LongText(
        label="What will you do?",
        help_text="What, where and by when, as far as you know.",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Say what you will do"},
    )
    suggested = forms.ModelChoiceField(
        queryset=Suggestion.objects.none(),
        label="Or start from a suggestion",
        help_text="If you write something above as well, your own words are kept.",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "This suggestion is gone. Choose another, or write what you will do"},
    )
    inspired_by = forms.ModelChoiceField(
        queryset=Initiative.objects.none(), label="Inspired by", required=False, empty_label="Nothing on this list"
    )
    confidence = forms.TypedChoiceField(
        label="How confident are you that it will happen?",
        help_text="Only the Senate sees this, and only as a count.",
        choices=[("", "I would rather not say"), (1, "1, hardly"), (2, "2"), (3, "3"), (4, "4"), (5, "5, sure")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    second = LongText(label="A second commitment", required=False, max_length=LONGEST_COMMITMENT)
    third = LongText(label="A third commitment", required=False, max_length=LONGEST_COMMITMENT)
    area = forms.ModelChoiceField(
        queryset=STPArea.objects.all(), label="Your STP area", required=False, empty_label="None of these"
    )
    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Enter your name"})
    agrees = forms.BooleanField(label="Ask me what came of it", required=False)
    email = forms.EmailField(
        label="Your work email address",
        required=False,
        error_messages={"invalid": "Enter an email address, such as name@example.org"},
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspired_by = self.fields["inspired_by"]
        assert isinstance(inspired_by, forms.ModelChoiceField)  # noqa: S101 - for mypy
        inspired_by.queryset = forum.initiatives.filter(publication=Initiative.Publication.PUBLISHED).order_by("title")
        suggested = self.fields["suggested"]
        assert isinstance(suggested, forms.ModelChoiceField)  # noqa: S101 - for mypy
        suggested.queryset = forum.suggestions.all()
        self.fields["text"].required = not self.data.get("suggested")
        self.fields["agrees"].help_text = commitments.agreement(forum)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("agrees") and not values.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the address at which we may ask you")
        return values

    def promises(self) -> list[Promise]:
        values = self.cleaned_data
        text = values["text"] or values["suggested"].text
        first = Promise(text, values["inspired_by"], values["confidence"], values["suggested"])
        return [first, *(Promise(values[name]) for name in ["second", "third"] if values[name])]


class JoinCodeForm(forms.Form):
    code = forms.CharField(
        label="The code you were shown", max_length=50, error_messages={"required": "Type the code you were shown"}
    )
