from datetime import date

from django import forms
from django.utils import timezone

from commitments.forms.answers import LATEST
from commitments.models import Chase
from senate_portal.lib.forms import LongText


class ChaseForm(forms.ModelForm):
    ask_again_on = forms.DateField(
        label="They asked to be asked again on",
        help_text="We will write on that day, and not remind them before.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a date, such as 1 June 2026"},
    )

    channel = forms.ChoiceField(
        label="How",
        choices=Chase.Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you asked"},
    )

    class Meta:
        model = Chase
        fields = ["channel", "note"]
        field_classes = {"note": LongText}
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": "The person can ask to see this. Write nothing that could identify a patient."}

    def clean_ask_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["ask_again_on"]
        if day and not timezone.localdate() < day <= timezone.localdate() + LATEST:
            raise forms.ValidationError("Choose a day after today and within six months")
        return day
