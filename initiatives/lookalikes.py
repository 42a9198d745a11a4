"""Entries that may be the same as one that is offered: alike in title, organisation and place."""

from collections.abc import Collection

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Exists, F, FloatField, Max, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from initiatives.models import Initiative, InitiativeArea, STPArea
from initiatives.models.initiatives import InitiativeQuerySet

MOST = 5
# Trigram similarity, from 0 to 1.
LIKE = 0.3
LIKE_WITH_SAME_ORGANISATION = 0.15
SAME_ORGANISATION = 0.5


def nearest(
    title: str, *, areas: Collection[STPArea] = (), organisation: str = "", among: InitiativeQuerySet | None = None
) -> list[int]:
    """The keys of up to five entries, the nearest first. A like title is what counts; the rest only sorts or helps."""
    entries = Initiative.objects.published() if among is None else among
    placed = Exists(InitiativeArea.objects.filter(initiative=OuterRef("pk"), area__in=areas))
    likeness = F("title_likeness") + F("organisation_likeness") * 0.3 + F("place_likeness")
    found = (
        entries.annotate(
            title_likeness=TrigramSimilarity("title", title),
            organisation_likeness=Coalesce(
                Max(TrigramSimilarity("organisations__name", organisation)), Value(0.0), output_field=FloatField()
            ),
            place_likeness=Case(When(placed, then=Value(0.15)), default=Value(0.0), output_field=FloatField()),
        )
        .filter(
            Q(title_likeness__gte=LIKE)
            | Q(title_likeness__gte=LIKE_WITH_SAME_ORGANISATION, organisation_likeness__gte=SAME_ORGANISATION)
        )
        .order_by((likeness).desc(), "title", "pk")
    )
    return list(found.values_list("pk", flat=True)[:MOST])
