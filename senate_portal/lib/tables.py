"""Reads a table out of a CSV file or an Excel workbook as people have them, and says in words when it cannot."""

import csv
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell.cell import ERROR_CODES  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from senate_portal.lib.spreadsheets import unguard

MOST_BYTES = 5 * 1024 * 1024
MOST_BYTES_UNPACKED = 50 * 1024 * 1024
MOST_BYTES_WITHOUT_CELLS = 2 * 1024 * 1024  # a part of a workbook that is read as a whole, such as its styles
MOST_ROWS = 5000
MOST_COLUMNS = 100
MOST_CHARACTERS = 32_767  # in a cell, as in Excel
BLANK_ROWS_BEFORE_THE_END = 1000
ZIP, OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OTHER_KINDS = ("<", "{", "%PDF")  # a web page, JSON, a document
NOT_A_TABLE = "The file is neither a table in text nor an Excel workbook. Save it as CSV or .xlsx."
DELIMITERS = ",;\t"
PARTS_WITHOUT_CELLS = {"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"}
# What the readers of zip files, XML and workbooks raise for files that are not quite what they seem.
DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    lzma.LZMAError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


class UnreadableTableError(Exception):
    """The text says why, and what to do about it."""


def read(content: bytes) -> list[list[str]]:
    """Header and rows as text, blank rows left out, all of the header's length; at least one row."""
    (_, header), *rows = numbered(content, clean=tidy)
    return [header, *(row[: len(header)] for _, row in rows)]


def numbered(content: bytes, *, clean: Callable[[str], str]) -> list[tuple[int, list[str]]]:
    """As `read`, each row with the number that a spreadsheet program shows beside it, and longer where it goes on.

    `clean` tidies each cell.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableTableError("The file is larger than 5 MB. Split it, or leave out columns that are not needed.")
    if content.startswith(OLD_OR_LOCKED):
        raise UnreadableTableError(
            "The workbook has a password or is of an old kind. Save it as .xlsx without a password."
        )
    found = workbook_rows(content) if content.startswith(ZIP) else text_rows(content)
    rows = list(filled([clean(cell) for cell in row] for row in found))
    if len(rows) < 2:
        raise UnreadableTableError("The file needs a row of headings and at least one row below it.")
    width = len(rows[0][1])
    return [(number, row + [""] * (width - len(row))) for number, row in rows]


def filled(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with their number. The headings end at the last column that has one."""
    blank = count = 0
    for number, row in enumerate(rows, start=1):
        while row and not row[-1]:
            row.pop()
        if not row:
            blank += 1
            if blank > BLANK_ROWS_BEFORE_THE_END:
                return
            continue
        blank = 0
        count += 1
        if count > MOST_ROWS + 1:
            raise UnreadableTableError("The file has more than 5,000 rows. Split it.")
        if len(row) > MOST_COLUMNS:
            raise UnreadableTableError("The file has more than 100 columns. Leave out those that are not needed.")
        check_cells(number, row)
        yield number, row


def check_cells(number: int, row: Sequence[str]) -> None:
    for place, cell in enumerate(row, start=1):
        if len(cell) > MOST_CHARACTERS:
            raise UnreadableTableError(
                f"{get_column_letter(place)}{number} holds more than 32,767 characters. Shorten it."
            )
        if cell in ERROR_CODES:
            raise UnreadableTableError(
                f"{get_column_letter(place)}{number} holds an error of the spreadsheet program, {cell}. Mend it."
            )


def text_rows(content: bytes) -> Iterator[list[str]]:
    text = decoded(content)
    if text.lstrip().startswith(OTHER_KINDS):
        raise UnreadableTableError(NOT_A_TABLE)
    first_line = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in rows:
            yield row
            start = rows.line_num + 1
    except csv.Error as problem:
        raise UnreadableTableError(
            f"From line {start} on the file is not a table that can be read: a quotation mark is not closed, or stands "
            "inside a cell. Save it anew as CSV or .xlsx."
        ) from problem


def decoded(content: bytes) -> str:
    for encoding, marks in [("utf-8-sig", ()), ("utf-16", (b"\xff\xfe", b"\xfe\xff")), ("cp1252", ())]:
        if marks and not content.startswith(marks):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableTableError(NOT_A_TABLE)


def workbook_rows(content: bytes) -> Iterator[list[str]]:
    """Of the first sheet that is not hidden. Formulas count by the value they were saved with."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_parts(archive.infolist())
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet, *_ = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
            yield [shown(cell) for cell in row]
    except UnreadableTableError:
        raise
    except DAMAGE as problem:
        raise UnreadableTableError("The workbook is damaged. Open it, and save it again as .xlsx.") from problem


def check_parts(parts: Sequence[zipfile.ZipInfo]) -> None:
    sizes = {part.filename: part.file_size for part in parts}
    if not any(name.startswith("xl/") for name in sizes):
        raise UnreadableTableError(NOT_A_TABLE)
    if sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        raise UnreadableTableError("The workbook is too large when unpacked. Save only the sheet needed.")
    if any(sizes.get(name, 0) > MOST_BYTES_WITHOUT_CELLS for name in PARTS_WITHOUT_CELLS):
        raise UnreadableTableError("The workbook has too many styles or names. Copy its cells into a new workbook.")


def shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def tidy(cell: str) -> str:
    """Without the spaces and unseen characters that come along with copied cells."""
    return unguard(" ".join(cell.replace("\x00", "").replace("\u200b", "").replace("\ufeff", "").split()))


def lines_kept(cell: str) -> str:
    """For cells that hold text of several lines."""
    return unguard(cell.replace("\x00", "").replace("\ufeff", "").replace("\r\n", "\n").strip())
