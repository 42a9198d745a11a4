"""The names of the read API. An initiative is a plain row of entries.py; other records are the records themselves."""

from typing import Any

from rest_framework import serializers

from initiatives.freshness import Freshness
from initiatives.models import (
    Basis,
    Contact,
    EvidenceStrength,
    Initiative,
    Link,
    Outcome,
    Source,
    STPArea,
    SuccessorBody,
    Theme,
)


class AreaPlaceSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    basis = serializers.ChoiceField(Basis.choices)


class ThemeNameSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class EvaluationSerializer(serializers.Serializer):
    status = serializers.ChoiceField(Initiative.Evaluation.choices, source="evaluation_status")
    note = serializers.CharField(source="evaluation_note")


class EvidenceSerializer(serializers.Serializer):
    """How far one can rely on the claims; the size of an effect stands in `outcomes`."""

    strength = serializers.ChoiceField(EvidenceStrength.choices, source="evidence_strength")
    reason = serializers.CharField(source="evidence_reason")


class CheckSerializer(serializers.Serializer):
    """When somebody last found the entry right. `freshness` is the state on the day of the answer."""

    on = serializers.DateField(source="verified_on", allow_null=True)
    by = serializers.CharField(source="verified_by")
    review_by = serializers.DateField(allow_null=True)
    freshness = serializers.ChoiceField(Freshness.choices)


class WhatItTookSerializer(serializers.Serializer):
    problem = serializers.CharField()
    how_it_works = serializers.CharField()
    cost = serializers.CharField()
    funding = serializers.CharField()
    workforce = serializers.CharField()
    set_up_time = serializers.CharField()


class AdoptionSerializer(serializers.Serializer):
    prerequisites = serializers.CharField()
    pitfalls = serializers.CharField()
    start_here = serializers.CharField()
    lessons = serializers.CharField()


class OutcomeSerializer(serializers.Serializer):
    claim = serializers.ChoiceField(Outcome.Claim.choices)
    measure = serializers.CharField()
    direction = serializers.ChoiceField(Outcome.Direction.choices)
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    as_printed = serializers.CharField()


class ContactSerializer(serializers.Serializer):
    """`left_on` is the day on which they left their post; `successor` is the name of whoever took over."""

    name = serializers.CharField()
    role = serializers.CharField()
    organisation = serializers.CharField(allow_null=True)
    email = serializers.CharField()
    kind = serializers.ChoiceField(Contact.Kind.choices)
    left_on = serializers.DateField(allow_null=True)
    successor = serializers.CharField(allow_null=True)


class LinkSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.CharField()
    kind = serializers.ChoiceField(Link.Kind.choices)


class SourcePlaceSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    where = serializers.CharField()


class AdaptationSerializer(serializers.Serializer):
    """A published initiative that this one was made after."""

    slug = serializers.CharField()
    title = serializers.CharField()
    what_changed = serializers.CharField()


class InitiativeSerializer(serializers.Serializer):
    """Empty text stands where a source says nothing: a contact without `email`, a link without `url`."""

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    stage = serializers.ChoiceField(Initiative.Stage.choices)
    london_wide = serializers.BooleanField()
    london_wide_basis = serializers.ChoiceField(Basis.choices)
    areas = AreaPlaceSerializer(many=True)
    boroughs = serializers.SerializerMethodField()
    boroughs_inferred = serializers.SerializerMethodField()
    themes = ThemeNameSerializer(many=True)
    evaluation = EvaluationSerializer(source="*")
    outcomes = OutcomeSerializer(many=True)
    contacts = ContactSerializer(many=True)
    links = LinkSerializer(many=True)
    sources = SourcePlaceSerializer(many=True)
    adapted_from = AdaptationSerializer(many=True)
    who_for = serializers.CharField()
    what_it_took = WhatItTookSerializer(source="*")
    adoption = AdoptionSerializer(source="*")
    evidence = EvidenceSerializer(source="*")
    last_checked = CheckSerializer(source="*")

    def get_boroughs(self, entry: dict[str, Any]) -> list[str]:
        return [borough["name"] for borough in entry["boroughs"]]

    def get_boroughs_inferred(self, entry: dict[str, Any]) -> list[str]:
        """Those of its boroughs that we worked out."""
        return [borough["name"] for borough in entry["boroughs"] if borough["basis"] == Basis.INFERRED]


class SuccessorSerializer(serializers.ModelSerializer):
    class Meta:
        model = SuccessorBody
        fields = ["name", "since_on"]


class AreaSerializer(serializers.ModelSerializer):
    """`successor` is today's body; `initiatives` counts those placed in the area, without London-wide ones."""

    successor = SuccessorSerializer(allow_null=True)
    boroughs: serializers.SlugRelatedField = serializers.SlugRelatedField("name", many=True, read_only=True)
    initiatives = serializers.IntegerField(source="initiative_count")

    class Meta:
        model = STPArea
        fields = ["code", "name", "successor", "boroughs", "initiatives"]


class ThemeSerializer(serializers.ModelSerializer):
    initiatives = serializers.IntegerField(source="initiative_count")

    class Meta:
        model = Theme
        fields = ["slug", "name", "description", "initiatives"]


class SourceSerializer(serializers.ModelSerializer):
    url = serializers.CharField(source="address")
    initiatives = serializers.SerializerMethodField()

    class Meta:
        model = Source
        fields = ["slug", "title", "publisher", "date_as_printed", "url", "note", "initiatives"]

    def get_initiatives(self, source: Source) -> list[str]:
        """Slugs of the published initiatives that refer to it."""
        return list(dict.fromkeys(reference.initiative.slug for reference in source.references.all()))
