"""Tables as files that spreadsheet programs open."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

# What spreadsheet programs take for the start of a formula, in half and full width.
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"


def guard(value: Any) -> Any:
    """Text that a spreadsheet program would run as a formula gets a quote in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and _is_formula(value.lstrip("'")) else value


def unguard(value: str) -> str:
    """The text that `guard` was given."""
    return value[1:] if value.startswith("'") and _is_formula(value.lstrip("'")) else value


def _is_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """One line at a time, led by the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([guard(value) for value in row])


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download named `name`.csv."""
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
