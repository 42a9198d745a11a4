from typing import Any

from django import forms

from commitments.answers import Given, given_in
from commitments.models import Answer
from senate_portal.lib.forms import LongText, SmallCheckboxes


class AnswerForm(forms.Form):
    """What became of one commitment. Key themes are (id, short name) pairs, read once for all cards of a page."""

    use_required_attribute = False

    NAMES = ["outcome", "what_happened", "helped", "helped_text", "hindered", "hindered_text"]

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

    def __init__(self, *args: Any, key_themes: list[tuple[int, str]], answer: Answer | None, **kwargs: Any) -> None:
        if answer and "initial" not in kwargs:
            given = vars(given_in(answer))
            boxes = {name: sorted(given[name]) for name in ["helped", "hindered"]}
            kwargs["initial"] = given | boxes | {"seen": str(answer.pk)}
        super().__init__(*args, **kwargs)
        for name in ["helped", "hindered"]:
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for mypy
            field.choices = key_themes

    def typed(self) -> dict[str, Any]:
        """What stands in the boxes, right or wrong, to be shown again without judging it."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def given(self) -> Given:
        values = {name: self.cleaned_data[name] for name in self.NAMES}
        return Given(**values | {name: frozenset(values[name]) for name in ["helped", "hindered"]})


class FreshLinkForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        help_text="The one at which our email reached you.",
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address, such as name@example.org",
        },
    )
