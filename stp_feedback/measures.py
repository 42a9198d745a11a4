"""What a series wants to reach and what was read of it, put together for pages, files and the API alike."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max

from senate_portal.lib import charts
from senate_portal.lib.templates import day
from senate_portal.lib.vague_dates import Known
from stp_feedback.models import Measure, Series

COLUMNS = (
    "series",
    "position",
    "measure",
    "comparator",
    "target",
    "unit",
    "by_when",
    "as_printed",
    "source",
    "source_place",
    "read_on",
    "value",
    "is_baseline",
    "note",
)
WIDTHS = (28, 10, 60, 12, 10, 20, 12, 50, 30, 30, 12, 10, 12, 40)


def free_position(series: Series) -> int:
    last: int | None = series.measures.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def chart(measure: Measure) -> charts.Chart | None:
    """Its readings as bars and its target as a line across them, since an aim is no result. None before the first."""
    readings = list(measure.readings.all())
    if not readings:
        return None
    return charts.bars(
        f"measure-{measure.pk}",
        title=measure.name,
        description=f"Each reading by its day, beside the target: {measure.in_words}.",
        header=("As of", measure.unit),
        rows=[(f"{day(one.read_on)}{' (at the start)' if one.is_baseline else ''}", one.value) for one in readings],
        line=(f"Target: {measure.limit}", measure.target),
    )


def by_when(measure: Measure) -> str | None:
    """For programs: 2018-03-31, or 2018-03 where only the month is known."""
    if measure.by_when is None:
        return None
    return measure.by_when.strftime("%Y-%m" if measure.by_known == Known.MONTH else "%Y-%m-%d")


def rows(measures: Iterable[Measure]) -> Iterator[list[Any]]:
    """One for each reading; a measure without any has one too, which is empty where a reading would stand."""
    for measure in measures:
        about = [
            measure.series.slug,
            measure.position,
            measure.name,
            measure.comparator,
            float(measure.target),
            measure.unit,
            by_when(measure),
            measure.as_printed,
            measure.source.title if measure.source else "",
            measure.source_place,
        ]
        readings = [[one.read_on, float(one.value), one.is_baseline, one.note] for one in measure.readings.all()]
        for reading in readings or [[None, None, None, ""]]:
            yield [*about, *reading]
