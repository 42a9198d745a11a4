"""The rows of downloads, column by column."""

from collections.abc import Iterable, Iterator
from typing import Any

from stp_feedback.models import FeedbackPoint

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
)


def point_rows(points: Iterable[FeedbackPoint]) -> Iterator[list[Any]]:
    """Needs points read with `for_reading`. Several names in a cell are parted by semicolons."""
    for point in points:
        yield [
            point.forum.slug,
            point.area.code,
            point.section,
            point.position,
            point.text,
            point.enabled_by,
            "; ".join(theme.name for theme in point.key_themes.all()),
            "; ".join(initiative.title for initiative in point.initiatives.all()),
            "yes" if point.is_unclear else "no",
            point.state,
        ]
