"""Tables as files that spreadsheet programs open."""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import IO, Any

from django.http import StreamingHttpResponse
from xlsxwriter import Workbook

from senate_portal.lib.printable import printable

# The start of what spreadsheet programs take for a formula, in half and full width.
FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 100  # sending each by itself takes longer than writing it


def guard(value: Any) -> Any:
    """Text that a spreadsheet program would run as a formula gets a quote in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def unguard(value: str) -> str:
    """The text that `guard` was given."""
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Some rows at a time, led by the mark by which Excel knows UTF-8."""
    yield BYTE_ORDER_MARK + _lines([[guard(value) for value in header]])
    rest = iter(rows)
    while some := list(islice(rest, ROWS_AT_ONCE)):
        yield _lines([guard(value) for value in row] for row in some)


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download named `name`.csv."""
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@dataclass(frozen=True)
class Sheet:
    """`widths` are the columns' widths in characters. Rows are read once, as they are written."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int]


# Text stays text: nothing becomes a formula or a link. Rows go to disk one by one.
WORKBOOK_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
CHUNK = 64 * 1024  # bytes
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(name: str, title: str, sheets: Sequence[Sheet]) -> StreamingHttpResponse:
    """A download named `name`.xlsx, each sheet with a header row that stays in sight and filters."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    with Workbook(file, WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"title": title})
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        dated = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, width in enumerate(sheet.widths):
                page.set_column(column, column, width)
            page.write_row(0, 0, sheet.header, bold)
            last = 0
            for last, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    if cell and isinstance(cell, str):
                        page.write_string(last, column, printable(cell), wrapped)
                    elif isinstance(cell, date):  # without its own format a date is shown as a number of days
                        page.write_datetime(last, column, cell, dated)
                    else:
                        page.write(last, column, cell, wrapped)
            page.autofilter(0, 0, last, len(sheet.header) - 1)
    return StreamingHttpResponse(
        _sent(file),
        content_type=EXCEL_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        yield from iter(partial(file.read, CHUNK), b"")


@dataclass(frozen=True)
class ListFile:
    """A list as a file: the columns with their widths in characters, and what stands in them for one record."""

    FORMATS = ("csv", "xlsx")

    name: str
    title: str
    columns: Mapping[str, int]
    row: Callable[[Any], Sequence[Any]]

    def response(self, format: str, records: Iterable[Any]) -> StreamingHttpResponse:
        rows = map(self.row, records)
        if format == "xlsx":
            sheet = Sheet(self.title[:31], list(self.columns), rows, list(self.columns.values()))
            return xlsx_response(self.name, self.title, [sheet])
        return csv_response(self.name, list(self.columns), rows)
