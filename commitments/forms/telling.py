"""What others come to read of the answers."""

from django import forms

from commitments.forms.commitments import LONGEST_COMMITMENT
from initiatives.models import Initiative
from senate_portal.lib.forms import LongText


class StoryForm(forms.Form):
    title = forms.CharField(label="A title", max_length=200, error_messages={"required": "Give it a title"})
    text = LongText(
        label="The story",
        help_text="In plain words, without the name of a person. Nothing that could identify a patient.",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Write the story"},
    )
    initiative = forms.ModelChoiceField(
        Initiative.objects.published().order_by("title"),
        label="The initiative that it is about",
        help_text="The story shows on its page too.",
        required=False,
        empty_label="None",
    )


class TakeUpForm(forms.Form):
    place = forms.CharField(label="Where", max_length=200, error_messages={"required": "Say where it was taken up"})
    what_changed = forms.CharField(label="What they changed", max_length=500, required=False)


class SummaryForm(forms.Form):
    text = LongText(
        label="What participants will read",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Write what was learnt"},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
