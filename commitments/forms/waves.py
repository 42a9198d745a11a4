"""When a follow-up writes, what it says, and its release."""

from datetime import date
from typing import Any

from django import forms

from commitments import wordings
from commitments.follow_ups import Dates
from commitments.models import Wave, Wording
from senate_portal.lib.forms import Day, LongText
from senate_portal.lib.templates import day
from senate_portal.lib.working_days import is_working_day, on_or_after


class WaveDatesForm(forms.Form):
    """When a follow-up writes. Dates of an email that has left are changed in vain, so nobody is kept from it."""

    due_on = Day(label="First emails leave on", may_lie_ahead=True)
    first_reminder = forms.IntegerField(
        label="First reminder, so many days after that",
        required=False,
        min_value=7,
        max_value=180,
        help_text="Leave it empty for no reminder. Two emails to one person are 7 days apart or more.",
    )
    second_reminder = forms.IntegerField(
        label="Second reminder, so many days after the first emails", required=False, min_value=14, max_value=180
    )
    closes_on = Day(label="It closes on", may_lie_ahead=True)
    asks_those_without = forms.BooleanField(
        label="Also write once to people who made no commitment",
        required=False,
        help_text="A short email of its own, counted apart, with no reminder.",
    )
    why = forms.CharField(
        label="Why",
        max_length=300,
        error_messages={"required": "Say why, in a few words"},
        help_text="Colleagues see it.",
    )

    @staticmethod
    def values_of(wave: Wave) -> dict[str, Any]:
        first, second = (*wave.reminder_offsets, None, None)[:2]
        return {
            "due_on": wave.due_on,
            "first_reminder": first,
            "second_reminder": second,
            "closes_on": wave.closes_on,
            "asks_those_without": wave.asks_those_without,
        }

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if not is_working_day(due_on):
            raise forms.ValidationError(
                f"Nothing leaves on that day. The next working day is {day(on_or_after(due_on))}"
            )
        return due_on

    def clean(self) -> None:
        if self.cleaned_data.get("second_reminder") and not self.cleaned_data.get("first_reminder"):
            self.add_error("first_reminder", "Enter the days to the first reminder, or leave both empty")
        if not self.errors and (problem := self.dates().problem):
            self.add_error("closes_on" if "closing" in problem else "first_reminder", problem)

    def dates(self) -> Dates:
        given = self.cleaned_data
        reminders = (given["first_reminder"], given["second_reminder"])
        return Dates(
            due_on=given["due_on"],
            closes_on=given["closes_on"],
            reminder_offsets=tuple(days for days in reminders if days),
            asks_those_without=given["asks_those_without"],
        )


class WordingForm(forms.Form):
    subject = forms.CharField(max_length=200, error_messages={"required": "Enter a subject"})
    body = LongText(
        label="What the email says",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "Enter what the email says"},
    )

    def __init__(self, *args: Any, letter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        alone = sorted(wordings.PARAGRAPHS[Wording.Letter(letter)])
        names = ", ".join(f"{{{name}}}" for name in sorted(wordings.ANYWHERE))
        self.fields["body"].help_text = (
            f"Each email fills in {names}."
            + (f" As paragraphs of their own: {' and '.join(f'{{{name}}}' for name in alone)}." if alone else "")
            + " The greeting, how to stop, and the Senate's name are added."
        )

    def clean(self) -> None:
        given = self.cleaned_data
        if not self.errors and (problem := wordings.problem_of(self.letter, given["subject"], given["body"])):
            self.add_error("body", problem)


class ReleaseForm(forms.Form):
    """Staff type how many people will be written to, so that nobody releases a wave without having looked."""

    count = forms.IntegerField(
        label="How many people will be written to?",
        error_messages={"required": "Type the number shown above", "invalid": "Type the number shown above"},
    )

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != self.people:
            raise forms.ValidationError(f"Type {self.people}, the number shown above")
        return count
