"""Tables as people, programs and attackers send them: what the reader says of each, or what it makes of it."""

import io
import zipfile
import zlib
from datetime import date

import openpyxl
from openpyxl.chart import BarChart
from openpyxl.styles import Font

from senate_portal.lib import tables

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = [["slug", "title"], ["falls-car", "Falls response car"]]
TEXT = "slug,title\r\nfalls-car,Falls response car\r\n"
CAFE = "slug,title\nfalls-car,Café – the “car”\n"


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*rows, change=lambda book, sheet: None):
    """`change` may do to the book and its first sheet what it likes."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book, book.active)
    return saved(book)


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_parts(changed, book=None):
    """A workbook some of whose parts were written by hand; None leaves one out."""
    with zipfile.ZipFile(io.BytesIO(book or workbook(*ROWS))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changed
    return packed({name: content for name, content in parts.items() if content is not None})


def sheet(rows, doctype=""):
    return f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'


def written_by_hand(cell, doctype=""):
    """A sheet whose second row ends in `cell`, as XML."""
    return with_parts({SHEET: sheet(f"{HEAD}<row r='2'>{inline('A2', 'falls-car')}{cell}</row>", doctype)})


def inline(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f"<row r='1'>{inline('A1', 'slug')}{inline('B1', 'title')}</row>"
LAUGHS = "".join(f"<!ENTITY l{number} '{f'&l{number - 1};' * 10}'>" for number in range(1, 10))


def dated(number):
    """A cell that is formatted as a date, and holds a number."""
    book = workbook(["slug", "title"], ["falls-car", date(2026, 1, 26)])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        xml = archive.read(SHEET).decode()
    assert "2026-01-26" in xml or ">46048<" in xml
    return with_parts({SHEET: xml.replace(">46048<", f">{number}<")}, book)


def locked_archive():
    """Says of its parts that they need a password."""
    content = bytearray(workbook(*ROWS))
    for mark, place in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        at = -1
        while (at := content.find(mark, at + 1)) != -1:
            content[at + place] |= 1
    return bytes(content)


def many_rows(number, *, write=workbook):
    return write(["slug", "title"], *([f"car-{count}", "Car"] for count in range(number)))


def text(*rows):
    return "\n".join(",".join(row) for row in rows).encode()


def hide_first(book, first):
    first.title, first.sheet_state = "Lists", "hidden"
    first.delete_rows(1, 2)
    first["A1"] = "for internal use"
    second = book.create_sheet("Initiatives")
    for row in ROWS:
        second.append(row)
    book.active = second


def more_sheets(book, first):
    book.create_sheet("Notes")["A1"] = "not to be read"
    book.create_chartsheet("Chart").add_chart(BarChart())


def merge(book, first):
    first.insert_rows(1)
    first["A1"] = "Our initiatives"
    first.merge_cells("A1:B1")


def merge_titles(book, first):
    first.append(["falls-bus", None])
    first.merge_cells("B2:B3")


def of_1904(book, first):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


def far_cells(book, first):
    for row in range(1, 50):
        first.cell(row, 16_384).font = Font(bold=True)


def far_below(book, first):
    first.cell(1_048_576, 1).font = Font(bold=True)


def linked(book, first):
    first["B2"] = "='[1]Elsewhere'!A1"


# What the reader refuses, and a part of the sentence that says so.
DAMAGED = "The workbook is damaged. Open it, and save it again as .xlsx."
NO_TABLE = "The file is neither a table in text nor an Excel workbook. Save it as CSV or .xlsx."
NO_ROWS = "The file needs a row of headings and at least one row below it."
OPEN_QUOTE = "From line 2 on the file is not a table that can be read"
REFUSED = {
    "only a header": (b"slug,title\n", NO_ROWS),
    "only blank lines": (b"\n \n\t\n" * 400, NO_ROWS),
    "only a byte order mark": ("\ufeff".encode(), NO_ROWS),
    "only delimiters": (b",,,,\n,,,,\n", NO_ROWS),
    "workbook without a cell": (workbook(), NO_ROWS),
    "workbook with only a header": (workbook(["slug", "title"]), NO_ROWS),
    "workbook with spaces in its cells": (workbook([" "], [" "]), NO_ROWS),
    "NUL in text": (b"slug,title\nfalls-car,Falls\x00car\n", NO_TABLE),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), NO_TABLE),
    "UTF-32": (TEXT.encode("utf-32"), NO_TABLE),
    "bytes that mean nothing": (b"slug,title\nfalls-car,\x81\x8d\x8f\n", NO_TABLE),
    "program renamed": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", NO_TABLE),
    "PNG renamed": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", NO_TABLE),
    "JPEG renamed": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", NO_TABLE),
    "PDF renamed": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", NO_TABLE),
    "web page renamed": (b"<html><table><tr><td>slug</td></tr></table></html>\n<p>,</p>", NO_TABLE),
    "JSON renamed": (b'{"list": "All", "initiatives": [\n{"slug": "falls-car"}\n]}\n', NO_TABLE),
    "gzip renamed": (b"\x1f\x8b\x08\x00" + zlib.compress(TEXT.encode()), NO_TABLE),
    "zip of something else": (packed({"catalogue.csv": TEXT}), NO_TABLE),
    "empty zip": (packed({}), NO_TABLE),
    ".ods renamed": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), NO_TABLE),
    ".docx renamed": (packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), NO_TABLE),
    "old .xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "of an old kind. Save it as .xlsx"),
    "workbook with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage", "has a password"),
    "archive with a password": (locked_archive(), DAMAGED),
    "truncated workbook": (workbook(*ROWS)[:-400], DAMAGED),
    "first bytes of a workbook": (workbook(*ROWS)[:60], DAMAGED),
    "workbook with a broken byte": (workbook(*ROWS).replace(b"xl/workbook.xml", b"xl/workbouk.xml"), DAMAGED),
    "workbook without its sheet": (with_parts({SHEET: None}), DAMAGED),
    "workbook without a list of its sheets": (with_parts({"xl/workbook.xml": None}), DAMAGED),
    "sheet cut off in the middle": (with_parts({SHEET: sheet(HEAD)[:-40]}), DAMAGED),
    "sheet that is no XML": (with_parts({SHEET: "slug,title"}), DAMAGED),
    "binary workbook": (with_parts({"xl/workbook.xml": None, "xl/workbook.bin": b"\x83\x01"}), DAMAGED),
    "entity from this machine": (
        written_by_hand(inline("B2", "&x;"), "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
        DAMAGED,
    ),
    "entity from elsewhere": (
        written_by_hand(inline("B2", "&x;"), "<!DOCTYPE w [<!ENTITY x SYSTEM 'http://127.0.0.1:9/'>]>"),
        DAMAGED,
    ),
    "billion laughs": (written_by_hand(inline("B2", "&l9;"), f"<!DOCTYPE w [<!ENTITY l0 'ha'>{LAUGHS}]>"), DAMAGED),
    "character that XML may not hold": (written_by_hand(inline("B2", "&#0;")), DAMAGED),
    "text that is not there": (written_by_hand("<c r='B2' t='s'><v>999999</v></c>"), DAMAGED),
    "zip bomb": (with_parts({SHEET: b" " * (tables.MOST_BYTES_UNPACKED + 1)}), "too large when unpacked"),
    "too many styles": (
        with_parts({"xl/styles.xml": b" " * (tables.MOST_BYTES_WITHOUT_CELLS + 1)}),
        "Copy its cells into a new workbook.",
    ),
    "quote never closed": (b'slug,title\nfalls-car,"Falls car\n', OPEN_QUOTE),
    "quote never closed in a long file": (b'slug,title\nfalls-car,"Falls car\n' + b"a,b\n" * 50_000, OPEN_QUOTE),
    "quote inside a cell": (b'slug,title\nfalls-car,"Falls" car\n', OPEN_QUOTE),
    "huge cell": (b"slug,title\nfalls-car," + b"x" * 32_768, "B2 holds more than 32,767 characters. Shorten it."),
    "huge cell in a workbook": (written_by_hand(inline("B2", "x" * 32_768)), "B2 holds more than 32,767 characters."),
    "too many columns": (text(["slug"] * 101, ["x"] * 101), "more than 100 columns"),
    "too many columns in a workbook": (workbook(["slug"] * 101, ["x"] * 101), "more than 100 columns"),
    "too many rows": (many_rows(tables.MOST_ROWS + 1, write=text), "more than 5,000 rows. Split it."),
    "error cell": (
        written_by_hand("<c r='B2' t='e'><v>#REF!</v></c>"),
        "B2 holds an error of the spreadsheet program, #REF!. Mend it.",
    ),
    "error in text": (b"slug,title\nfalls-car,#N/A\n", "B2 holds an error of the spreadsheet program, #N/A."),
    "day after the end of time": (dated("1e99"), "B2 holds an error of the spreadsheet program, #VALUE!."),
    "larger than 5 MB": (b"x" * (tables.MOST_BYTES + 1), "larger than 5 MB"),
}


# What the reader takes, and what the catalogue's import then says.
CHANGED = "0 new entries, 1 changed, 0 the same, 0 problems."
UNKNOWN = "The first row holds none of the headings of the catalogue's download."
NOT_A_CHOICE = "is not one of: no, yes, yes, inferred."
TAKEN = {
    "commas": (TEXT.encode(), CHANGED),
    "semicolons": (TEXT.replace(",", ";").encode(), CHANGED),
    "tabs": (TEXT.replace(",", "\t").encode(), CHANGED),
    "bars between cells": (TEXT.replace(",", "|").encode(), UNKNOWN),
    "semicolons with commas in the text": (b"slug;title\nfalls-car;Falls, car, and bus\n", "Falls, car, and bus"),
    "byte order mark": (TEXT.encode("utf-8-sig"), CHANGED),
    "UTF-16": (TEXT.encode("utf-16"), CHANGED),
    "UTF-16, the other way round": (b"\xfe\xff" + TEXT.encode("utf-16-be"), CHANGED),
    "UTF-8": (CAFE.encode(), "Café – the “car”"),
    "Windows-1252": (CAFE.encode("cp1252"), "Café – the “car”"),
    "Latin-1": ("slug,title\nfalls-car,Café\n".encode("latin-1"), "Café"),
    "line ends of Windows": (TEXT.encode(), CHANGED),
    "line ends of Unix": (TEXT.replace("\r", "").encode(), CHANGED),
    "line ends of an old Mac": (TEXT.replace("\n", "").encode(), CHANGED),
    "mixed line ends": (b"slug,title\r\nfalls-car,Falls response car\n\r\n\r", CHANGED),
    "no line end": (TEXT.strip().encode(), CHANGED),
    "every cell in quotes": (b'"slug","title"\n"falls-car","Falls ""response"" car"\n', 'Falls "response" car'),
    "line break in a cell": (b'slug,title,summary\nfalls-car,Falls car,"One\r\ntwo"\n', "One\ntwo"),
    "blank rows between": (b"\n\nslug,title\n,\n\nfalls-car,Falls response car\n,,,\n", CHANGED),
    "shorter rows": (b"slug,title,summary\nfalls-car,Falls car\n", "C2, summary: This field cannot be blank."),
    "commas without quotes": (b"slug,title\nfalls-car,Falls, car\n", "Row 2 has more cells than there are headings."),
    "no header": (b"falls-car,Falls car\nfalls-bus,Falls bus\n", UNKNOWN),
    "title above the header": (b"Our initiatives,\nslug,title\nfalls-car,Falls car\n", UNKNOWN),
    "headings of another list": (b"Name,Email\nAda,ada@example.org\n", UNKNOWN),
    "headings doubled": (b"slug,title,title\nfalls-car,a,b\n", "Two columns are named “title”."),
    "unknown heading": (b"slug,title,colour\nfalls-car,Falls car,red\n", "Column “colour” is not one of"),
    "heading missing": (b"title,summary\nFalls car,A car.\n", "Column “slug” is missing."),
    "column without a heading": (b"slug,,title\nfalls-car,x,Falls car\n", "Column B has no heading."),
    "column without a heading or a cell": (b"slug,,title\nfalls-car,,Falls response car\n", CHANGED),
    "row that stands twice": (
        TEXT.encode() + b"falls-car,Falls car\n",
        "A3: “falls-car” stands in an earlier row too.",
    ),
    "guarded formula": (b"slug,title\nfalls-car,'=SUM(A1)\n", "=SUM(A1)"),
    "number as title": (workbook(["slug", "title"], ["falls-car", 112.0]), "112"),
    "control characters": (b"slug,title\nfalls-car,Falls\x07 car\x1b\n", CHANGED),
    "right-to-left and emoji": ("slug,title\nfalls-car,\u202eسيارة 🚑\n".encode(), "سيارة 🚑"),
    "byte order mark in a cell": ("slug,title\nfalls-car,\ufeffFalls response car\n".encode(), CHANGED),
    "rows up to the limit": (many_rows(tables.MOST_ROWS, write=text), "15,000 problems"),
    "workbook": (workbook(*ROWS), CHANGED),
    "workbook with macros": (with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), CHANGED),
    "workbook that the name calls a table in text": (workbook(*ROWS), CHANGED),
    "several sheets": (workbook(*ROWS, change=more_sheets), CHANGED),
    "hidden sheet before the one that is seen": (workbook(*ROWS, change=hide_first), CHANGED),
    "merged title": (workbook(*ROWS, change=merge), UNKNOWN),
    "merged cells": (workbook(*ROWS, change=merge_titles), "Row 3: a new entry needs “title”."),
    "formula with its value": (
        written_by_hand("<c r='B2' t='str'><f>UPPER(\"falls\")</f><v>FALLS</v></c>"),
        "<ins><bdi>FALLS</bdi></ins>",
    ),
    "formula that was never worked out": (
        workbook(["slug", "title"], ["falls-car", '=UPPER("falls")']),
        "B2, title: This field cannot be blank.",
    ),
    "link to another workbook": (workbook(*ROWS, change=linked), "B2, title: This field cannot be blank."),
    "date": (workbook(["slug", "results expected"], ["falls-car", date(2027, 1, 26)]), "Column “title” is missing."),
    "date and title": (
        workbook(["slug", "title", "results expected"], ["falls-car", "Falls car", date(2027, 1, 26)]),
        "2027-01-26",
    ),
    "date as a number": (
        workbook(["slug", "title", "results expected"], ["falls-car", "Falls car", 46_413]),
        "C2, results expected: “46413” is a date that lost its format.",
    ),
    "date counted from 1904": (
        workbook(["slug", "title", "results expected"], ["falls-car", "Falls car", date(2027, 1, 26)], change=of_1904),
        "2027-01-26",
    ),
    "boolean": (
        workbook(["slug", "title", "London-wide"], ["falls-car", "Falls car", True]),
        f"C2, London-wide: “True” {NOT_A_CHOICE}",
    ),
    "formatted cells far to the right": (workbook(*ROWS, change=far_cells), CHANGED),
    "formatted cells far below": (workbook(*ROWS, change=far_below), CHANGED),
    "spaces round everything": (b" slug , title \n falls-car ,  Falls response car \n", CHANGED),
    "cell of the longest length": (b"slug,title\nfalls-car," + b"x" * 32_767, "at most 200 characters"),
    "list of an unknown place": (
        b"slug,title,STP areas\nfalls-car,Falls car,Mars\n",
        "C2, STP areas: “Mars” is not one of: NEL.",
    ),
}
