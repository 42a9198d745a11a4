"""Initiatives as plain data, in the names of the read API, with all that belongs to them in one query."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain, islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Expression, F, Func, JSONField, OrderBy, OuterRef, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from initiatives import freshness, search
from initiatives.models import (
    Adaptation,
    Contact,
    EvidenceStrength,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    Link,
    Outcome,
    Service,
    SourceReference,
)
from senate_portal.lib import vague_dates
from senate_portal.lib.prepared import SQL, Blank, Prepared

CHUNK = 500

# What people read for the values that the records hold.
WORDS = {
    "claim": dict(Outcome.Claim.choices),
    "direction": dict(Outcome.Direction.choices),
    "evaluation": dict(Initiative.Evaluation.choices),
    "evidence_strength": dict(EvidenceStrength.choices),
    "freshness": dict(freshness.Freshness.choices),
    "kind": dict(Link.Kind.choices),
    "stage": dict(Initiative.Stage.choices),
}


class _Row(Func):
    """JSONObject without its way round by jsonb, which takes PostgreSQL a fifth longer."""

    function = "JSON_BUILD_OBJECT"
    output_field = JSONField()

    def __init__(self, *expressions: Any, **columns: str | Expression) -> None:
        super().__init__(*expressions, *chain.from_iterable((Value(name), held) for name, held in columns.items()))


def _list(rows: "QuerySet[Any]", *order: str | OrderBy, **columns: str | Case) -> ArraySubquery:
    mine = rows.filter(initiative=OuterRef("pk")).order_by(*order)
    return ArraySubquery(mine.values(row=_Row(**columns)))


def _named(through: type[Any], other: str) -> ArraySubquery:
    mine = through._default_manager.filter(initiative=OuterRef("pk")).order_by(f"{other}__name")
    return ArraySubquery(mine.values(row=_Row(slug=f"{other}__slug", name=f"{other}__name")))


def _adaptations(mine: str, other: str) -> ArraySubquery:
    """Published entries on the other side of an adaptation, with what changed."""
    published = {f"{other}__publication": Initiative.Publication.PUBLISHED}
    rows = Adaptation.objects.filter(**{mine: OuterRef("pk")}, **published).order_by(f"{other}__title")
    row = _Row(slug=f"{other}__slug", title=f"{other}__title", what_changed="what_changed")
    return ArraySubquery(rows.values(row=row))


LISTED = {
    "areas": _list(InitiativeArea.objects.all(), "area__name", code="area__code", name="area__name", basis="basis"),
    "themes": _named(Initiative.themes.through, "theme"),
    "outcomes": _list(
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
    "boroughs": _list(
        InitiativeBorough.objects.all(), "borough__name", slug="borough__slug", name="borough__name", basis="basis"
    ),
    "populations": _named(Initiative.populations.through, "population"),
    "organisations": _named(Initiative.organisations.through, "organisation"),
    "services": _list(Service.objects.all(), "position", name="name"),
    "contacts": _list(
        Contact.objects.filter(is_public=True),
        F("left_on").desc(nulls_first=True),
        "position",
        name="name",
        kind="kind",
        role="role",
        organisation="organisation__name",
        email=Case(When(left_on=None, then="email"), default=Value("")),
        note="note",
        left_on="left_on",
        successor=Case(When(successor__is_public=True, then="successor__name")),
    ),
    "links": _list(Link.objects.all(), "position", label="label", url="address", kind="kind", note="note"),
    "sources": _list(
        SourceReference.objects.all(),
        "source__title",
        "place",
        slug="source__slug",
        title="source__title",
        where="place",
        publisher="source__publisher",
        date_as_printed="source__date_as_printed",
    ),
    "adapted_from": _adaptations("initiative", "original"),
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
    "verified_by",
)
MORE_COLUMNS = (
    *COLUMNS,
    "acronyms",
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
    "evidence_strength",
    "evidence_reason",
    "results_expected_on",
    "results_expected_note",
    "publication",
    "archive_on",
    "archived_on",
    "archive_reason",
    "created_at",
    "updated_at",
)


DATES = ("verified_on", "results_expected_on", "archive_on", "archived_on")


def listed(pks: Sequence[int], query: search.Query | None = None) -> list[dict[str, Any]]:
    """What a list shows of each entry, in the order of the keys, with its surest claim as `strongest`.

    With a query, `excerpt` holds the words around those it asks for, between the marks of search.MARKS.
    """
    rows = _rows("listed", pks)
    excerpts = search.excerpts(query, pks) if query and pks else {}
    for row in rows:
        row["strongest"] = next((group[0] for group in by_claim(row["outcomes"]).values()), None)
        row["excerpt"] = excerpts.get(row["pk"], "")
    return rows


def whole(pks: Sequence[int]) -> list[dict[str, Any]]:
    """All that is published of each entry, in the order of the keys."""
    return _rows("whole", pks)


def page(pk: int) -> dict[str, Any] | None:
    """All that is published of an entry and about it.

    `forums` showed it, `points` of feedback name it, `taken_up` has one for each person who says that they took it up,
    with the place once staff have released it, and `stories` of change are about it.
    """
    found = _statement("page").rows(asked=pk)
    if not found:
        return None
    entry = _read(found[0][0], timezone.localdate())
    for contact in entry["contacts"]:
        contact["left_on"] = date.fromisoformat(contact["left_on"]) if contact["left_on"] else None
    for story in entry["stories"]:
        story["approved_on"] = date.fromisoformat(story["approved_on"])
    for forum in entry["forums"]:
        held_on = date.fromisoformat(forum["held_on"]) if forum["held_on"] else None
        forum["when"] = vague_dates.words(held_on, forum["date_known"])
    return entry


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


def _rows(shape: str, pks: Sequence[int]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    found = {row["pk"]: _read(row, today) for (row,) in _statement(shape).rows(asked=list(pks))}
    return [found[pk] for pk in pks if pk in found]


def _read(row: dict[str, Any], today: date) -> dict[str, Any]:
    """JSON has no dates."""
    for name in DATES:
        if row.get(name):
            row[name] = date.fromisoformat(row[name])
    row["review_by"] = freshness.review_by(row["verified_on"])
    row["freshness"] = freshness.of(row["verified_on"], today).value
    return row


@cache
def _statement(shape: str) -> Prepared:
    """Gives each entry as one JSON document. To write and plan this SQL takes far longer than to run it."""
    return Prepared(f"entries_{shape}", partial(_sql, shape))


def _sql(shape: str) -> SQL:
    columns, parts = (COLUMNS, LISTED) if shape == "listed" else (MORE_COLUMNS, WHOLE)
    if shape == "page":
        parts = parts | _said_elsewhere()
    sql, parameters = Initiative.objects.order_by().values(*columns).annotate(**parts).query.sql_with_params()
    # PostgreSQL keeps one plan for all pages. How best to find several depends on how many they are.
    asked = "= %s" if shape == "page" else "= ANY(%s)"
    return f"SELECT row_to_json(entry) FROM ({sql}) entry WHERE entry.pk {asked}", [*parameters, Blank("asked")]  # noqa: S608


def _said_elsewhere() -> dict[str, ArraySubquery]:
    """What other entries say of it, what stp_feedback publishes about it, and who took it up, by way of the relations.

    This app imports none above it.
    """
    forums, points = (_related(name).published().filter(initiatives=OuterRef("pk")) for name in ("forums", "points"))
    taken_up = _related("answers_taking_it_up").current().filter(took_up=OuterRef("pk")).order_by("take_up", "pk")
    released = _Row(how="took_up_as", place="take_up__place", what_changed="take_up__what_changed")
    stories = _related("stories").public().filter(initiative=OuterRef("pk")).order_by("title", "pk")
    forum = "answer__commitment__attendee__forum__"
    story = _Row(
        title="title",
        text="text",
        forum=f"{forum}title",
        forum_slug=f"{forum}slug",
        forum_is_invented=f"{forum}is_invented",
        approved_on=TruncDate("approved_at"),
    )
    point = _Row(text="text", enabled_by="enabled_by", area="area__name", code="area__code")
    return {
        "forums": ArraySubquery(
            forums.values(row=_Row(slug="slug", title="title", held_on="held_on", date_known="date_known"))
        ),
        "adapted_by": _adaptations("original", "initiative"),
        "points": ArraySubquery(points.values(row=point)),
        "taken_up": ArraySubquery(taken_up.values(row=released)),
        "stories": ArraySubquery(stories.values(row=story)),
    }


def _related(name: str) -> Any:
    return Initiative._meta.get_field(name).related_model._default_manager  # type: ignore[union-attr]
