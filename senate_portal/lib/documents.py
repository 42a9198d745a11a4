"""Documents as plain blocks. One document is laid out as PDF, Word and web page, so that all say the same words."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from senate_portal.lib.charts import Chart
from senate_portal.lib.numbers import plain
from senate_portal.lib.printable import printable


class Block:
    """A part of a document."""

    @property
    def kind(self) -> str:
        """What layouts know it by."""
        return type(self).__name__.lower()


@dataclass(frozen=True)
class Heading(Block):
    text: str
    level: int = 1


@dataclass(frozen=True)
class Text(Block):
    text: str


@dataclass(frozen=True)
class Notice(Block):
    """Something to see before anything else, such as that this is a draft."""

    text: str


@dataclass(frozen=True)
class Facts(Block):
    """Names with their values."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Item:
    """One thing in a list; its details are set apart, each with a label or an empty one."""

    text: str
    details: Sequence[tuple[str, str]] = ()
    number: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Items(Block):
    items: Sequence[Item]

    @property
    def numbered(self) -> bool:
        return any(item.number is not None for item in self.items)


@dataclass(frozen=True)
class Table(Block):
    """`widths` are the columns' shares of the line; `numeric` are the columns of numbers, counted from 0."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    numeric: Sequence[int] = ()


@dataclass(frozen=True)
class Figure(Block):
    """A chart, followed by its numbers as a table."""

    chart: Chart

    @property
    def table(self) -> Table:
        rows = [(label, plain(value)) for label, value in self.chart.rows]
        return Table(self.chart.title, self.chart.header, rows, widths=(5, 1), numeric=(1,))


@dataclass(frozen=True)
class Document:
    """Titles and blocks, without characters that cannot be printed."""

    title: str
    subtitle: str
    author: str
    description: str
    footer: str
    blocks: Sequence[Block]

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _printable(getattr(self, field.name)))


def _printable(value: Any) -> Any:
    if isinstance(value, Chart):
        return value
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return tuple(map(_printable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _printable(getattr(value, field.name)) for field in fields(value)})
    return value
