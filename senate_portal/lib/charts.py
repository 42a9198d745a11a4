"""Charts as SVG that the server writes, for pages, PDF and Word alike. Each carries its numbers as a table too."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from senate_portal.lib.printable import printable

WIDTH = 480
ROW = 44
BAR = 16
VALUE = 56  # room for the number behind the longest bar
INK = "#212b32"
BLUE = "#005eb8"


@dataclass(frozen=True)
class Chart:
    """The SVG has a title and a description for screen readers; `rows` are its numbers in words."""

    title: str
    description: str
    header: tuple[str, str]
    rows: tuple[tuple[str, int], ...]
    svg: Markup


def bars(name: str, *, title: str, description: str, header: tuple[str, str], rows: Sequence[tuple[str, int]]) -> Chart:
    """Lying bars, each with its label above and its number behind, so that no colour is needed to read them.

    `name` tells the chart from others on the same page.
    """
    longest = max((value for _, value in rows), default=0) or 1
    drawn = Markup("").join(
        Markup(
            '<text x="0" y="{label_y}">{label}</text>'
            '<rect x="0" y="{bar_y}" width="{width}" height="{bar}" fill="{blue}"/>'
            '<text x="{value_x}" y="{value_y}" font-weight="bold">{value}</text>'
        ).format(
            label=printable(label),
            value=f"{value:,}",
            label_y=row * ROW + 15,
            bar_y=row * ROW + 21,
            bar=BAR,
            blue=BLUE,
            width=(width := max(round((WIDTH - VALUE) * value / longest), 1)),
            value_x=width + 6,
            value_y=row * ROW + 34,
        )
        for row, (label, value) in enumerate(rows)
    )
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="{name}-title {name}-description" font-family="Arimo, Arial, sans-serif" font-size="14"'
        ' fill="{ink}"><title id="{name}-title">{title}</title><desc id="{name}-description">{description}</desc>'
        "{drawn}</svg>"
    ).format(
        width=WIDTH,
        height=max(len(rows), 1) * ROW,
        name=name,
        ink=INK,
        title=title,
        description=description,
        drawn=drawn,
    )
    return Chart(title, description, header, tuple(rows), svg)
