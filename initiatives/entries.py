"""Initiatives as plain data, in the names of the read API, with all that belongs to them in one query."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from initiatives import search
from initiatives.models import (
    Contact,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    Link,
    Outcome,
    Service,
    SourceReference,
)

CHUNK = 500

# What people read for the values that the records hold.
WORDS = {
    "claim": dict(Outcome.Claim.choices),
    "direction": dict(Outcome.Direction.choices),
    "evaluation": dict(Initiative.Evaluation.choices),
    "kind": dict(Link.Kind.choices),
    "stage": dict(Initiative.Stage.choices),
}


def _rows(rows: "QuerySet[Any]", *order: str, **columns: str) -> ArraySubquery:
    mine = rows.filter(initiative=OuterRef("pk")).order_by(*order)
    return ArraySubquery(mine.values(row=JSONObject(**columns)))


def _named(through: type[Any], other: str) -> ArraySubquery:
    mine = through._default_manager.filter(initiative=OuterRef("pk")).order_by(f"{other}__name")
    return ArraySubquery(mine.values(row=JSONObject(slug=f"{other}__slug", name=f"{other}__name")))


LISTED = {
    "areas": _rows(InitiativeArea.objects.all(), "area__name", code="area__code", name="area__name", basis="basis"),
    "themes": _named(Initiative.themes.through, "theme"),
    "outcomes": _rows(
        Outcome.objects.all(),
        "position",
        claim="claim",
        measure="measure",
        direction="direction",
        value="value",
        unit="unit",
        as_printed="as_printed",
        period="period",
        note="note",
        measured="measured",
    ),
}
WHOLE = LISTED | {
    "boroughs": _rows(
        InitiativeBorough.objects.all(), "borough__name", slug="borough__slug", name="borough__name", basis="basis"
    ),
    "populations": _named(Initiative.populations.through, "population"),
    "organisations": _named(Initiative.organisations.through, "organisation"),
    "services": _rows(Service.objects.all(), "position", name="name"),
    "contacts": _rows(
        Contact.objects.filter(is_public=True),
        "position",
        name="name",
        role="role",
        organisation="organisation__name",
        email="email",
        note="note",
    ),
    "links": _rows(Link.objects.all(), "position", label="label", url="address", kind="kind", note="note"),
    "sources": _rows(
        SourceReference.objects.all(),
        "source__title",
        "place",
        slug="source__slug",
        title="source__title",
        where="place",
        publisher="source__publisher",
        date_as_printed="source__date_as_printed",
    ),
}
COLUMNS = (
    "pk",
    "slug",
    "title",
    "summary",
    "who_for",
    "stage",
    "evaluation_status",
    "evaluation_note",
    "london_wide",
    "london_wide_basis",
    "verified_on",
)
MORE_COLUMNS = (
    *COLUMNS,
    "acronyms",
    "how_it_works",
    "results_expected_on",
    "results_expected_note",
    "verified_by",
    "updated_at",
)


def listed(pks: Sequence[int], query: SearchQuery | None = None) -> list[dict[str, Any]]:
    """What a list shows of each entry, in the order of the keys, with its surest claim as `strongest`.

    With a query, `excerpt` holds the words around those it asks for, between the marks of search.MARKS.
    """
    shown = Initiative.objects.values(*COLUMNS).annotate(**LISTED)
    rows = _in_order(pks, shown.annotate(excerpt=search.excerpt(query)) if query else shown)
    for row in rows:
        row["strongest"] = next((group[0] for group in by_claim(row["outcomes"]).values()), None)
    return rows


def whole(pks: Sequence[int]) -> list[dict[str, Any]]:
    """All that is published of each entry, in the order of the keys."""
    return _in_order(pks, Initiative.objects.values(*MORE_COLUMNS).annotate(**WHOLE))


def one(slug: str) -> dict[str, Any] | None:
    """All that is published of the entry with the slug."""
    found = Initiative.objects.published().filter(slug=slug).values(*MORE_COLUMNS).annotate(**WHOLE)
    return next(iter(found), None)


def by_claim(outcomes: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Outcomes under the name of their kind of claim, the surest kind first."""
    groups: dict[str, list[dict[str, Any]]] = {claim.value: [] for claim in Outcome.Claim}
    for outcome in outcomes:
        groups[outcome["claim"]].append(outcome)
    return {claim: group for claim, group in groups.items() if group}


def each(pks: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Whole entries one by one, of which only some are in memory at a time."""
    keys = iter(pks)
    while chunk := list(islice(keys, CHUNK)):
        yield from whole(chunk)


def _in_order(pks: Sequence[int], rows: "QuerySet[Any, Any]") -> list[dict[str, Any]]:
    found = {row["pk"]: row for row in rows.filter(pk__in=pks).order_by()}
    return [found[pk] for pk in pks if pk in found]
