import csv
import io

import openpyxl
import pytest

from senate_portal.lib import spreadsheets

DANGEROUS = ["=1+1", "+44 20", "-2", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "\xa0=1"]  # noqa: RUF001


@pytest.mark.parametrize("value", DANGEROUS)
def test_guard_defuses_formulas_and_unguard_gives_them_back(value):
    assert spreadsheets.guard(value) == "'" + value
    assert spreadsheets.unguard("'" + value) == value


@pytest.mark.parametrize("value", ["Falls care", "", "'tis", "a=b", -2, 3.5, None])
def test_guard_leaves_plain_text_and_numbers_alone(value):
    assert spreadsheets.guard(value) == value


@pytest.mark.parametrize("value", ["'tis", "'=1", "''=1", "'"])
def test_unguard_keeps_a_quote_that_is_part_of_the_text(value):
    assert spreadsheets.unguard(spreadsheets.guard(value)) == value


def test_csv_response_opens_in_excel_and_reads_back():
    response = spreadsheets.csv_response(
        "points", ["area", "text"], [["NEL", "Zoë, “quoted”\nover lines"], ["SEL", "=1"]]
    )

    assert response["Content-Disposition"] == 'attachment; filename="points.csv"'
    body = response.getvalue().decode("utf-8")
    assert body.startswith("\ufeffarea,text\r\n")
    read = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"), newline="")))
    assert read == [["area", "text"], ["NEL", "Zoë, “quoted”\nover lines"], ["SEL", "'=1"]]


def test_headings_that_people_named_are_defused_too():
    assert next(spreadsheets.csv_lines(["area", "=1+1"], [])) == "\ufeffarea,'=1+1\r\n"


def test_csv_lines_reads_rows_only_as_they_are_asked_for():
    asked = []

    def rows():
        for number in range(spreadsheets.ROWS_AT_ONCE + 2):
            asked.append(number)
            yield [number]

    lines = spreadsheets.csv_lines(["number"], rows())
    assert next(lines) == "\ufeffnumber\r\n"
    assert asked == []
    assert next(lines).startswith("0\r\n1\r\n")
    assert len(asked) == spreadsheets.ROWS_AT_ONCE
    assert next(lines) == f"{spreadsheets.ROWS_AT_ONCE}\r\n{spreadsheets.ROWS_AT_ONCE + 1}\r\n"
    assert list(lines) == []


def test_xlsx_response_opens_with_header_filter_and_text_as_text():
    sheet = spreadsheets.Sheet(
        "Points", ("text", "count"), [("=1+1", 2), ("https://x.example.org", 3), ("a\x07b", 4)], (40, 10)
    )
    response = spreadsheets.xlsx_response("points", "All points", [sheet])
    assert response["Content-Disposition"] == 'attachment; filename="points.xlsx"'
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))

    page = book["Points"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["text", "count"],
        ["=1+1", 2],
        ["https://x.example.org", 3],
        ["ab", 4],
    ]
    assert page["A2"].data_type == "s"
    assert page["A3"].hyperlink is None
    assert (page.freeze_panes, page.auto_filter.ref, page["A1"].font.bold) == ("A2", "A1:B4", True)
    assert book.properties.title == "All points"
