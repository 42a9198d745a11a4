"""The rows of downloads, column by column."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from senate_portal.lib.documents import Table
from senate_portal.lib.spreadsheets import Sheet
from stp_feedback.documents import ask_item, initiative, summary_facts
from stp_feedback.models import Ask, FeedbackPoint
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
)
POINT_WIDTHS = (28, 8, 16, 10, 60, 40, 30, 30, 10, 12, 12, 40, 14)


def point_rows(points: Iterable[FeedbackPoint]) -> Iterator[list[Any]]:
    """Needs points read with `for_reading`. Several names in one cell stand on lines of their own."""
    for point in points:
        yield [
            point.forum.slug,
            point.area.code,
            point.section,
            point.position,
            point.text,
            point.enabled_by,
            "\n".join(theme.name for theme in point.key_themes.all()),
            "\n".join(entry.title for entry in point.initiatives.all()),
            "yes" if point.is_unclear else "no",
            point.state,
            *_answer(point),
        ]


def _answer(point: FeedbackPoint) -> tuple[str, str, str]:
    if not hasattr(point, "response"):
        return "", "", ""
    return point.response.answer, point.response.why, point.response.answered_on.isoformat()


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
