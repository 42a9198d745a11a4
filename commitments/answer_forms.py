"""What people fill in behind their link, beside what became of each commitment."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from commitments.models import Consent

LATEST = timedelta(days=180)  # as long as a link lives


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class BesidesForm(forms.Form):
    """Once for the whole page: anything else, and a day on which to be asked again."""

    remark = forms.CharField(
        label="Anything else you want to tell us",
        help_text="One line. Please write nothing that could identify a patient.",
        required=False,
        max_length=500,
        error_messages={"max_length": "This must be 500 characters or fewer"},
    )
    ask_again_on = forms.DateField(
        label="Too soon to tell? Ask me again on",
        help_text="Any day in the next six months. We will write on that day, and not remind you before.",
        required=False,
        show_hidden_initial=True,  # so that a page left open does not undo a day chosen since
        widget=DayInput(),
        error_messages={"invalid": "Enter a date, such as 1 June 2026"},
    )

    def __init__(self, *args: Any, may_choose_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_choose_day:
            del self.fields["ask_again_on"]

    def clean_ask_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["ask_again_on"]
        today = timezone.localdate()
        if day and "ask_again_on" in self.changed_data and not today < day <= today + LATEST:
            raise forms.ValidationError("Choose a day after today and within six months")
        return day


class PassOnForm(forms.Form):
    """None of the ways is chosen for anybody: programs that open links press buttons too."""

    NOT_MINE, COLLEAGUE, MINE = "not-mine", "colleague", "mine"

    use_required_attribute = False

    way = forms.ChoiceField(
        label="Whose is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose it is"},
    )
    name = forms.CharField(label="Your colleague's name", required=False, max_length=200)
    email = forms.EmailField(
        label="Your colleague's work email address",
        help_text="We send them one email with this commitment and a link of their own. It does not name you.",
        required=False,
        error_messages={"invalid": "Enter an email address, such as name@example.org"},
    )

    def __init__(self, *args: Any, is_passed_on: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [
            (self.NOT_MINE, "I never said this, and do not know who did"),
            (self.COLLEAGUE, "A colleague looks after it now"),
        ]
        if is_passed_on:
            ways.insert(0, (self.MINE, "It is mine after all"))
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)  # noqa: S101 - for mypy
        way.choices = ways

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("way") == self.COLLEAGUE:
            if not values.get("name") and "name" not in self.errors:
                self.add_error("name", "Enter your colleague's name")
            if not values.get("email") and "email" not in self.errors:
                self.add_error("email", "Enter the address at which we can reach them")
        return values


class OfferForm(forms.Form):
    """Whether somebody takes a commitment on that a colleague named them for."""

    TAKE, REFUSE = "take", "refuse"

    use_required_attribute = False

    decision = forms.ChoiceField(
        label="Do you take it on?",
        choices=[
            (TAKE, "Yes, you may ask me what became of it"),
            (REFUSE, "No, it is not for me"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you take it on"},
    )


class ConsentsForm(forms.Form):
    """Each use by itself. Nothing is allowed until somebody ticks it, and saving without a tick ends it."""

    uses = forms.MultipleChoiceField(
        label="What may we do with what you tell us?",
        help_text="Each is up to you. You can change it here at any time.",
        choices=Consent.Use.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
