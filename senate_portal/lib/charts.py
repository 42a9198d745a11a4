"""Charts as SVG that the server writes, for pages, PDF and Word alike. Each carries its numbers as a table too."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from senate_portal.lib.numbers import plain
from senate_portal.lib.printable import printable

WIDTH = 480
ROW = 44
BAR = 16
VALUE = 56  # room for the number behind the longest bar
LINE = 24  # room for the words under a line
INK = "#212b32"
BLUE = "#005eb8"


@dataclass(frozen=True)
class Chart:
    """The SVG has a title and a description for screen readers; `rows` are its numbers in words."""

    title: str
    description: str
    header: tuple[str, str]
    rows: tuple[tuple[str, int | Decimal], ...]
    svg: Markup


def bars(
    name: str,
    *,
    title: str,
    description: str,
    header: tuple[str, str],
    rows: Sequence[tuple[str, int | Decimal]],
    line: tuple[str, int | Decimal] | None = None,
) -> Chart:
    """Lying bars, each with its label above and its number behind, so that no colour is needed to read them.

    `name` tells the chart from others on the same page. `line` is a number to compare them with, such as a target: it
    is drawn as a line across the bars, and no bar, since it counts nothing.
    """
    longest = max([*(value for _, value in rows), line[1] if line else 0]) or 1
    at = round((WIDTH - VALUE) * line[1] / longest) if line else 0
    drawn = Markup("").join(
        Markup(
            '<text x="0" y="{label_y}">{label}</text>'
            '<rect x="0" y="{bar_y}" width="{width}" height="{bar}" fill="{blue}"/>'
            '<text x="{value_x}" y="{value_y}" font-weight="bold">{value}</text>'
        ).format(
            label=printable(label),
            value=plain(value),
            label_y=row * ROW + 15,
            bar_y=row * ROW + 21,
            bar=BAR,
            blue=BLUE,
            width=(width := max(round((WIDTH - VALUE) * value / longest), 1)),
            value_x=(at if width <= at < width + VALUE else width) + 6,  # beside the line, not under it
            value_y=row * ROW + 34,
        )
        for row, (label, value) in enumerate(rows)
    )
    height = max(len(rows), 1) * ROW
    if line:
        drawn += _line(line[0], at=at, rows=len(rows))
        height += LINE
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="{name}-title {name}-description" font-family="Arimo, Arial, sans-serif" font-size="14"'
        ' fill="{ink}"><title id="{name}-title">{title}</title><desc id="{name}-description">{description}</desc>'
        "{drawn}</svg>"
    ).format(
        width=WIDTH,
        height=height,
        name=name,
        ink=INK,
        title=title,
        description=description,
        drawn=drawn,
    )
    return Chart(title, description, header, tuple(rows), svg)


def _line(label: str, *, at: int, rows: int) -> Markup:
    """Through each bar, with its words beneath, on the side on which there is more room."""
    return Markup(
        '<path d="{path}" stroke="{ink}" stroke-width="3"/><text x="{at}" y="{y}" text-anchor="{anchor}">{label}</text>'
    ).format(
        path="".join(f"M{at} {row * ROW + 18}v22" for row in range(rows)),
        ink=INK,
        at=at,
        y=rows * ROW + 16,
        anchor="end" if at > WIDTH / 2 else "start",
        label=printable(label),
    )
