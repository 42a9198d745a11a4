"""What staff fill in about the list of themes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives import themes
from initiatives.models import Theme


class ThemeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["name", "description"]
        help_texts = {"name": "When you change it, addresses with the old name keep working."}
        error_messages = {"name": {"required": "Enter a name"}}
        widgets = {"description": forms.Textarea({"rows": 3})}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        other = Theme.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).first()
        if other:
            raise ValidationError(f"There is a theme “{other}” already. Merge the two if they are the same")
        return name

    def save(self, commit: bool = True) -> Theme:
        theme: Theme = super().save(commit=False)
        themes.save(theme)
        return theme


class MergeForm(forms.Form):
    """The theme that stays. `seen` is the number of entries that the preview showed."""

    kept: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label="Which theme stays?",
        empty_label="Choose a theme",
        error_messages={"required": "Choose the theme that stays", "invalid_choice": "Choose a theme from the list"},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, gone: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = Theme.objects.exclude(pk=gone.pk)  # type: ignore[attr-defined]
