import re
from typing import Any

from django import forms
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.dateformat import format as date_format
from django.utils.text import slugify

from initiatives.models import STPArea
from senate_portal.lib import vague_dates
from senate_portal.lib.forms import LongText, SmallCheckboxes
from stp_feedback import forums
from stp_feedback.models import (
    Forum,
    ForumInitiative,
    ForumKeyTheme,
    Paper,
    Poll,
    Recommendation,
    Session,
)
from stp_feedback.models.forums import POLL_RESULTS


class ForumForm(forms.ModelForm):
    """What a forum is. Its programme and what came of it are lists of their own, below."""

    use_required_attribute = False

    new_series = forms.CharField(
        label="Another series, if the list lacks it",
        required=False,
        max_length=200,
        error_messages={"max_length": "The name of the series must be 200 characters or fewer"},
    )
    when = forms.CharField(
        label="Date",
        help_text="Such as 26 January 2027, or December 2027 while only the month is known. Leave it empty until then.",
        required=False,
        max_length=50,
    )
    introduction = LongText(label="What it is about", required=False)
    feedback_note = LongText(label="How the feedback is gathered", required=False)

    class Meta:
        model = Forum
        fields = [
            "title",
            "kind",
            "series",
            "new_series",
            "when",
            "date_note",
            "venue",
            "host",
            "visitors",
            "areas_absent",
            "introduction",
            "feedback_note",
            "follow_up_months",
            "follow_up_at_next",
            "attendees",
            "committers",
            "commitments",
            "further_sources",
        ]
        labels = {
            "areas_absent": "STP areas that took no part",
            "attendees": "How many people came",
            "committers": "How many of them made commitments",
            "commitments": "How many commitments they made",
            "follow_up_months": "Months until the follow-up",
            "follow_up_at_next": "Ask by the next forum of the series instead",
        }
        help_texts = {
            "date_note": "For example, that the day may still change",
            "visitors": "For a peer visit: who comes to see",
            "follow_up_at_next": "On its day, or the working day before. Without a published day the months count",
            "areas_absent": "Nobody waits for what they say",
            "attendees": "These three as the Senate reports them, once they are counted",
        }
        widgets = {"kind": forms.RadioSelect, "further_sources": SmallCheckboxes, "areas_absent": SmallCheckboxes}
        error_messages = {
            "title": {"required": "Write what the forum is called"},
            "follow_up_months": {
                "required": "Enter after how many months people are asked",
                "invalid": "Enter a number of months",
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Forum.Kind.choices  # type: ignore[attr-defined]  # no choice "none"
        self.fields["series"].empty_label = "None"  # type: ignore[attr-defined]
        for name in ("attendees", "committers", "commitments"):
            self.fields[name].error_messages |= {"invalid": "Enter a number", "min_value": "Enter a number"}
        held_on = self.instance.held_on
        if held_on:
            self.initial["when"] = date_format(held_on, "j F Y" if self.instance.has_day else "F Y")

    def clean_when(self) -> str:
        typed: str = self.cleaned_data["when"]
        try:
            self.instance.held_on, self.instance.date_known = vague_dates.read(typed)
        except ValueError:
            raise forms.ValidationError(
                "Enter a day such as 26 January 2027, a month such as December 2027, or leave it empty"
            ) from None
        if self.instance.join_code and not self.instance.has_day:
            raise forms.ValidationError("People can join with a code, which tells them a day. Close the code first")
        return typed

    def clean_follow_up_months(self) -> int:
        months: int = self.cleaned_data["follow_up_months"]
        if not 1 <= months <= 24:
            raise forms.ValidationError("Enter a number from 1 to 24")
        return months

    def clean_new_series(self) -> str:
        title: str = self.cleaned_data["new_series"]
        if title and not slugify(title):
            raise forms.ValidationError("Enter a name with letters in it")
        return title

    def clean_areas_absent(self) -> QuerySet[STPArea]:
        absent: QuerySet[STPArea] = self.cleaned_data["areas_absent"]
        if self.instance.pk and (said := absent.filter(points__forum=self.instance).distinct()):
            names = ", ".join(area.name for area in said)
            raise forms.ValidationError("Points of this forum are on record for: %(names)s", params={"names": names})
        return absent

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if known.get("follow_up_at_next") and not (known.get("series") or known.get("new_series")):
            self.add_error("follow_up_at_next", "Choose a series above, or leave this empty")
        came, promised = known.get("attendees"), known.get("committers")
        if came is not None and promised is not None and promised > came:
            self.add_error("committers", "No more people can have made commitments than came")
        if known.get("new_series") and not self.errors:  # a form that is refused makes no series
            known["series"] = forums.series_named(known["new_series"])
        return known

    def save(self, commit: bool = True) -> Any:
        if not self.instance.slug:
            self.instance.slug = forums.free_slug(self.cleaned_data["title"])
        return super().save(commit)


class PollForm(forms.ModelForm):
    results = LongText(
        label="Answers and votes",
        help_text="One answer in each line, with its votes at the end, such as: Yes 34",
        error_messages={"required": "Write the answers with their votes"},
    )

    class Meta:
        model = Poll
        fields = ["question", "results"]
        error_messages = {"question": {"required": "Write what was asked or pitched for"}}

    def clean_results(self) -> str:
        lines = [" ".join(line.split()) for line in self.cleaned_data["results"].split("\n") if line.strip()]
        for line in lines:
            if not re.fullmatch(POLL_RESULTS, line):
                raise forms.ValidationError(
                    "End each line with a number of votes: “%(line)s” has none", params={"line": line}
                )
        return "\n".join(lines)


class PaperForm(forms.ModelForm):
    address = forms.URLField(
        label="Web address",
        assume_scheme="https",
        required=False,
        max_length=200,
        error_messages={"invalid": "Enter a web address, such as https://example.org/slides.pdf"},
    )

    class Meta:
        model = Paper
        fields = ["title", "address"]


class RowFormSet(forms.BaseInlineFormSet):
    """Rows of a forum in the order that their numbers say; those without a number stand at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.choices: dict[str, list[Any]] = {}
        kwargs["queryset"] = self.model._default_manager.select_related()
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name in ("initiative", "key_theme"):
            if name in form.fields:
                if name not in self.choices:  # read once for all rows
                    self.choices[name] = list(form.fields[name].choices)
                form.fields[name].choices = self.choices[name]
        form.fields["ORDER"].label = "Place in the order"
        form.use_required_attribute = False
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Take this away"

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        for form in self.deleted_forms:
            if form.instance.pk:
                form.instance.delete()
        place = "number" if self.model is Recommendation else "position"
        for number, form in enumerate(self.ordered_forms, start=1):
            setattr(form.instance, place, number)
            form.save()


def _rows(model: type[models.Model], fields: list[str], form: type[forms.ModelForm] = forms.ModelForm) -> Any:
    return forms.inlineformset_factory(
        Forum, model, form, RowFormSet, fields=fields, extra=2, max_num=200, can_order=True, can_delete_extra=False
    )


# The lists of a forum by the last part of their address, each with its heading.
LISTS = {
    "programme": ("Programme", _rows(Session, ["title", "speaker", "text"])),
    "initiatives": ("Initiatives shown", _rows(ForumInitiative, ["initiative"])),
    "papers": ("Papers", _rows(Paper, ["title", "address"], PaperForm)),
    "key-themes": ("What was most important", _rows(ForumKeyTheme, ["key_theme", "text"])),
    "recommendations": ("Recommendations", _rows(Recommendation, ["addressed_to", "text"])),
    "polls": ("Polls and pitches", _rows(Poll, ["question", "results"], PollForm)),
}
