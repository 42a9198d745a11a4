import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from initiatives import dumps, exports, tasks
from tests.factories import make_contact, make_initiative

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 25, 4, 15, tzinfo=UTC)


def opened(client):
    response = client.get("/initiatives-all.zip")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.content))


def rows(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))


def test_dump_holds_what_is_published_and_nobody_but_published_contacts(client):
    entry = make_initiative(title="Falls car")
    make_contact(entry, name="Robin Example", email="robin@example.org")
    make_contact(entry, name="Hidden Person", is_public=False)
    make_initiative(title="A draft", publication="draft")

    made = dumps.make(now=NIGHT)

    archive = opened(client)
    assert archive.testzip() is None
    assert [row["title"] for row in rows(archive, "initiatives.csv")] == ["Falls car"]
    found = json.loads(archive.read("initiatives.json"))
    assert found["made_at"] == "2026-11-25T04:15:00+00:00"
    assert found["initiatives"] == client.get("/api/v1/initiatives/").json()["results"]
    assert [row["column"] for row in rows(archive, "columns.csv")] == exports.HEADER
    assert rows(archive, "about.csv")[0] == {"what": "List", "value": "All 1 published initiatives"}
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "robin@example.org" in everything
    assert "Hidden Person" not in everything
    assert (made.entries, made.size) == (1, len(client.get("/initiatives-all.zip").content))


def test_dump_of_an_empty_catalogue_is_a_file_with_no_rows(client):
    tasks.dump_catalogue()

    archive = opened(client)
    assert rows(archive, "initiatives.csv") == []
    assert json.loads(archive.read("initiatives.json"))["initiatives"] == []


def test_dump_takes_the_place_of_the_last_one_only_when_it_is_whole(client, monkeypatch):
    make_initiative(title="Falls car")
    dumps.make(now=NIGHT)
    monkeypatch.setattr(exports, "json_lines", lambda *_: iter([1 / 1, "never"]))  # fails half-way

    with pytest.raises(AttributeError):
        dumps.make(now=NIGHT)

    assert [row["title"] for row in rows(opened(client), "initiatives.csv")] == ["Falls car"]


def test_data_page_says_how_large_the_dump_is_and_when_it_was_made(client):
    assert "the first one is not there yet" in client.get("/data/").content.decode()
    make_initiative()
    dumps.make(now=NIGHT)

    page = client.get("/data/").content.decode()

    assert 'href="/initiatives-all.zip"' in page
    assert "1 initiative as CSV and JSON" in page
    assert "Wednesday 25 November 2026, 4:15am" in page
    assert "kB)" in page
