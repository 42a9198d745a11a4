import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Borough, Initiative, InitiativeBorough, STPArea, Theme
from tests.factories import make_area, make_borough, make_initiative, make_population, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    nel = make_area("NEL", name="North East London")
    make_area("SWL", name="South West London")
    hackney, _newham = make_borough("Hackney", area=nel), make_borough("Newham", area=nel)
    falls, mind = make_theme("Falls"), make_theme("Mental health")
    make_initiative(areas=[nel], themes=[falls, mind], boroughs=[hackney])
    make_initiative(areas=[nel], themes=[falls])
    make_initiative(london_wide=True, themes=[mind])
    make_initiative(areas=[nel], themes=[falls], publication="draft")


def read(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def numbers(response):
    """The table without its columns of inferred entries."""
    return [[row[0], *row[1::2]] for row in read(response)]


def test_matrix_counts_themes_by_area(client, record):
    assert numbers(client.get("/initiatives-matrix.csv")) == [
        ["theme", "North East London", "South West London", "London-wide"],
        ["Falls", "2", "0", "0"],
        ["Mental health", "1", "0", "1"],
    ]


def test_matrix_counts_themes_by_borough(client, record):
    assert numbers(client.get("/initiatives-matrix.csv?by=borough")) == [
        ["borough", "Falls", "Mental health"],
        ["Hackney", "1", "1"],
        ["Newham", "0", "0"],
    ]


def test_matrix_tells_inferred_places_apart(client, record):
    area, borough = STPArea.objects.get(code="NEL"), Borough.objects.get(slug="newham")
    entry = make_initiative(inferred_areas=[area], themes=[Theme.objects.get(slug="falls")])
    InitiativeBorough.objects.create(initiative=entry, borough=borough, basis="inferred")
    Initiative.objects.filter(london_wide=True).update(london_wide_basis="inferred")

    table = read(client.get("/initiatives-matrix.csv"))
    assert table[0][1:3] == ["North East London", "North East London: of these inferred"]
    assert table[1] == ["Falls", "3", "1", "0", "0", "0", "0"]
    assert table[2] == ["Mental health", "1", "0", "0", "0", "1", "1"]
    assert read(client.get("/initiatives-matrix.csv?by=borough"))[2] == ["Newham", "1", "1", "0", "0"]
    assert "1 inferred" in client.get("/initiatives/matrix/").content.decode()


def test_matrix_says_where_nothing_could_stand(client, record):
    make_initiative(themes=[make_theme("Winter")], london_wide=True)
    make_initiative(themes=[make_theme("Urgent care")], areas=[STPArea.objects.get(code="NEL")])
    make_theme("Empty")

    by_area = {row[0]: row[1:] for row in numbers(client.get("/initiatives-matrix.csv"))}
    assert by_area["Winter"] == ["not applicable", "not applicable", "1"]
    assert by_area["Urgent care"] == ["1", "0", "0"]
    assert by_area["Empty"] == ["0", "0", "0"]
    header, hackney, _ = numbers(client.get("/initiatives-matrix.csv?by=borough"))
    by_borough = dict(zip(header, hackney, strict=True))
    assert (by_borough["Winter"], by_borough["Urgent care"]) == ("not applicable", "not applicable")
    assert (by_borough["Falls"], by_borough["Empty"]) == ("1", "0")
    page = client.get("/initiatives/matrix/").content.decode()
    assert page.count('<span class="nhsuk-u-visually-hidden">not applicable</span>') == 2


def test_matrix_of_one_area_does_not_apply_to_boroughs_of_another(client, record):
    make_borough("Lambeth", area=make_area("SEL"))

    table = {row[0]: row[1:] for row in numbers(client.get("/initiatives-matrix.csv?by=borough&area=NEL"))}

    assert table["Newham"] == ["0", "0"]
    assert table["Lambeth"] == ["not applicable", "not applicable"]


def test_matrix_is_narrowed_by_the_filters_of_the_list_but_not_by_its_own_sides(client, record):
    entry = Initiative.objects.get(boroughs__slug="hackney")
    entry.populations.add(make_population("Older people"))

    query = "population=older-people&theme=falls&area=SWL&search=london"
    assert numbers(client.get(f"/initiatives-matrix.csv?{query}"))[1:] == [
        ["Falls", "1", "0", "0"],
        ["Mental health", "1", "0", "0"],
    ]
    page = client.get("/initiatives/matrix/?population=older-people").content.decode()
    assert "Only initiatives with: <strong>Older people</strong>" in page


@pytest.mark.parametrize("query", ["", "?by=borough", "?by=%27", "?by=borough&evaluation=none-stated&area=NEL"])
def test_matrix_cells_open_lists_of_as_many(client, record, query):
    page = client.get(f"/initiatives/matrix/{query}").content.decode()
    cells = re.findall(r'<td class="[^"]*portal-matrix__cell[^>]*>\s*<a href="([^"]*)">(\d+)', page)

    assert cells
    for address, number in cells:
        found = client.get(address.replace("&amp;", "&")).context_data["filters"].found
        assert len(found) == int(number), address


def test_matrix_says_none_recorded_in_words(client, record):
    page = client.get("/initiatives/matrix/").content.decode()

    assert page.count('<span class="nhsuk-u-visually-hidden">none recorded</span>') == 3
    assert page.count('scope="row"') == 2


def test_matrix_takes_as_many_queries_for_thirty_entries_as_for_one(client, record):
    taken = []
    for _ in range(2):
        client.get("/initiatives/matrix/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/initiatives/matrix/")
        taken.append(len(queries))
        for number in range(30):
            make_initiative(themes=[make_theme(f"Theme {number}")])

    assert taken == [1, 1]
