"""What an entry's page says of other entries, and what it tells machines."""

import csv
import io
import json
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from initiatives import versions
from initiatives.models import Adaptation
from tests.factories import make_area, make_contact, make_initiative, make_organisation, make_outcome, make_user
from tests.initiatives.test_publishing import typed
from tests.initiatives.test_views import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    original, copy = make_initiative(title="Falls car"), make_initiative(title="Falls bus")
    Adaptation.objects.create(initiative=copy, original=original, what_changed="A bus instead of a car")
    return original, copy


def test_an_adaptation_is_told_on_both_pages_with_what_changed(client, pair):
    original, copy = pair

    assert "Made after Falls car . What changed: A bus instead of a car" in text(client.get(copy.get_absolute_url()))
    assert "Taken up by Falls bus . What changed: A bus instead" in text(client.get(original.get_absolute_url()))


def test_an_adaptation_is_told_in_the_api_and_in_files(client, pair):
    original, copy = pair

    told = {each["slug"]: each["adapted_from"] for each in client.get("/api/v1/initiatives/").json()["results"]}
    rows = csv.DictReader(io.StringIO(client.get("/initiatives.csv").getvalue().decode(), newline=""))

    after = {"slug": original.slug, "title": "Falls car", "what_changed": "A bus instead of a car"}
    assert told == {copy.slug: [after], original.slug: []}
    assert {row["title"]: row["made after"] for row in rows} == {
        "Falls bus": f"{original.slug}: A bus instead of a car",
        "Falls car": "",
    }


def test_an_adaptation_that_is_not_published_is_told_nowhere(client, pair):
    original, copy = pair
    copy.publication = "draft"
    copy.save()

    assert "Falls bus" not in text(client.get(original.get_absolute_url()))


def test_what_is_made_after_something_unpublished_does_not_tell_it(client, pair):
    original, copy = pair
    original.publication = "draft"
    original.save()

    for address in [copy.get_absolute_url(), f"/api/v1/initiatives/{copy.slug}/", "/initiatives.csv"]:
        response = client.get(address)
        assert original.slug not in (response.getvalue() if response.streaming else response.content).decode()


def test_adaptations_cost_no_query_of_their_own_and_show_at_once(client, pair):
    original, asked = pair[0], []
    for number in range(2):
        other = make_initiative(title=f"Copy {number}")
        Adaptation.objects.create(initiative=other, original=original, what_changed="All of it")
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(original.get_absolute_url()))
        asked.append(len(queries))
        assert f"Taken up by Copy {number}" in page

    assert asked[0] == asked[1]


def test_nothing_is_an_adaptation_of_itself(pair):
    with pytest.raises(IntegrityError, match="adaptation_of_another"), transaction.atomic():
        Adaptation.objects.create(initiative=pair[0], original=pair[0], what_changed="Nothing")


def test_staff_name_the_original_by_its_address(client, pair):
    original, copy = pair
    client.force_login(make_user())
    address = f"/staff/initiatives/{copy.pk}/edit/"
    data = typed(client, copy)
    assert data["adaptation-0-original"] == original.slug

    for wrong, sentence in [("nowhere", "No entry has this address"), (copy.slug, "Choose another entry than this")]:
        response = client.post(address, data | {"adaptation-0-original": wrong})
        assert response.status_code == 422
        assert sentence in response.content.decode()
    client.post(address, data | {"adaptation-0-what_changed": "Two buses"})

    assert Adaptation.objects.get().what_changed == "Two buses"
    assert versions.said(versions.of(copy))["adapted from"] == "Falls car, Two buses"


def linked_data(response):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return json.loads(found)


def test_machines_read_the_entry_in_words_of_schema_org(client):
    entry = make_initiative(
        title="Falls car",
        summary="A car.",
        areas=[make_area("NEL", name="North East London")],
        organisations=[make_organisation("A trust")],
        verified_on="2026-11-02",
        verified_by="Sam Sample",
    )
    make_contact(entry, name="Jo Contact", email="jo@example.org")

    said = linked_data(client.get(entry.get_absolute_url()))

    assert (said["@context"], said["@type"], said["name"]) == ("https://schema.org", "WebPage", "Falls car")
    assert said["url"].endswith(entry.get_absolute_url())
    assert said["lastReviewed"] == "2026-11-02"
    assert said["mainEntity"]["areaServed"] == ["North East London"]
    assert said["mainEntity"]["provider"] == [{"@type": "Organization", "name": "A trust"}]
    assert not {"Jo Contact", "jo@example.org", "Sam Sample"} & set(re.findall(r'"([^"]*)"', json.dumps(said)))


def test_no_text_can_leave_the_linked_data(client):
    entry = make_initiative(title="</script><script>alert(1)</script>", summary="<!-- & -->")

    response = client.get(entry.get_absolute_url())

    assert linked_data(response)["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in response.content.decode()


def test_the_page_can_be_cited(client, time_machine, settings):
    time_machine.move_to("2026-11-25 12:00")
    entry = make_initiative(title="Falls car")

    page = text(client.get(entry.get_absolute_url()))

    assert f"Falls car . Catalogue of initiatives. {settings.SITE_URL}{entry.get_absolute_url()} (read on" in page
    assert "Wednesday 25 November 2026)" in page


def test_size_of_the_effect_leaves_aims_out(client):
    entry = make_initiative()
    make_outcome(entry, measure="Kept at home", direction="up", value=20, unit="people", as_printed="20 people")
    assert "the source gives no figure for a result" in text(client.get(entry.get_absolute_url()))

    make_outcome(entry, claim="measured", measure="Referrals", direction="down", value=60, unit="%", as_printed="60%")

    assert "Size of the effect: Referrals: down 60%." in text(client.get(entry.get_absolute_url()))


def test_one_page_says_what_all_the_words_mean(client):
    page = text(client.get("/evidence/"))

    for word in ["Aim", "Measured", "Suggestive", "Moderate", "Strong", "Not assessed", "Overdue to be checked"]:
        assert f" {word} " in page
    assert 'href="/evidence/"' in client.get(make_initiative().get_absolute_url()).content.decode()


def test_printed_words_that_an_odd_figure_already_shows_stand_once(client):
    entry = make_initiative()
    make_outcome(entry, claim="evaluated", as_printed="cost-effective", note="No figure is printed")

    page = text(client.get(entry.get_absolute_url()))

    assert page.count("“cost-effective”") == 1
