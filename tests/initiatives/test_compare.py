import re

import pytest

from tests.factories import make_area, make_initiative, make_outcome

pytestmark = pytest.mark.django_db


def compare(client, *slugs):
    response = client.get("/initiatives/compare/", {"entry": slugs})
    assert response.status_code == 200
    return response, " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_compare_sets_entries_side_by_side_in_the_order_chosen(client):
    first = make_initiative(slug="a", title="First", areas=[make_area("NEL", name="North East London")])
    make_initiative(slug="b", title="Second", london_wide=True, stage="pilot")
    make_outcome(first, measure="Kept at home", value=20, unit="people", as_printed="20 people")

    response, page = compare(client, "b", "a")

    assert [entry["title"] for entry in response.context_data["entries"]] == ["Second", "First"]
    assert "Areas London-wide North East London" in page
    assert "How far along Pilot Live" in page
    assert "Aim None Aim: Kept at home: 20 people" in page
    assert "Measured" not in page


def test_compare_takes_four_and_names_what_it_leaves_out(client):
    for letter in "abcde":
        make_initiative(slug=letter, title=f"Title {letter}")

    response, page = compare(client, *"abcde", "a")

    assert [entry["slug"] for entry in response.context_data["entries"]] == list("abcd")
    assert "Left out: Title e." in page
    assert 'href="?entry=a&amp;entry=b&amp;entry=d"' in response.content.decode()


@pytest.mark.parametrize("slugs", [[], ["a"], ["draft"], ["nothing", "'", "é" * 300]])
def test_compare_of_less_than_two_says_how_to_choose(client, slugs):
    make_initiative(slug="a")
    make_initiative(slug="draft", title="Hidden draft", publication="draft")

    _, page = compare(client, *slugs)

    assert "Choose two to four initiatives" in page
    assert "Hidden draft" not in page


def test_list_sends_the_chosen_entries_to_the_comparison(client):
    make_initiative(slug="a")

    page = client.get("/initiatives/").content.decode()

    assert '<input class="nhsuk-checkboxes__input" type="checkbox" form="compare" name="entry" id="compare-a"' in page
    assert 'id="compare" action="/initiatives/compare/" method="get"' in page
