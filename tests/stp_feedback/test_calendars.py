from datetime import UTC, date, datetime

import icalendar
import pytest
import time_machine

from tests.factories import make_forum

pytestmark = pytest.mark.django_db


def events(response):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_forum_calendar_holds_the_day_the_place_and_a_link(client, settings):
    settings.SITE_URL = "https://portal.example.org"
    make_forum(
        slug="care",
        title="Care; out of hospital, now",
        held_on=date(2017, 1, 26),
        venue="The King's Fund, London",
        date_note="A Thursday",
    )
    response = client.get("/forums/care.ics")
    (event,) = events(response)
    assert response["Content-Disposition"] == 'attachment; filename="care.ics"'
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2017, 1, 26), date(2017, 1, 27))
    assert (event["uid"], event["sequence"]) == ("care@portal.example.org", 0)
    assert (event["summary"], event["location"]) == ("Care; out of hospital, now", "The King's Fund, London")
    assert (event["url"], event["description"]) == ("https://portal.example.org/forums/care/", "A Thursday")


def test_a_change_raises_the_number_by_which_calendars_know_the_newer(client):
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        forum = make_forum(slug="care")
    forum.venue = "Elsewhere"
    forum.save()
    (event,) = events(client.get("/forums/care.ics"))
    assert event["sequence"] == 1
    assert event["uid"] == "care@localhost"


def test_calendar_holds_every_published_forum_and_no_other(client, django_assert_num_queries):
    for slug, day in (("first", date(2016, 1, 1)), ("second", date(2017, 1, 1)), ("third", date(2018, 1, 1))):
        make_forum(slug=slug, title=slug, held_on=day)
    make_forum(slug="hidden", is_published=False)
    with django_assert_num_queries(1):
        response = client.get("/forums.ics")
    assert [event["summary"] for event in events(response)] == ["third", "second", "first"]
    assert client.get("/forums/hidden.ics").status_code == 404
    assert client.get("/forums/nowhere.ics").status_code == 404
