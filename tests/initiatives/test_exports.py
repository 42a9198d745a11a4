import csv
import io
import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from openpyxl import load_workbook

from initiatives import exports
from tests.factories import make_area, make_contact, make_initiative, make_outcome

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def falls_car():
    entry = make_initiative(title="=Falls car", areas=[make_area("NEL")], inferred_areas=[make_area("SEL")])
    make_outcome(entry, measure="Kept at home", as_printed="aims to keep 20 at home")
    make_outcome(entry, claim="measured", measure="Referrals")
    make_contact(entry, name="Robin Example", role="Nurse", email="r@example.org")
    make_contact(entry, name="Hidden Person", is_public=False)
    make_initiative(title="Other")
    return entry


def test_csv_holds_the_rows_of_the_list_with_its_filters(client, falls_car):
    response = client.get("/initiatives.csv?area=NEL")

    body = response.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    assert [row["title"] for row in rows] == ["'=Falls car"]
    assert rows[0]["STP areas"] == "NEL"
    assert rows[0]["STP areas inferred"] == "SEL"
    assert rows[0]["outcomes"] == "Aim: Kept at home (aims to keep 20 at home)\nMeasured: Referrals"
    assert rows[0]["contacts"] == "Robin Example, Nurse, r@example.org"
    assert "Hidden" not in body


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"measure": "Waiting times", "as_printed": "waiting times"}, "Early result: Waiting times"),
        (
            {"measure": "Waiting times", "as_printed": "waiting times", "direction": "down"},
            "Early result: Waiting times (down)",
        ),
        ({"measure": "Waiting times", "direction": "down"}, "Early result: Waiting times (down)"),
        (
            {"measure": "Waiting times", "as_printed": "waits halved", "direction": "down"},
            "Early result: Waiting times (waits halved)",
        ),
    ],
)
def test_an_outcome_does_not_repeat_the_words_of_its_measure(client, fields, told):
    make_outcome(make_initiative(slug="falls-car"), claim="early", **fields)

    assert told in client.get("/initiatives.csv").getvalue().decode().replace("\r\n", ",").split(",")
    assert ("As printed" in client.get("/initiatives/falls-car/").content.decode()) == ("halved" in told)


@time_machine.travel(datetime(2026, 11, 25, 9, 30, tzinfo=UTC), tick=False)
def test_xlsx_holds_the_same_rows_what_the_columns_mean_and_when_it_was_made(client, falls_car):
    response = client.get("/initiatives.xlsx?area=NEL")

    assert response["Content-Disposition"] == 'attachment; filename="1-initiative-in-area-nel-2026-11-25.xlsx"'
    book = load_workbook(io.BytesIO(response.getvalue()))
    rows = list(book["Initiatives"].values)
    assert list(rows[0]) == exports.HEADER
    assert [row[1] for row in rows[1:]] == ["=Falls car"]
    assert book["Initiatives"]["B2"].data_type == "s"
    assert list(book["Columns"].values)[1:] == exports.dictionary()
    assert list(book["About this file"].values)[1:] == [
        ("List", "1 initiative in Area NEL"),
        ("Address with its filters", "http://testserver/initiatives.xlsx?area=NEL"),
        ("Made at", "2026-11-25 09:30 GMT"),
        ("Version of the columns", 1),
    ]


def test_json_holds_the_rows_of_the_read_api(client, falls_car):
    found = json.loads(client.get("/initiatives.json?area=NEL").getvalue())

    assert found["list"] == "1 initiative in Area NEL"
    assert found["address"] == "http://testserver/initiatives.json?area=NEL"
    assert found["initiatives"] == client.get("/api/v1/initiatives/?area=NEL").json()["results"]
    assert json.loads(client.get("/initiatives.json?search=nothing").getvalue())["initiatives"] == []


def test_columns_say_what_they_mean(client):
    body = client.get("/initiatives-columns.csv").getvalue().decode("utf-8-sig")

    assert [row["column"] for row in csv.DictReader(io.StringIO(body, newline=""))] == exports.HEADER
    assert all(meaning for _, meaning in exports.dictionary())


def test_feed_holds_the_entries_of_a_search_the_latest_change_first(client):
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC)):
        first = make_initiative(title="First", areas=[make_area("NEL")])
        make_initiative(title="Elsewhere")
        make_initiative(title="Draft", areas=[make_area("NEL")], publication="draft")
    with time_machine.travel(datetime(2026, 11, 2, tzinfo=UTC)):
        make_initiative(title="Second & last", areas=[make_area("NEL")])
    with time_machine.travel(datetime(2026, 11, 3, tzinfo=UTC)):
        first.summary = "Changed"
        first.save()

    response = client.get("/initiatives.atom?area=NEL")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["First", "Second & last"]
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}id") == (
        f"tag:london-clinical-senate,2026-11-01:initiative/{first.slug}"
    )
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}updated") == "2026-11-03T00:00:00+00:00"


@pytest.mark.parametrize("address", ["initiatives.csv", "initiatives.xlsx", "initiatives.json", "initiatives.atom"])
@pytest.mark.parametrize("query", ["search=%01%02%0B", "search=%EF%BF%BE", "area=%07", "theme=x&page=9&sort=z"])
def test_files_answer_hostile_queries(client, address, query):
    make_initiative(title="A\x0b")

    response = client.get(f"/{address}?{query}")

    assert response.status_code == 200
    assert response.getvalue() if response.streaming else response.content
