"""What people fill in behind their link, or staff on their behalf."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from commitments.answers import Given, given_in
from commitments.models import Answer, Consent
from senate_portal.lib.forms import LongText, SmallCheckboxes

LATEST = timedelta(days=180)  # as long as a link lives


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class AnswerForm(forms.Form):
    """What became of one commitment. Key themes are (id, short name) pairs, read once for all cards of a page."""

    use_required_attribute = False

    NAMES = ["outcome", "what_happened", "helped", "helped_text", "hindered", "hindered_text", "took_up", "took_up_as"]

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of this commitment"},
    )
    what_happened = LongText(
        label="What happened, in a few words",
        help_text="Please write nothing that could identify a patient.",
        required=False,
        max_length=5000,
        error_messages={"max_length": "What happened must be 5,000 characters or fewer"},
    )
    helped = forms.TypedMultipleChoiceField(label="What helped?", coerce=int, required=False, widget=SmallCheckboxes)
    helped_text = forms.CharField(
        label="What else helped",
        required=False,
        max_length=500,
        error_messages={"max_length": "What else helped must be 500 characters or fewer"},
    )
    hindered = forms.TypedMultipleChoiceField(
        label="What got in the way?", coerce=int, required=False, widget=SmallCheckboxes
    )
    hindered_text = forms.CharField(
        label="What else got in the way",
        required=False,
        max_length=500,
        error_messages={"max_length": "What else got in the way must be 500 characters or fewer"},
    )

    took_up_as = forms.ChoiceField(
        label="Did you take up an initiative of the forum?",
        choices=[("", "No"), *Answer.TakenUpAs.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    took_up = forms.TypedChoiceField(label="Which one?", coerce=int, empty_value=None, required=False)

    def __init__(
        self,
        *args: Any,
        key_themes: list[tuple[int, str]],
        answer: Answer | None,
        initiatives: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        if answer and "initial" not in kwargs:
            given = vars(given_in(answer))
            boxes = {name: sorted(given[name]) for name in ["helped", "hindered"]}
            kwargs["initial"] = given | boxes | {"seen": str(answer.pk)}
        super().__init__(*args, **kwargs)
        for name in ["helped", "hindered"]:
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for mypy
            field.choices = key_themes
        took_up = self.fields["took_up"]
        assert isinstance(took_up, forms.TypedChoiceField)  # noqa: S101 - for mypy
        took_up.choices = [("", "Choose one"), *initiatives]
        self.offers_initiatives = bool(initiatives)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("took_up_as") and not values.get("took_up") and "took_up" not in self.errors:
            self.add_error("took_up", "Choose which initiative you took up")
        if not values.get("took_up_as"):
            values["took_up"] = None
        return values

    def typed(self) -> dict[str, Any]:
        """What stands in the boxes, right or wrong, to be shown again without judging it."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def given(self) -> Given:
        values = {name: self.cleaned_data[name] for name in self.NAMES}
        return Given(**values | {name: frozenset(values[name]) for name in ["helped", "hindered"]})


class OnBehalfForm(AnswerForm):
    """What somebody told staff by phone, in person or in a reply."""

    via = forms.ChoiceField(
        label="How did they tell you?",
        choices=[(Answer.Via.PHONE.value, "By phone"), (Answer.Via.STAFF.value, "In person, or in a reply")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they told you"},
    )


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


class ConsentsForm(forms.Form):
    """Each use by itself. Nothing is allowed until somebody ticks it, and saving without a tick ends it."""

    uses = forms.MultipleChoiceField(
        label="What may we do with what you tell us?",
        help_text="Each is up to you. You can change it here at any time.",
        choices=Consent.Use.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FreshLinkForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        help_text="The one at which our email reached you.",
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address, such as name@example.org",
        },
    )
