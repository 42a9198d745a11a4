"""What a series wants to reach: an aim until a reading tells how things are."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from stp_feedback.models import Measure, Reading, Series
from tests.factories import make_forum, make_measure, make_reading_of_measure, make_user
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
COLLABORATIVE = "/series/uec-improvement-collaborative/"
MEASURE = {"name": "Assessments in hospital", "comparator": "fewer-than", "target": "15", "unit": "%", "when": ""}
READING = {"read_on": "2026-11-20", "value": "14.5"}


@pytest.fixture
def noon():
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def series():
    return Series.objects.create(slug="care", title="Care sets")


# The record


def test_the_five_targets_of_the_paper_stand_as_it_prints_them(client, published_record, source_text):
    measures = Measure.objects.all()
    assert [measure.in_words for measure in measures] == [
        "at most 400 daily bed delays by September 2017",
        "fewer than 15% by March 2018",
        "more than 80% by March 2018",
        "100% by March 2020",
        "fewer than 49.5% by March 2020",
    ]
    printed = " ".join(source_text("001").replace("*", "").split())
    assert not [measure for measure in measures if measure.as_printed not in printed]
    assert {measure.source.slug for measure in measures} == {"care-closer-to-home-paper"}
    assert not Reading.objects.exists()

    page = words_of(client.get(COLLABORATIVE))

    assert page.count("No reading yet. Whether the target was reached is not on record.") == 5
    assert "It reaches" not in page
    assert "Target: fewer than 49.5% by March 2020." in page
    assert "It prints: “Fewer than 49.5% of deaths take place in a hospital setting by Mar 2020”" in page
    assert "Urgent and Emergency Care Improvement Collaborative" in words_of(client.get("/forums/"))


# Readings


@pytest.mark.parametrize(
    ("comparator", "below", "same", "above"),
    [
        ("fewer-than", True, False, False),
        ("at-most", True, True, False),
        ("exactly", False, True, False),
        ("at-least", False, True, True),
        ("more-than", False, False, True),
    ],
)
def test_a_reading_reaches_its_target_or_not(comparator, below, same, above):
    measure = make_measure(comparator=comparator, target=Decimal("49.5"))
    assert [measure.is_reached_by(Decimal(value)) for value in ("49.499", "49.5", "49.501")] == [below, same, above]


@pytest.mark.parametrize(
    ("by_when", "known", "read_on", "is_late"),
    [
        (date(2024, 2, 1), "month", date(2024, 2, 29), False),
        (date(2024, 2, 1), "month", date(2024, 3, 1), True),
        (date(2024, 2, 10), "day", date(2024, 2, 10), False),
        (date(2024, 2, 10), "day", date(2024, 2, 11), True),
        (None, "not-yet", date(2024, 2, 11), False),
    ],
)
def test_by_a_month_is_by_its_last_day(by_when, known, read_on, is_late):
    measure = make_measure(by_when=by_when, by_known=known)
    assert make_reading_of_measure(measure, read_on=read_on).is_late is is_late


@pytest.mark.parametrize(
    ("value", "read_on", "said"),
    [
        (15, date(2024, 2, 29), "15% . It does not reach the target."),
        (14, date(2024, 2, 29), "14% . It reaches the target."),
        (14, date(2024, 3, 1), "14% . It reaches the target, after the time set for it."),
    ],
)
def test_the_page_tells_what_the_latest_reading_says(client, series, value, read_on, said):
    measure = make_measure(series, by_when=date(2024, 2, 1), by_known="month")
    make_reading_of_measure(measure, read_on=date(2024, 1, 31), value=1)
    make_reading_of_measure(measure, read_on=read_on, value=value, note="Monthly report")
    page = words_of(client.get("/series/care/"))
    assert said in page
    assert "Monthly report" in page


def test_where_things_stood_at_the_start_reaches_nothing(client, series):
    measure = make_measure(series)
    make_reading_of_measure(measure, value=3, is_baseline=True)
    page = words_of(client.get("/series/care/"))
    assert "No reading yet" in page
    assert "Saturday 31 January 2026 (at the start) 3" in page


def test_readings_are_drawn_beside_the_target_and_stand_in_a_table(client, series):
    measure = make_measure(series, name="Assessments", target=15)
    make_reading_of_measure(measure, read_on=date(2026, 1, 31), value=20)
    make_reading_of_measure(measure, read_on=date(2026, 2, 28), value="14.5")
    response = client.get("/series/care/")
    drawing = response.content.decode().partition('class="portal-chart"')[2].partition("</svg>")[0]
    assert re.findall(r'<rect[^>]* width="(\d+)"', drawing) == ["424", "307"]
    assert re.findall(r'<path d="M(\d+) ', drawing) == ["318"]
    assert "Target: fewer than 15%" in drawing
    assert "As of % Saturday 31 January 2026 20 Saturday 28 February 2026 14.5" in words_of(response)


def test_the_page_asks_as_often_for_three_measures_as_for_one(client, series, django_assert_num_queries):
    make_reading_of_measure(make_measure(series))
    with django_assert_num_queries(4):
        client.get("/series/care/")
    for _ in range(2):
        make_reading_of_measure(make_measure(series))
    with django_assert_num_queries(4):
        client.get("/series/care/")


# Files and the API


def test_files_hold_the_rows_of_the_page(client, series):
    read = make_measure(series, name="=1+1", by_when=date(2027, 3, 1), by_known="month")
    make_reading_of_measure(read, value=20)
    make_measure(series, name="Never read")
    first, second = csv.DictReader(io.StringIO(client.get("/series/care/measures.csv").getvalue().decode("utf-8-sig")))
    assert (first["measure"], first["by_when"], first["read_on"], first["value"]) == (
        "'=1+1",
        "2027-03",
        "2026-01-31",
        "20.0",
    )
    assert (second["measure"], second["target"], second["value"]) == ("Never read", "15.0", "")
    rows = json.loads(client.get("/series/care/measures.json").getvalue())
    assert [(row["measure"], row["value"]) for row in rows] == [("=1+1", 20), ("Never read", None)]
    assert client.get("/series/care/measures.xlsx").getvalue().startswith(b"PK")


def test_the_api_gives_targets_and_readings(client, series):
    make_reading_of_measure(make_measure(series, name="A", by_when=date(2027, 3, 31), by_known="day"), value="14.5")
    Series.objects.create(slug="empty", title="Nothing to read")
    (found,) = client.get("/api/v1/series/").json()["results"]
    assert found == client.get("/api/v1/series/care/").json()
    (measure,) = found["measures"]
    assert (measure["name"], measure["comparator"], measure["target"], measure["by_when"]) == (
        "A",
        "fewer-than",
        15,
        "2027-03-31",
    )
    assert measure["readings"] == [{"read_on": "2026-01-31", "value": 14.5, "is_baseline": False, "note": ""}]


def test_nobody_learns_of_a_series_that_holds_nothing_to_read(client, series):
    make_forum(series=series, is_published=False)
    assert client.get("/series/care/").status_code == client.get("/series/care/measures.csv").status_code == 404
    assert "Care sets" not in words_of(client.get("/forums/"))
    client.force_login(make_user())
    assert "Not published" in words_of(client.get("/series/care/"))


# Staff


def test_staff_add_and_change_a_measure(client, staff, series):
    typed = MEASURE | {"target": "49.5", "when": "March 2027"}
    response = client.post("/staff/series/care/measures/add/", typed)
    measure = Measure.objects.get()
    assert response["Location"] == "/series/care/#measure-1"
    assert (measure.in_words, measure.position) == ("fewer than 49.5% by March 2027", 1)

    page = client.get(f"/staff/measures/{measure.pk}/").content.decode()
    assert 'value="March 2027"' in page
    client.post(f"/staff/measures/{measure.pk}/", typed | {"when": "31 March 2027", "comparator": "at-most"})
    measure.refresh_from_db()
    assert measure.in_words == "at most 49.5% by Wednesday 31 March 2027"

    client.post("/staff/series/care/measures/add/", MEASURE | {"name": "Another"})
    assert Measure.objects.last().position == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Write what is measured"),
        ({"comparator": ""}, "Choose how readings compare with the number"),
        ({"comparator": "about"}, "Select a valid choice"),
        ({"target": ""}, "Enter the number to reach"),
        ({"target": "a few"}, "Enter a number, such as 15 or 49.5"),
        ({"target": "NaN"}, "Enter a number, such as 15 or 49.5"),
        ({"target": "-1"}, "Enter 0 or more"),
        ({"target": "1e30"}, "Enter a number with fewer digits"),
        ({"target": "1.2345"}, "Enter a number with 3 decimal places or fewer"),
        ({"unit": ""}, "Write % or what is counted"),
        ({"when": "soon"}, "Enter a month such as March 2027"),
    ],
)
def test_a_wrong_measure_is_explained_and_nothing_typed_is_lost(client, staff, series, change, message):
    response = client.post("/staff/series/care/measures/add/", MEASURE | {"as_printed": "Fewer!"} | change)
    assert response.status_code == 422
    assert message in words_of(response)
    assert 'value="Fewer!"' in response.content.decode()
    assert not Measure.objects.exists()


def test_staff_enter_a_reading_and_take_it_away_again(client, staff, series):
    measure = make_measure(series)
    response = client.post(f"/staff/measures/{measure.pk}/readings/add/", READING)
    reading = Reading.objects.get()
    assert response["Location"] == f"/series/care/#measure-{measure.position}"
    assert (reading.by, reading.read_on, reading.value) == (staff, date(2026, 11, 20), Decimal("14.5"))
    assert "Take the reading of Friday 20 November 2026 away" in words_of(client.get("/series/care/"))

    response = client.post(f"/staff/readings/{reading.pk}/undo/", follow=True)

    assert "The reading of Friday 20 November 2026, 14.5%, is taken away." in words_of(response)
    assert "No reading yet" in words_of(response)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": ""}, "Enter the number that was read"),
        ({"value": "-3"}, "Enter 0 or more"),
        ({"read_on": "2026-11-26"}, "The day must be today or in the past"),
        ({"read_on": "2026-11-01"}, "There is a reading of this day already"),
        ({"is_baseline": "on"}, "It is known where things stood at the start"),
    ],
)
def test_a_wrong_reading_is_explained_and_not_saved(client, staff, series, change, message):
    measure = make_measure(series)
    make_reading_of_measure(measure, read_on=date(2026, 11, 1), is_baseline=True)
    response = client.post(f"/staff/measures/{measure.pk}/readings/add/", READING | {"note": "Report"} | change)
    assert response.status_code == 422
    assert message in words_of(response)
    assert 'value="Report"' in response.content.decode()
    assert Reading.objects.count() == 1


def test_a_measure_is_taken_away_after_its_readings(client, staff, series):
    measure = make_measure(series)
    reading = make_reading_of_measure(measure)
    address = f"/staff/measures/{measure.pk}/remove/"
    assert "Take those away first" in words_of(client.get(address))
    assert "take the readings of this measure away first" in words_of(client.post(address, follow=True))
    reading.delete()
    assert "Taken away" in words_of(client.post(address, follow=True))
    assert not Measure.objects.exists()


# What the database refuses


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"unit": ""},
        {"target": -1},
        {"by_when": date(2027, 3, 5), "by_known": "month"},
        {"by_when": None, "by_known": "day"},
        {"by_when": date(2027, 3, 1), "by_known": "not-yet"},
    ],
)
def test_database_refuses_a_measure_that_says_nothing(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measure(**fields)


def test_database_refuses_readings_that_contradict_each_other():
    measure = make_measure()
    make_reading_of_measure(measure, is_baseline=True)
    for fields in [{}, {"read_on": date(2026, 2, 1), "is_baseline": True}, {"read_on": date(2026, 2, 1), "value": -1}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_reading_of_measure(measure, **fields)
    with pytest.raises(ProtectedError):
        measure.delete()
