"""Why staff do something that others will ask about."""

from django import forms


class ReasonForm(forms.Form):
    why = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why, in a few words"})


class DownloadForm(forms.Form):
    why = forms.CharField(
        label="Why do you need these names and addresses?",
        help_text="Kept with your name and the time.",
        max_length=300,
        error_messages={"required": "Say why, in a few words"},
    )
