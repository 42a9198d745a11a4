"""What staff fill in about an entry and all that belongs to it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max

from initiatives.models import (
    Adaptation,
    Basis,
    Borough,
    Contact,
    Initiative,
    Link,
    OldSlug,
    Outcome,
    Service,
    SourceReference,
    STPArea,
)
from initiatives.models.initiatives import TAKEN_SLUGS
from senate_portal.lib.forms import LongText, SmallCheckboxes


def places(model: type[models.Model], label: str) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        queryset=model._default_manager.order_by("name"), label=label, required=False, widget=SmallCheckboxes
    )


class InitiativeForm(forms.ModelForm):
    """`seen` is the number of the version that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    summary = LongText(max_length=5000, error_messages={"required": "Say what it is"})
    problem = LongText(label="The problem it meets", max_length=5000, required=False)
    how_it_works = LongText(label="How it works and what it took", max_length=20000, required=False)
    prerequisites = LongText(label="What must be in place first", max_length=5000, required=False)
    pitfalls = LongText(label="What to look out for", max_length=5000, required=False)
    start_here = LongText(label="Where to start", max_length=5000, required=False)
    lessons = LongText(
        label="What would they do differently?",
        help_text="Above all for work that stopped: what others can learn from it.",
        max_length=5000,
        required=False,
    )
    evaluation_note = LongText(max_length=5000, required=False)
    areas_stated = places(STPArea, "STP areas that the source states")
    areas_inferred = places(STPArea, "STP areas that we worked out")
    boroughs_stated = places(Borough, "Boroughs that the source states")
    boroughs_inferred = places(Borough, "Boroughs that we worked out")

    class Meta:
        model = Initiative
        fields = [
            "title",
            "slug",
            "acronyms",
            "summary",
            "who_for",
            "populations",
            "stage",
            "problem",
            "how_it_works",
            "cost",
            "funding",
            "workforce",
            "set_up_time",
            "prerequisites",
            "pitfalls",
            "start_here",
            "lessons",
            "evaluation_status",
            "evaluation_note",
            "evidence_strength",
            "evidence_reason",
            "results_expected_on",
            "results_expected_note",
            "london_wide",
            "london_wide_basis",
            "areas_stated",
            "areas_inferred",
            "boroughs_stated",
            "boroughs_inferred",
            "themes",
            "organisations",
        ]
        widgets = {
            "results_expected_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "themes": SmallCheckboxes,
            "populations": SmallCheckboxes,
            "organisations": SmallCheckboxes,
        }
        labels = {"slug": "End of its address", "populations": "Groups of people it serves"}
        help_texts = {"slug": "When you change it, the old address leads to the new one for ever."}

    def __init__(self, *args: Any, seen: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        if self.instance.pk:
            for name, rows in self.placed().items():
                for basis in Basis:
                    self.fields[f"{name}_{basis}"].initial = list(
                        rows.filter(basis=basis).values_list("place", flat=True)
                    )

    def placed(self) -> dict[str, Any]:
        """The rows that tie the entry to places, the place's key under `place`."""
        entry = self.instance
        return {
            "areas": entry.initiativearea_set.annotate(place=models.F("area")),
            "boroughs": entry.initiativeborough_set.annotate(place=models.F("borough")),
        }

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in TAKEN_SLUGS:
            raise ValidationError(f"“{slug}” is the address of a page of the catalogue. Choose another one")
        if OldSlug.objects.filter(slug=slug).exclude(initiative=self.instance.pk).exists():
            raise ValidationError("Another entry had this address once, and links to it still lead there")
        return slug

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in ["areas", "boroughs"]:
            both = set(values.get(f"{name}_stated") or ()) & set(values.get(f"{name}_inferred") or ())
            if both:
                self.add_error(f"{name}_inferred", f"{min(map(str, both))} is chosen as stated too. Choose one of them")
        return values

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        for name in ["areas", "boroughs"]:
            self.save_places(name)

    def save_places(self, name: str) -> None:
        chosen = {basis: self.cleaned_data[f"{name}_{basis}"] for basis in Basis}
        wanted = {(place.pk, basis.value) for basis, places in chosen.items() for place in places}
        for row in self.placed()[name]:
            if (row.place, row.basis) not in wanted:
                row.delete()
        for basis, places in chosen.items():
            getattr(self.instance, name).add(*places, through_defaults={"basis": basis})


class PartFormSet(forms.BaseInlineFormSet):
    """Rows of an entry in their order; new ones stand at the end."""

    def save_new(self, form: Any, commit: bool = True) -> Any:
        if hasattr(form.instance, "position"):
            last = self.model._default_manager.filter(initiative=self.instance).aggregate(last=Max("position"))["last"]
            form.instance.position = (last or 0) + 1
        return super().save_new(form, commit)


class LinkForm(forms.ModelForm):
    address = forms.URLField(
        assume_scheme="https",
        max_length=200,
        required=False,
        error_messages={"invalid": "Enter a web address, such as https://example.org/"},
    )

    class Meta:
        model = Link
        fields = ["label", "address", "kind", "note"]


class AdaptationForm(forms.ModelForm):
    """The other entry is named by the end of its address: a list of all would be longer than anybody reads."""

    original = forms.ModelChoiceField(
        queryset=Initiative.objects.all(),
        to_field_name="slug",
        label="End of the address of the entry that it was made after",
        widget=forms.TextInput,
        error_messages={"invalid_choice": "No entry has this address. Take what stands after /initiatives/ in it"},
    )

    class Meta:
        model = Adaptation
        fields = ["original", "what_changed"]
        error_messages = {"what_changed": {"required": "Say in a sentence what changed"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["original"] = self.instance.original.slug

    def clean_original(self) -> Initiative:
        original: Initiative = self.cleaned_data["original"]
        if original.pk == self.instance.initiative_id:
            raise ValidationError("Choose another entry than this one")
        return original


def _formset(
    model: type[models.Model], fields: list[str], form: type[forms.ModelForm] = forms.ModelForm, of: str | None = None
) -> Any:
    return forms.inlineformset_factory(
        Initiative, model, form, PartFormSet, fk_name=of, fields=fields, extra=1, max_num=100, absolute_max=100
    )


FORMSETS = {
    "outcome": _formset(
        Outcome, ["claim", "measured", "measure", "direction", "value", "unit", "as_printed", "period", "note"]
    ),
    "contact": _formset(Contact, ["name", "kind", "role", "organisation", "email", "is_public", "note"]),
    "link": _formset(Link, ["label", "address", "kind", "note"], LinkForm),
    "service": _formset(Service, ["name"]),
    "source": _formset(SourceReference, ["source", "place"]),
    "adaptation": _formset(Adaptation, ["original", "what_changed"], AdaptationForm, of="initiative"),
}


@dataclass(frozen=True)
class Section:
    """A part of the form under a heading of its own, in the order of the entry's page."""

    id: str
    title: str
    fields: tuple[str, ...] = ()
    formsets: tuple[str, ...] = ()


SECTIONS = (
    Section(
        "what",
        "What it is",
        ("title", "slug", "acronyms", "summary", "who_for", "populations", "stage", "themes", "organisations"),
        ("service",),
    ),
    Section(
        "where",
        "Where it runs",
        ("london_wide", "london_wide_basis", "areas_stated", "areas_inferred", "boroughs_stated", "boroughs_inferred"),
    ),
    Section(
        "evidence",
        "How sure can we be?",
        (
            "evaluation_status",
            "evaluation_note",
            "results_expected_on",
            "results_expected_note",
            "evidence_strength",
            "evidence_reason",
        ),
        ("outcome",),
    ),
    Section("contacts", "Who to ask, and where to read more", formsets=("contact", "link")),
    Section(
        "how",
        "How it works and what it took",
        ("problem", "how_it_works", "cost", "funding", "workforce", "set_up_time"),
    ),
    Section("adopt", "If others want to do the same", ("start_here", "prerequisites", "pitfalls", "lessons")),
    Section("origin", "Where it came from", formsets=("source", "adaptation")),
)


class StepForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.CharField(widget=forms.HiddenInput, max_length=20)
    comment = forms.CharField(required=False, max_length=1000, strip=True)


class RestoreForm(forms.Form):
    """Without `only`, the whole entry."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    only = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


class TakeOutForm(forms.Form):
    name = forms.CharField(max_length=100)
    why = forms.CharField(max_length=300)
