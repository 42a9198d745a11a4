"""Where there is what: places against themes, each cell the number of entries and the address of their list."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from initiatives import catalogue
from initiatives.catalogue import Catalogue, Value
from initiatives.models import Borough


@dataclass(frozen=True)
class Cell:
    number: int
    query: str
    shade: int  # 0 for none, up to 4 for the fullest cell


@dataclass(frozen=True)
class Row:
    label: str
    query: str
    cells: Sequence[Cell]
    group: str = ""


@dataclass(frozen=True)
class Matrix:
    """`columns` and `rows` are values of the filters named; a row's query is that of its own list."""

    place: str
    columns: Sequence[Value]
    rows: Sequence[Row]


def by_area() -> Matrix:
    """A row a theme, a column an STP area, and one for what is done all over London."""
    now = catalogue.current()
    areas, themes = list(now.facets["area"].values()), list(now.facets["theme"].values())
    return Matrix("area", areas, _rows(now, "theme", themes, "area", areas))


def by_borough() -> Matrix:
    """A row a borough, under the area it belongs to, and a column a theme."""
    now = catalogue.current()
    themes = list(now.facets["theme"].values())
    places = dict(Borough.objects.values_list("slug", "area__name").order_by("area__name", "name"))
    boroughs = [now.facets["borough"][slug] for slug in places if slug in now.facets["borough"]]
    return Matrix("borough", themes, _rows(now, "borough", boroughs, "theme", themes, groups=places))


def _rows(
    now: Catalogue,
    down: str,
    values: Sequence[Value],
    across: str,
    columns: Sequence[Value],
    groups: dict[str, str] | None = None,
) -> list[Row]:
    numbers = [[(value.entries & column.entries).bit_count() for column in columns] for value in values]
    most = max((number for row in numbers for number in row), default=0)
    return [
        Row(
            value.label,
            urlencode({down: value.key}),
            [
                Cell(number, urlencode({down: value.key, across: column.key}), _shade(number, most))
                for column, number in zip(columns, row, strict=True)
            ],
            (groups or {}).get(value.key, ""),
        )
        for value, row in zip(values, numbers, strict=True)
    ]


def _shade(number: int, most: int) -> int:
    return -(-4 * number // most) if number else 0
