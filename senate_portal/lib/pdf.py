"""Documents as PDF: tagged, and made to the accessibility standard PDF/UA-1, which typst checks while it writes."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings

from senate_portal.lib.documents import Block, Document, Figure, Items

LAYOUT = Path(__file__).with_name("document.typ")
REPLACEMENT = "\ufffd"
MOST_RUNS_OF_UNKNOWN_LETTERS = 20
UNKNOWN_LETTERS = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@cache
def fonts() -> typst.Fonts:
    """Read once: finding the typefaces takes longer than writing a page."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.BASE_DIR / "static" / "vendor" / "fonts")])


def pdf(document: Document) -> bytes:
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "author": document.author,
        "description": document.description,
        "footer": document.footer,
        "blocks": [part for block in document.blocks for part in _parts(block)],
    }
    return _compiled(json.dumps(data, ensure_ascii=False))


def _compiled(data: str) -> bytes:
    """Letters that no typeface here has, such as emoji, become a replacement mark: the standard takes no blanks.

    Typst names one run of such letters at a time. A text of very many kinds gives up the standard instead.
    """
    for _ in range(MOST_RUNS_OF_UNKNOWN_LETTERS):
        try:
            return _typst(data, "ua-1")
        except typst.TypstError as problem:
            found = UNKNOWN_LETTERS.search(str(problem))
            if not found and "PDF/UA-1 error" in str(problem):
                break  # such as a heading of which nothing can be printed
            if not found:
                raise
            unknown = ESCAPED.sub(lambda match: chr(int(match[1], 16)), found[1])
            data = data.translate(dict.fromkeys(map(ord, unknown), REPLACEMENT))
    return _typst(data, None)


def _typst(data: str, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(  # type: ignore[return-value]
        str(LAYOUT), font_paths=fonts(), sys_inputs={"data": data}, pdf_standards=standard
    )


def picture(svg: str, *, dots_per_inch: int = 220) -> bytes:
    """An SVG as PNG, for Word, which cannot be trusted with SVG."""
    page = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 16cm)'
    )
    return typst.compile(  # type: ignore[return-value]
        page.encode(), format="png", ppi=dots_per_inch, font_paths=fonts(), sys_inputs={"svg": svg}
    )


def _parts(block: Block) -> list[dict[str, Any]]:
    """A block as the layout takes it: the fields of the dataclass and its kind."""
    if isinstance(block, Figure):
        chart = block.chart
        drawn = {"kind": "chart", "svg": str(chart.svg), "alt": f"{chart.title}. {chart.description}"}
        return [drawn, *_parts(block.table)]
    values = vars(block) | {"kind": block.kind}
    if isinstance(block, Items):
        values["items"] = [vars(item) for item in block.items]
        values["numbered"] = block.numbered
    return [values]
