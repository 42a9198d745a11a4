from django import forms
from django.utils import timezone

from senate_portal.accounts.models import User
from senate_portal.lib.forms import LongText
from stp_feedback.models import AreaResponse


class AreaResponseForm(forms.ModelForm):
    """What an area's lead says became of a point."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label="What became of it?",
        choices=AreaResponse.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of this point"},
    )
    why = LongText(
        label="What was done, what is planned, or why not now",
        help_text="Everyone can read this.",
        max_length=2000,
        error_messages={
            "required": "Write a sentence that says why",
            "max_length": "What you write must be 2,000 characters or fewer",
        },
    )

    class Meta:
        model = AreaResponse
        fields = ["answer", "why"]

    def answer_as(self, user: User) -> AreaResponse:
        """Saves the answer as the person's, with today's date."""
        response: AreaResponse = self.save(commit=False)
        response.by, response.answered_on = user, timezone.localdate()
        response.save()
        return response
