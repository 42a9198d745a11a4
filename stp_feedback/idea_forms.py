from typing import Any

from django import forms

from initiatives.models import Initiative
from senate_portal.lib.forms import LongText
from stp_feedback.models import Idea
from stp_feedback.models.ideas import CARD, question


def answer(name: str) -> LongText:
    """The box for one question of the card."""
    return LongText(
        label=question(name),
        required=False,
        max_length=2000,
        error_messages={"max_length": f"“{question(name)}” must be answered in 2,000 characters or fewer"},
    )


class IdeaForm(forms.ModelForm):
    """What a card says, what area it is about, and what came of it."""

    use_required_attribute = False

    why_needed = answer("why_needed")
    benefits = answer("benefits")
    how = answer("how")
    is_published = forms.BooleanField(
        label="Everybody can read it", help_text="Leave this empty to keep it a draft", required=False
    )

    class Meta:
        model = Idea
        fields = [*CARD, "area", "initiative", "is_published"]
        labels = {"area": "STP area"}
        help_texts = {"idea": "In a few words. Name nobody", "area": "Where the card is about one area"}
        error_messages = {
            "idea": {
                "required": "Write what the idea is",
                "max_length": "The idea must be 200 characters or fewer",
            },
            "who_for": {"max_length": "Who it is for must be 300 characters or fewer"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area, initiative = self.fields["area"], self.fields["initiative"]
        area.empty_label = "None"  # type: ignore[attr-defined]
        initiative.empty_label = "None yet"  # type: ignore[attr-defined]
        initiative.queryset = Initiative.objects.only("title")  # type: ignore[attr-defined]
