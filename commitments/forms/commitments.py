"""Commitments as staff write them down."""

from django import forms
from django.db.models import Model

from commitments import commitments
from commitments.models import Attendee, Commitment
from senate_portal.accounts.models import User
from senate_portal.lib.forms import LongText, SmallCheckboxes
from stp_feedback.models import KeyTheme

LONGEST_COMMITMENT = 5000


class KeyThemesField(forms.ModelMultipleChoiceField):
    widget = SmallCheckboxes

    def label_from_instance(self, theme: Model) -> str:
        return str(theme.short_name) if isinstance(theme, KeyTheme) else str(theme)


class CommitmentForm(forms.ModelForm):
    text = LongText(
        label="In their own words",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Enter what they said they would do"},
    )
    key_themes = KeyThemesField(queryset=KeyTheme.objects.all(), required=False)

    class Meta:
        model = Commitment
        fields = ["text", "is_unclear", "key_themes", "organisation"]

    def record(self, attendee: Attendee, *, by: User) -> Commitment:
        """Save a new commitment of this person."""
        self.instance.attendee = attendee
        commitment = commitments.make(self.save(commit=False), by=by)
        self.save_m2m()
        return commitment


class BoxForm(forms.Form):
    """One of several empty boxes for commitments; those left empty are passed over."""

    text = LongText(label="In their own words", required=False, max_length=LONGEST_COMMITMENT)


BoxFormSet = forms.formset_factory(BoxForm, extra=3, max_num=20, absolute_max=20)
