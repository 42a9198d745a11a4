import io
import zipfile
from datetime import date

import openpyxl
import pytest

from senate_portal.lib import tables

ROWS = [["Name", "Email"], ["Zoë Sample", "zoe@example.org"], ["Bo", ""]]


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(delimiter=","):
    return "\r\n".join(delimiter.join(row) for row in ROWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_of_any_usual_kind_is_read(delimiter, encoding):
    assert tables.read(text(delimiter).encode(encoding)) == ROWS


def test_workbook_is_read_with_numbers_and_dates_as_they_look():
    content = workbook(
        [["Name", "Number", "Day"], ["Ada", 12.0, date(2026, 1, 26)], [None, None, None], ["Bo", None, 1.5]]
    )

    assert tables.read(content) == [
        ["Name", "Number", "Day"],
        ["Ada", "12", "2026-01-26"],
        ["Bo", "", "1.5"],
    ]


def test_cells_are_tidied_and_guarded_formulas_restored():
    content = "\ufeffName,Email\n \u200b Ada  Sample ,'=1+1\n".encode()

    assert tables.read(content)[1] == ["Ada Sample", "=1+1"]


def test_quoted_cells_may_hold_line_breaks_and_delimiters():
    assert tables.read(b'Name,Note\n"Sample, Ada","one\ntwo"\n')[1] == ["Sample, Ada", "one two"]


def test_rows_are_as_long_as_the_headings():
    assert tables.read(b"A,B,\n1\n1,2,3,4\n") == [["A", "B"], ["1", ""], ["1", "2"]]


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (tables.MOST_BYTES_UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "row of headings"),
        (b"Name,Email\n", "at least one row"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "neither a table"),
        (b"\xd0\xcf\x11\xe0rest", "password"),
        (workbook(ROWS)[:400], "damaged"),
        (b"PK\x03\x04 not a workbook", "damaged"),
        (bomb(), "too large when unpacked"),
        (b"A" * (tables.MOST_BYTES + 1), "larger than 5 MB"),
        (b"Name\n" + b"Ada\n" * (tables.MOST_ROWS + 1), "more than 5,000 rows"),
        (b"," * 200 + b"x\nAda\n", "more than 100 columns"),
        (b'Name\n"unclosed', "not a table"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(content, words):
    with pytest.raises(tables.UnreadableTableError, match=words):
        tables.read(content)


def test_rows_up_to_the_limit_are_read_past_many_blank_ones():
    content = b"Name\n" + b"\n" * 900 + b"Ada\n" * tables.MOST_ROWS

    assert len(tables.read(content)) == tables.MOST_ROWS + 1
