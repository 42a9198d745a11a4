import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives import tasks
from initiatives.models import Adaptation, Initiative
from tests.factories import (
    make_area,
    make_borough,
    make_contact,
    make_initiative,
    make_outcome,
    make_reading,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db


def upload(client, content, name="catalogue.csv"):
    return client.post("/staff/initiatives/import/", {"file": SimpleUploadedFile(name, content)})


def preview(client, content):
    response = upload(client, content)
    assert response.status_code == 302, response.content.decode()
    return response.url, client.get(response.url).content.decode()


def confirm(client, address, page):
    """Say yes, and let the worker do it."""
    digest = page.split('name="digest" value="')[1].split('"')[0]
    response = client.post(address, {"digest": digest})
    assert (response.status_code, response.url) == (302, address)
    tasks.carry_out_imports()
    return client.get(address).content.decode()


def written(*rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def export(client, format):
    return b"".join(client.get(f"/initiatives.{format}").streaming_content)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_importing_an_export_changes_nothing(client, staff, format):
    nel = make_area("NEL")
    entry = make_initiative(
        title="=Falls, car",
        summary="One line\nand another",
        areas=[nel],
        boroughs=[make_borough("Hackney", nel)],
        themes=[make_theme("Falls"), make_theme("Care homes")],
        evaluation_status="planned",
        results_expected_on=date(2027, 1, 26),
        verified_on=date(2026, 1, 26),
        verified_by="Sam Sample",
        problem="Falls.\n\nAnd more falls.",
        cost="-5%",
        workforce="A nurse",
        lessons="Ask the nurses first",
        evidence_strength="moderate",
        evidence_reason="Two studies",
    )
    make_contact(entry, name="Jo Contact", email="jo@example.org")
    make_outcome(entry)
    make_reading(entry, label="The evaluation", address="https://example.org/")
    make_reading(entry, label="Only a label")
    original = make_initiative(london_wide=True, london_wide_basis="inferred")
    draft = make_initiative(publication="draft")
    Adaptation.objects.create(initiative=entry, original=original, what_changed="A bus: nights only,\nand free")
    Adaptation.objects.create(initiative=entry, original=draft, what_changed="Told to nobody yet")

    _, page = preview(client, export(client, format))

    assert "0 new entries, 0 changed, 2 the same, 0 problems." in page
    assert "There is nothing to save" in page


def test_what_changed_is_shown_and_saved_after_a_yes(client, staff):
    entry = make_initiative(slug="falls-car", title="Falls car", areas=[make_area("NEL")])
    make_area("SEL")
    content = written(
        ["slug", "title", "STP areas", "links"], ["falls-car", "Falls response car", "SEL", "More https://example.org/"]
    )

    address, page = preview(client, content)

    assert "0 new entries, 1 changed, 0 the same, 0 problems." in page
    assert "<del><bdi>Falls car</bdi></del> <ins><bdi>Falls response car</bdi></ins>" in page
    entry.refresh_from_db()
    assert entry.title == "Falls car"

    assert "0 new entries wait for review, 1 were changed." in confirm(client, address, page)

    entry.refresh_from_db()
    assert (entry.title, entry.publication, entry.edited_by) == ("Falls response car", "published", staff)
    assert [area.code for area in entry.areas.all()] == ["SEL"]
    assert list(entry.links.values_list("label", "address")) == [("More", "https://example.org/")]


def test_what_an_entry_was_made_after_comes_from_a_file(client, staff):
    entry, kept, gone, draft = (
        make_initiative(slug=slug, title=slug) for slug in ["bus", "kept-car", "gone-car", "draft-car"]
    )
    make_initiative(slug="added-car")
    Initiative.objects.filter(pk=draft.pk).update(publication="draft")
    for original in (kept, gone, draft):
        Adaptation.objects.create(initiative=entry, original=original, what_changed="A bus")

    address, page = preview(
        client, written(["slug", "title", "made after"], ["bus", "bus", "kept-car: Two buses\nadded-car: Nights: only"])
    )
    confirm(client, address, page)

    assert set(entry.adapted_from.values_list("original__slug", "what_changed")) == {
        ("kept-car", "Two buses"),
        ("added-car", "Nights: only"),
        ("draft-car", "A bus"),
    }


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("mars: A bus", "“mars” is not the end of another entry's address."),
        ("bus: A bus", "“bus” is not the end of another entry's address."),
        ("car", "Say after “car:” what changed."),
        (f"car: {'x' * 501}", "at most 500 characters"),
    ],
)
def test_an_adaptation_that_cannot_be_is_refused_in_words(client, staff, cell, sentence):
    make_initiative(slug="bus", title="bus")
    make_initiative(slug="car", title="car")

    page = preview(client, written(["slug", "title", "made after"], ["bus", "bus", cell]))[1]

    assert "C2, made after" in page
    assert sentence in page.replace("&#39;", "'")


def test_a_file_of_last_year_says_nothing_about_freshness(client, staff, time_machine):
    time_machine.move_to("2026-01-26 12:00")
    make_initiative(verified_on=date(2026, 1, 26), verified_by="Sam Sample")
    content = export(client, "csv")

    time_machine.move_to("2027-03-26 12:00")
    client.force_login(staff)

    assert "0 new entries, 0 changed, 1 the same, 0 problems." in preview(client, content)[1]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"evaluation status": "None stated", "results expected": "2027-01-26"}, "Choose another evaluation status"),
        ({"strength of the evidence": "Strong"}, "Say what the strength rests on"),
        ({"why that strong": "Two studies"}, "Choose how strong the evidence is"),
    ],
)
def test_cells_that_contradict_each_other_are_refused_in_words(client, staff, columns, sentence):
    make_initiative(slug="falls-car", title="Falls car")

    page = preview(client, written(["slug", "title", *columns], ["falls-car", "Falls car", *columns.values()]))[1]

    assert f"Row 2: {sentence}" in page


def test_new_entries_wait_for_review(client, staff):
    make_area("NEL")
    header = ["slug", "title", "summary", "who it is for", "stage", "STP areas", "London-wide"]
    address, page = preview(client, written(header, ["", "New car", "A car.", "All", "Pilot", "NEL", "no"]))

    confirm(client, address, page)

    entry = Initiative.objects.get()
    assert (entry.slug, entry.stage, entry.publication, entry.created_by) == ("new-car", "pilot", "in-review", staff)
    assert client.get("/initiatives/new-car/").status_code == 404


def test_wrong_cells_are_named_and_nothing_is_saved(client, staff):
    entry = make_initiative(slug="falls-car", title="Falls car")
    make_contact(entry, name="Jo Contact")
    make_area("NEL")
    header = ["slug", "title", "stage", "STP areas", "contacts"]
    rows = [
        ["falls-car", "x" * 201, "Flying", "Mars", "Kim Contact"],
        [],
        ["falls-car", "Falls car", "Live", "", "Jo Contact"],
    ]

    address, page = preview(client, written(header, *rows))

    for problem in [
        "B2, title: Ensure this value has at most 200 characters (it has 201).",
        "C2, stage: “Flying” is not one of: Planned, Pilot, Live, Scaled up, Paused, Stopped.",
        "D2, STP areas: “Mars” is not one of: NEL.",
        "E2, contacts: This is not changed by a file.",
        "A4: “falls-car” stands in an earlier row too.",
    ]:
        assert problem in page
    assert 'name="digest"' not in page
    client.post(address, {"digest": "made up"})
    tasks.carry_out_imports()
    assert "Nothing was saved" in client.get(address).content.decode()
    entry.refresh_from_db()
    assert entry.title == "Falls car"


def test_twenty_problems_at_most_are_listed(client, staff):
    rows = [[f"new-{number}", f"New {number}"] for number in range(10)]

    _, page = preview(client, written(["slug", "title"], *rows))

    assert "30 problems" in page
    assert page.count("a new entry needs") == 20
    assert "And 10 more." in page


def test_a_catalogue_that_changed_after_the_look_is_shown_again(client, staff):
    entry = make_initiative(slug="falls-car", title="Falls car")
    address, page = preview(client, written(["slug", "title"], ["falls-car", "Falls response car"]))
    Initiative.objects.filter(pk=entry.pk).update(title="Changed elsewhere")

    again = confirm(client, address, page)

    assert "Nothing was saved: the catalogue changed after you looked" in again
    assert "<del><bdi>Changed elsewhere</bdi></del>" in again
    entry.refresh_from_db()
    assert entry.title == "Changed elsewhere"


def test_an_upload_is_seen_by_nobody_else(client, staff):
    address, _ = preview(client, written(["slug", "title"], ["a", "A"]))
    client.force_login(make_user())

    assert client.get(address).status_code == 404


def test_unknown_and_missing_columns_are_named(client, staff):
    _, page = preview(client, written(["name", "title"], ["a", "b"]))

    assert "Column “name” is not one of the catalogue's." in page.replace("&#39;", "'")
    assert "Column “slug” is missing." in page
