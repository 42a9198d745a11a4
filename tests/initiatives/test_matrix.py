import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_area, make_borough, make_initiative, make_theme

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


def test_matrix_counts_themes_by_area(client, record):
    assert read(client.get("/initiatives-matrix.csv")) == [
        ["theme", "North East London", "South West London", "London-wide"],
        ["Falls", "2", "0", "0"],
        ["Mental health", "1", "0", "1"],
    ]


def test_matrix_counts_themes_by_borough(client, record):
    assert read(client.get("/initiatives-matrix.csv?by=borough")) == [
        ["borough", "Falls", "Mental health"],
        ["Hackney", "1", "1"],
        ["Newham", "0", "0"],
    ]


@pytest.mark.parametrize("query", ["", "?by=borough", "?by=%27"])
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
