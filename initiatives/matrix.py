"""Where there is what: places against themes, each cell the number of entries found and the address of their list.

An empty cell means that none is recorded. Where none could stand it says so instead: all entries on the theme are for
whole areas or all of London and name no place of the kind, or the borough lies outside the areas that were chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from initiatives.catalogue import LONDON_WIDE, Catalogue, Found, Value
from initiatives.models import Borough

NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Cell:
    number: int
    inferred: int  # how many of them stand in the place because we worked it out
    applies: bool
    query: str
    shade: int = 0  # 0 for none, up to 4 for the fullest cell

    @property
    def as_text(self) -> str | int:
        return self.number if self.applies else NOT_APPLICABLE


@dataclass(frozen=True)
class Row:
    label: str
    query: str
    cells: Sequence[Cell]
    group: str = ""


@dataclass(frozen=True)
class Matrix:
    """`narrowed` are the filters that leave out entries; a row's query is that of its own list."""

    place: str
    columns: Sequence[Value]
    rows: Sequence[Row]
    narrowed: Mapping[str, Sequence[str]]
    words: str

    @property
    def has_inferred(self) -> bool:
        return any(cell.inferred for row in self.rows for cell in row.cells)

    @property
    def has_not_applicable(self) -> bool:
        return not all(cell.applies for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class _Counting:
    """What a cell needs to know."""

    now: Catalogue
    place: str
    chosen: Mapping[str, Sequence[str]]
    words: str
    hits: int
    named: int  # entries that name any place of the kind

    def cell(self, theme: Value, place: Value, *, outside: bool) -> Cell:
        on_theme = theme.entries & self.hits
        number = (on_theme & place.entries).bit_count()
        nowhere = bool(on_theme) and not on_theme & self.named and place.key != LONDON_WIDE
        return Cell(
            number,
            (on_theme & place.inferred).bit_count(),
            bool(number) or not (nowhere or outside),
            self.query(**{"theme": theme.key, self.place: place.key}),
        )

    def query(self, **cell: str) -> str:
        return urlencode({**self.chosen, **({"search": self.words} if self.words else {}), **cell}, doseq=True)


def by_area(found: Found, *, words: str = "") -> Matrix:
    """A row a theme, a column an STP area, and one for what is done all over London."""
    counting = _counting("area", found, words)
    areas, themes = (list(counting.now.facets[name].values()) for name in ("area", "theme"))
    rows = [
        Row(
            theme.label,
            counting.query(theme=theme.key),
            [counting.cell(theme, area, outside=False) for area in areas],
        )
        for theme in themes
    ]
    return Matrix("area", areas, _shaded(rows), counting.chosen, words)


def by_borough(found: Found, *, words: str = "") -> Matrix:
    """A row a borough, under the area it belongs to, and a column a theme."""
    counting = _counting("borough", found, words)
    themes = list(counting.now.facets["theme"].values())
    areas = found.chosen.get("area", ())
    rows = [
        Row(
            borough.label,
            counting.query(borough=borough.key),
            [counting.cell(theme, borough, outside=bool(areas) and code not in areas) for theme in themes],
            area,
        )
        for slug, code, area in Borough.objects.order_by("area__name", "name").values_list(
            "slug", "area__code", "area__name"
        )
        if (borough := counting.now.facets["borough"].get(slug))
    ]
    return Matrix("borough", themes, _shaded(rows), counting.chosen, words)


def _counting(place: str, found: Found, words: str) -> _Counting:
    """The filters of the matrix's own sides do not narrow it."""
    now = found.catalogue
    others = {name: keys for name, keys in found.chosen.items() if name not in ("theme", place)}
    hits = replace(found, chosen=others, _kept={}).matching()
    named = (value.entries for value in now.facets[place].values() if value.key != LONDON_WIDE)
    return _Counting(now, place, others, words, hits, reduce(or_, named, 0))


def _shaded(rows: Sequence[Row]) -> list[Row]:
    most = max((cell.number for row in rows for cell in row.cells), default=0)
    return [
        replace(row, cells=[replace(cell, shade=-(-4 * cell.number // most)) if most else cell for cell in row.cells])
        for row in rows
    ]
