from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from commitments.models import Commitment


class KeptTexts(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return obj.text  # type: ignore[attr-defined,no-any-return]


class ErasureForm(forms.Form):
    """Which commitments may keep their wording when their person is erased: somebody read each one."""

    kept = KeptTexts(
        queryset=Commitment.objects.none(),
        label="Which of these texts name nobody, so that they may stay?",
        help_text="Tick a text only if nobody could tell from it who wrote it. The others are erased.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, commitments: QuerySet[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = commitments  # type: ignore[attr-defined]
        if not commitments.exists():
            self.fields["kept"].widget = forms.MultipleHiddenInput()
