"""What readers and contacts fill in, without an account."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from initiatives.models import Initiative, ProblemReport, STPArea, Theme
from initiatives.submitting import Reading
from senate_portal.lib import sensitive
from senate_portal.lib.forms import LongText, SmallCheckboxes

MOST_LINKS = 10
LONGEST_ADDRESS = 200
EMAIL_ERRORS = {
    "required": "Enter your work email address",
    "invalid": "Enter an email address, such as name@example.org",
}


class TrapMixin(forms.Form):
    """A box that people leave empty, since it is out of sight and says so, and that programs fill in."""

    website = forms.CharField(
        label="Leave this box empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("Leave the box that says so empty. It is there to stop programs that send rubbish")
        return ""


class NoPatientMixin(forms.Form):
    """Refuses NHS numbers in any text. Words that may point to a patient are only warned of: see `hints`."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name, text in self.texts(values):
            if sensitive.NHS_NUMBER in sensitive.found_in(text):
                self.add_error(name, "This holds what looks like an NHS number. Take out what could identify a patient")
        return values

    @property
    def hints(self) -> list[str]:
        return sensitive.hints_of_a_patient(*(text for _, text in self.texts(self.cleaned_data)))

    @staticmethod
    def texts(values: dict[str, Any]) -> list[tuple[str, str]]:
        return [
            (name, text) for name, text in values.items() if isinstance(text, str) and name not in {"name", "email"}
        ]


class SubmissionForm(TrapMixin, NoPatientMixin, forms.ModelForm):
    summary = LongText(
        label="What is it?",
        help_text="What is done, by whom, and what came of it. Write nothing that could identify a patient.",
        max_length=3000,
        error_messages={"required": "Say what it is"},
    )
    areas = forms.ModelMultipleChoiceField(
        queryset=STPArea.objects.order_by("name"), label="Where does it run?", required=False, widget=SmallCheckboxes
    )
    organisation = forms.CharField(label="Which organisation runs it?", max_length=200, required=False)
    links = LongText(
        label="Where can people read more?",
        help_text="One web address a line. You may put a title in front of it.",
        max_length=3000,
        required=False,
    )
    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Enter your name"})
    email = forms.EmailField(
        label="Your work email address",
        help_text="So that we can ask you. Your name and address are not published.",
        error_messages=EMAIL_ERRORS,
    )

    class Meta:
        model = Initiative
        fields = ["title", "summary", "who_for", "stage", "areas", "london_wide", "organisation", "themes"]
        widgets = {"stage": forms.RadioSelect, "themes": SmallCheckboxes}
        labels = {
            "title": "What is it called?",
            "who_for": "Who is it for?",
            "stage": "How far along is it?",
            "london_wide": "It runs all over London",
            "themes": "What is it about?",
        }
        error_messages = {
            "title": {"required": "Enter its name"},
            "who_for": {"required": "Say who it is for"},
            "stage": {"required": "Choose how far along it is"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage = self.fields["stage"]
        assert isinstance(stage, forms.ChoiceField)  # noqa: S101 - for mypy
        stage.choices = Initiative.Stage.choices
        self.fields["themes"].queryset = Theme.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_links(self) -> list[Reading]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(f"Give {MOST_LINKS} links at most")
        return [reading(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("areas") and not values.get("london_wide") and "areas" not in self.errors:
            self.add_error("areas", "Choose an area, or say that it runs all over London")
        return values


def reading(line: str) -> Reading:
    """A link from "The evaluation https://example.org/report"."""
    label, _, address = line.rpartition(" ")
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise ValidationError(f"“{line[:80]}” holds no web address that starts with https:// or http://") from None
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(f"A web address must be {LONGEST_ADDRESS} characters or fewer")
    return Reading(label.strip()[:200] or urlsplit(address).hostname or address, address)


class ProblemForm(TrapMixin, NoPatientMixin, forms.ModelForm):
    text = LongText(
        label="What is wrong?",
        help_text="Write nothing that could identify a patient.",
        max_length=2000,
        error_messages={"required": "Say what is wrong"},
    )

    class Meta:
        model = ProblemReport
        fields = ["text", "email"]
        labels = {"email": "Your email address"}
        help_texts = {"email": "Only if you want to hear what came of it. It is not published."}
        error_messages = {"email": {"invalid": EMAIL_ERRORS["invalid"]}}


class SettleForm(forms.Form):
    outcome = forms.CharField(
        label="What came of it?", max_length=300, error_messages={"required": "Say what came of it, in a few words"}
    )


class ResultForm(NoPatientMixin):
    """What a contact says on the day on which a result was expected."""

    changed = LongText(
        label="What came of it?",
        help_text="If there is no result yet, say when you expect it. Write nothing that could identify a patient.",
        max_length=2000,
        error_messages={"required": "Say what came of it, or when you expect a result"},
    )


class ConfirmForm(NoPatientMixin):
    """Nothing is chosen beforehand: opening the link says nothing."""

    right = forms.ChoiceField(
        label="Is it still right?",
        choices=[
            ("yes", "Yes, it is still right"),
            ("no", "No, something has changed"),
            ("left", "I have left, and should not be asked about it any more"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is still right"},
    )
    changed = LongText(
        label="What has changed?",
        help_text="If you have left: who should be asked now, in which role, and at which work email address?",
        max_length=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("right") == "no" and not values.get("changed") and "changed" not in self.errors:
            self.add_error("changed", "Say what has changed")
        return values
