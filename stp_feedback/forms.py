import uuid
from typing import Any

from django import forms
from django.utils import timezone

from initiatives.models import Initiative
from senate_portal.accounts.models import User
from senate_portal.lib.forms import Day, LongText, SmallCheckboxes
from stp_feedback import editing
from stp_feedback.models import AreaResponse, FeedbackPoint, KeyTheme, RecommendationUpdate


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


class NoteForm(forms.Form):
    """A point as it is written down at the table."""

    use_required_attribute = False

    text = LongText(
        label="What was said",
        max_length=2000,
        error_messages={
            "required": "Write what was said",
            "max_length": "What was said must be 2,000 characters or fewer",
        },
    )
    enabled_by = forms.CharField(
        label="Enabled by",
        help_text="What would make it possible, if the table said so",
        required=False,
        max_length=1000,
        error_messages={"max_length": "Enabled by must be 1,000 characters or fewer"},
    )
    is_unclear = forms.BooleanField(label="I am not sure that I got this right", required=False)
    section = forms.ChoiceField(choices=FeedbackPoint.Section.choices, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def blank(cls, section: str) -> "NoteForm":
        """An empty form with a key of its own, so that sending it twice keeps one note."""
        return cls(initial={"section": section, "key": uuid.uuid4()}, auto_id=f"{section}-%s")

    @property
    def note(self) -> editing.Note:
        return editing.Note(**{name: self.cleaned_data[name] for name in ("text", "enabled_by", "is_unclear", "key")})


class PastedNotesForm(forms.Form):
    """Points from typed notes."""

    use_required_attribute = False

    section = forms.ChoiceField(
        label="Section",
        choices=FeedbackPoint.Section.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the section that the points belong to"},
    )
    notes = LongText(
        label="Typed notes",
        help_text="One point in each line or bullet. What follows “enabled by” is kept apart.",
        max_length=50_000,
        error_messages={
            "required": "Paste the notes",
            "max_length": "The notes must be 50,000 characters or fewer",
        },
    )

    def clean_notes(self) -> list[editing.Note]:
        notes = editing.read_notes(self.cleaned_data["notes"])
        if not notes:
            raise forms.ValidationError("The notes hold no words")
        return notes


class PointForm(forms.ModelForm):
    """Words for the page, what they touch and what they name. What was written at the table stays as it is."""

    use_required_attribute = False

    text = LongText(label="What people read", error_messages={"required": "Write what people read"})
    enabled_by = LongText(label="Enabled by", required=False)
    # The change that the page was drawn after, so that nobody overwrites what somebody else wrote meanwhile.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = FeedbackPoint
        fields = ["text", "enabled_by", "is_unclear", "key_themes", "initiatives"]
        widgets = {"key_themes": SmallCheckboxes, "initiatives": SmallCheckboxes}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forum = self.instance.forum
        self.fields["key_themes"].queryset = KeyTheme.objects.all()  # type: ignore[attr-defined]
        self.fields["initiatives"].queryset = (  # type: ignore[attr-defined]
            Initiative.objects.filter(forums=forum) | Initiative.objects.filter(points=self.instance)
        ).distinct()
        self.fields["initiatives"].label = "Initiatives it names"
        self.initial["seen"] = self.latest_change()

    def latest_change(self) -> int | None:
        latest: int | None = self.instance.events.order_by("pgh_id").values_list("pgh_id", flat=True).last()
        return latest

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if known.get("seen") != self.latest_change():
            stored = FeedbackPoint.objects.get(pk=self.instance.pk)
            raise forms.ValidationError(
                "Somebody changed this point while you had it open. It now reads: “%(text)s” "
                "Open it again to change that.",
                params={"text": stored.text},
            )
        return known


class RecommendationUpdateForm(forms.ModelForm):
    use_required_attribute = False

    told_on = Day(label="As of", initial=timezone.localdate)
    text = LongText(
        label="What was done",
        help_text="Everyone can read this.",
        max_length=2000,
        error_messages={
            "required": "Write what was done",
            "max_length": "What was done must be 2,000 characters or fewer",
        },
    )

    class Meta:
        model = RecommendationUpdate
        fields = ["told_on", "text"]
