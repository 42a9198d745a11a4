"""The rows of downloads, column by column."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from initiatives.models import Initiative, STPArea
from senate_portal.lib.documents import Table
from senate_portal.lib.spreadsheets import ListFile, Sheet
from senate_portal.lib.templates import day
from stp_feedback.documents import ask_item, initiative, summary_facts
from stp_feedback.models import Ask, FeedbackPoint, KeyTheme
from stp_feedback.reports import AreaFeedback

POINT_COLUMNS = (
    "forum",
    "area",
    "section",
    "position",
    "text",
    "enabled_by",
    "key_themes",
    "initiatives",
    "unclear",
    "state",
    "answer",
    "answer_why",
    "answered_on",
    "also_in",
)
POINT_WIDTHS = (28, 8, 16, 10, 60, 40, 30, 30, 10, 12, 12, 40, 14, 30)


POINTS_AT_ONCE = 1000


def point_rows(points: Iterable[FeedbackPoint]) -> Iterator[list[Any]]:
    """Several names in one cell stand on lines of their own."""
    return ([_cell(value) for value in row] for row in point_values(points))


def point_values(points: Iterable[FeedbackPoint]) -> Iterator[Sequence[Any]]:
    """As the database holds them, for programs. Of many points only some are in memory at a time."""
    keys = points.values_list("pk", flat=True) if isinstance(points, QuerySet) else [point.pk for point in points]
    rest = iter(keys)
    while some := list(islice(rest, POINTS_AT_ONCE)):
        found = {pk: row for pk, *row in _stored().filter(pk__in=some)}
        yield from (found[pk] for pk in some if pk in found)


def _stored() -> "QuerySet[FeedbackPoint, tuple[Any, ...]]":
    """Plain values in the order of the columns: records would take ten times as long and hold whole initiatives."""
    mine = {"points": OuterRef("pk")}
    return FeedbackPoint.objects.order_by().values_list(
        "pk",
        "forum__slug",
        "area__code",
        "section",
        "position",
        "text",
        "enabled_by",
        ArraySubquery(KeyTheme.objects.filter(**mine).values("name")),
        ArraySubquery(Initiative.objects.published().filter(**mine).values("title")),
        "is_unclear",
        "state",
        "response__answer",
        "response__why",
        "response__answered_on",
        ArraySubquery(
            STPArea.objects.filter(endorsements__point=OuterRef("pk")).order_by("name").distinct().values("name")
        ),
    )


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "\n".join(value)
        case date():
            return value.isoformat()
    return value


def area_sheets(
    feedback: AreaFeedback, *, asks: Iterable[Ask], commitments: Sequence[Table], made_at: datetime
) -> list[Sheet]:
    """The summary of one area as a workbook: a sheet for each of its parts."""
    named = [initiative(entry) for entry in feedback.initiatives]
    asked = [ask_item(ask) for ask in asks]
    return [
        Sheet("About", ("About", "This summary"), summary_facts(feedback, made_at=made_at), (24, 80)),
        points_sheet(feedback.points),
        Sheet(
            "Key themes",
            ("Key theme", "Points"),
            [(theme.name, number) for theme, number in feedback.key_themes],
            (60, 10),
        ),
        Sheet(
            "Initiatives named",
            ("Initiative", "Who to ask", "Address"),
            [(item.text, "\n".join(person for _, person in item.details), item.address) for item in named],
            (40, 60, 60),
        ),
        Sheet(
            "Asked for",
            ("What it asked for", "What became of it"),
            [(item.text, "\n".join(f"{label}: {words}" for label, words in item.details)) for item in asked],
            (60, 80),
        ),
        *(Sheet("Commitments", table.header, table.rows, (40, 20, 20)) for table in commitments),
    ]


def points_sheet(points: Iterable[FeedbackPoint]) -> Sheet:
    return Sheet("Points", POINT_COLUMNS, point_rows(points), POINT_WIDTHS)


def ask_row(ask: Ask) -> list[str | int]:
    """Of asks with the counts of the desk."""
    return [
        ask.text,
        getattr(ask, "area_count", 0),
        str(ask.passed_to or ""),
        day(ask.passed_on),
        str(ask.owner or ""),
        day(ask.reply_by),
        getattr(ask, "reply_count", 0),
    ]


ASKS = ListFile(
    name="asks",
    title="Desk of asks",
    columns={
        "What is asked for": 60,
        "Areas": 8,
        "Who could help": 40,
        "Passed on": 28,
        "Looked after by": 24,
        "Reply hoped for by": 28,
        "Replies": 10,
    },
    row=ask_row,
)
