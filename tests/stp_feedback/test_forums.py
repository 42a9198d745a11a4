"""Staff prepare forums in the portal."""

from datetime import date

import icalendar
import pytest
from django.db import IntegrityError, transaction

from commitments import follow_ups
from commitments.models import Wave
from senate_portal.lib.vague_dates import Known
from stp_feedback import forums
from stp_feedback.models import Forum, Series
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_point,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db
EDIT = "/staff/forums/care/edit/"
FORUM = {"title": "Care", "kind": "forum", "follow_up_months": "3"}


def undated(**fields):
    return make_forum(held_on=None, date_known=Known.NOT_YET, **fields)


def row_data(rows, first=0):
    """What a form of rows sends: `first` of them are stored already."""
    data = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": first, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 200}
    return data | {f"{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def rows_of(prefix, rows, first=0):
    return {f"{prefix}-{name}": value for name, value in row_data(rows, first).items()}


# Dates


def test_forums_are_sorted_by_what_is_known_of_their_date():
    day = make_forum(held_on=date(2017, 12, 5))
    month = make_forum(held_on=date(2017, 12, 1), date_known=Known.MONTH)
    later = make_forum(held_on=date(2018, 1, 1), date_known=Known.MONTH)
    open_ = undated(title="A")
    other = undated(title="B")
    found = list(Forum.objects.all())
    assert found == [open_, other, later, day, month]
    for place, forum in enumerate(found):
        assert list(Forum.objects.before(forum)) == found[place + 1 :]
        assert list(Forum.objects.after(forum)) == found[:place]


@pytest.mark.parametrize(
    "fields",
    [
        {"held_on": None},
        {"held_on": date(2017, 12, 5), "date_known": Known.MONTH},
        {"held_on": date(2017, 12, 5), "date_known": Known.NOT_YET},
        {"held_on": date(2017, 12, 1), "date_known": Known.MONTH, "join_code": "ABC234"},
    ],
)
def test_database_refuses_dates_that_say_more_or_less_than_is_known(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_forum(**fields)


def test_a_vague_date_is_told_in_words_and_promises_no_day(client):
    make_forum(slug="care", title="Care", held_on=date(2017, 12, 1), date_known=Known.MONTH, date_note="Perhaps later")
    undated(slug="open", title="Open")
    page = words_of(client.get("/forums/care/"))
    assert "When December 2017. Perhaps later" in page
    assert "What became of them is asked 3 months after the forum, moved to a working day where needed." in page
    assert "calendar" not in words_of(client.get("/forums/open/"))
    assert "Date to be confirmed" in words_of(client.get("/forums/"))
    assert client.get("/forums/open/report/").status_code == 200
    found = client.get("/api/v1/forums/care/").json()
    assert (found["held_on"], found["date_note"], found["follow_up_due_on"]) == (
        None,
        "December 2017. Perhaps later",
        None,
    )
    assert client.get("/").status_code == 200


def test_nobody_is_followed_up_without_a_day_and_a_lost_day_holds_the_wave(client, staff):
    forum = undated(slug="care")
    make_commitment(make_attendee(forum))
    follow_ups.prepare()
    assert not Wave.objects.exists()
    with pytest.raises(follow_ups.CannotFollowUpError, match="no day yet"):
        follow_ups.plan(forum, by=None)
    assert client.get("/staff/forums/care/").status_code == client.get("/staff/").status_code == 200

    forum.held_on, forum.date_known = date(2126, 1, 1), Known.DAY
    forum.save()
    follow_ups.prepare()
    client.post(EDIT, FORUM | {"when": "TBD"})
    follow_ups.prepare()
    assert Wave.objects.get().state == Wave.State.HELD

    client.post(EDIT, FORUM | {"when": "1 February 2126"})
    follow_ups.prepare()
    assert Wave.objects.get().due_on == date(2126, 5, 1)
    assert Wave.objects.get().state == Wave.State.HELD


def test_nobody_can_join_before_there_is_a_day(client, staff):
    forum = undated(slug="care")
    response = client.post("/staff/forums/care/join-code/", follow=True)
    assert "Nobody can join before the forum has a day" in words_of(response)
    forum.held_on, forum.date_known, forum.join_code = date(2126, 1, 1), Known.DAY, "ABC234"
    forum.save()
    response = client.post(EDIT, FORUM | {"when": "TBD"})
    assert response.status_code == 422
    assert "Close the code first" in words_of(response)


# Making and changing


def test_staff_prepare_a_forum_that_only_they_see(client, staff):
    data = FORUM | {"when": "Dec 2126", "new_series": "Learning sets", "kind": "peer-visit", "visitors": "SEL teams"}
    response = client.post("/staff/forums/add/", data)
    forum = Forum.objects.get()
    assert response["Location"] == EDIT
    assert (forum.slug, forum.when, forum.series.title, forum.is_published) == (
        "care",
        "December 2126",
        "Learning sets",
        False,
    )
    assert 'value="December 2126"' in client.get(EDIT).content.decode()
    client.post("/staff/forums/care/publish/", {"action": "show"})
    assert "Peer visit, Learning sets" in words_of(client.get("/forums/care/"))
    client.post("/staff/forums/care/publish/", {"action": "hide"})
    client.logout()
    assert client.get("/forums/care/").status_code == 404


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "Write what the forum is called"),
        ({"when": "next spring"}, "Enter a day such as 26 January 2027, a month such as December 2027, or leave it"),
        ({"follow_up_months": "0"}, "Enter a number from 1 to 24"),
        ({"attendees": "5", "committers": "6"}, "No more people can have made commitments than came"),
        ({"follow_up_at_next": "on"}, "Choose a series above, or leave this empty"),
        ({"attendees": "many", "new_series": "Learning sets"}, "Enter a number"),
        ({"new_series": "…"}, "Enter a name with letters in it"),
    ],
)
def test_a_wrong_forum_is_explained_and_nothing_typed_is_lost(client, staff, change, message):
    response = client.post("/staff/forums/add/", FORUM | {"venue": "The hall"} | change)
    assert response.status_code == 422
    assert message in words_of(response)
    assert 'value="The hall"' in response.content.decode()
    assert not Forum.objects.exists()
    assert not Series.objects.exists()


def test_areas_that_took_no_part_are_kept_and_none_that_wrote_something_down(client, staff):
    forum = make_forum(slug="care")
    nel, sel = make_area("NEL"), make_area("SEL")
    make_point(forum, nel)
    make_point(area=sel)
    edit = FORUM | {"when": "26 January 2026"}
    response = client.post(EDIT, edit | {"areas_absent": [nel.pk, sel.pk]})
    assert "Points of this forum are on record for: Area NEL" in words_of(response)
    client.post(EDIT, edit | {"areas_absent": [sel.pk]})
    assert list(forum.areas_absent.all()) == [sel]
    assert words_of(client.get("/staff/forums/care/feedback/")).count("Took no part") == 1


def test_slugs_are_free_and_no_other_page_has_them():
    assert forums.free_slug("Add") == "add-2"
    make_forum(slug="care")
    assert forums.free_slug("Care!") == "care-2"
    assert forums.free_slug("…") == "forum"


def test_a_copy_takes_the_programme_and_nothing_of_the_day(client, staff):
    series = Series.objects.create(slug="s", title="S")
    forum = make_forum_with_feedback(
        slug="care", title="Care", series=series, attendees=9, join_code="ABC234", host="H"
    )
    forum.sessions.create(position=1, title="Round table", speaker="Dr A", source_place="p. 1")
    make_point(forum)
    make_commitment(make_attendee(forum))
    response = client.post("/staff/forums/care/copy/")
    assert response["Location"] == "/staff/forums/care-copy/edit/"
    new = Forum.objects.get(slug="care-copy")
    assert (new.title, new.series, new.host, new.held_on, new.attendees) == ("Care (copy)", series, "H", None, None)
    assert (new.is_published, new.feedback_published_at, new.join_code, new.follow_up_due_on) == (False, None, "", None)
    assert [(one.title, one.speaker, one.source_place) for one in new.sessions.all()] == [("Round table", "Dr A", "")]
    assert not new.points.exists()
    assert not new.people.exists()
    assert forum.sessions.count() == 1


# Lists


def test_staff_write_the_programme_and_change_its_order(client, staff):
    forum = make_forum(slug="care")
    rows = [{"title": "Talks", "ORDER": "2"}, {"title": "Round table", "ORDER": "1"}, {"title": "", "ORDER": ""}]
    client.post(f"{EDIT}programme/", rows_of("sessions", rows))
    assert list(forum.sessions.values_list("position", "title")) == [(1, "Round table"), (2, "Talks")]
    first, second = forum.sessions.all()
    rows = [
        {"id": first.pk, "title": "Round table", "ORDER": "2"},
        {"id": second.pk, "title": "Talks", "ORDER": "1"},
    ]
    client.post(f"{EDIT}programme/", rows_of("sessions", rows, first=2))
    assert list(forum.sessions.values_list("position", "title")) == [(1, "Talks"), (2, "Round table")]
    rows = [{"id": second.pk, "title": "Talks", "ORDER": "1", "DELETE": "on"}, {"id": first.pk, "title": "Table"}]
    client.post(f"{EDIT}programme/", rows_of("sessions", rows, first=2))
    assert list(forum.sessions.values_list("position", "title")) == [(1, "Table")]


def test_initiatives_shown_link_both_ways(client, staff):
    forum, falls = make_forum(slug="care", title="Care day"), make_initiative(title="Falls car", slug="falls")
    client.post(f"{EDIT}initiatives/", rows_of("foruminitiative_set", [{"initiative": falls.pk}]))
    assert list(forum.initiatives.all()) == [falls]
    assert "Falls car" in words_of(client.get("/forums/care/"))
    assert "Shown at Care day" in words_of(client.get("/initiatives/falls/"))


def test_the_same_initiative_twice_is_refused(client, staff):
    make_forum(slug="care")
    rows = [{"initiative": make_initiative().pk}] * 2
    response = client.post(f"{EDIT}initiatives/", rows_of("foruminitiative_set", rows))
    assert response.status_code == 422
    assert "There is a problem" in words_of(response)


def test_polls_are_recorded_as_answers_with_votes(client, staff):
    make_forum(slug="care")
    response = client.post(f"{EDIT}polls/", rows_of("polls", [{"question": "", "results": "Yes 34\nPerhaps"}]))
    assert "Write what was asked or pitched for" in words_of(response)
    assert "“Perhaps” has none" in words_of(response)
    client.post(f"{EDIT}polls/", rows_of("polls", [{"question": "Ready?", "results": "Yes, soon:  34\n\nNo 5"}]))
    assert Forum.objects.get().polls.get().rows == [("Yes, soon", 34), ("No", 5)]
    page = words_of(client.get("/forums/care/"))
    assert "Ready? Answer Votes Yes, soon 34 No 5" in page
    assert ">Ready?</h3>" in client.get("/forums/care/report/").content.decode()
    assert client.get("/forums/care/report.pdf").content.startswith(b"%PDF")


def test_database_refuses_results_without_votes():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_forum().polls.create(position=1, question="Ready?", results="Yes 34\nNo")


@pytest.mark.parametrize(
    ("part", "prefix", "row", "seen"),
    [
        ("papers", "papers", {"title": "Slides", "address": "example.org/slides"}, "Papers Slides"),
        ("recommendations", "recommendations", {"addressed_to": "Trusts", "text": "Act"}, "To Trusts: Act"),
    ],
)
def test_other_lists_show_on_the_page(client, staff, part, prefix, row, seen):
    make_forum(slug="care")
    client.post(f"{EDIT}{part}/", rows_of(prefix, [row]))
    assert seen in words_of(client.get("/forums/care/"))
    assert client.get(f"{EDIT}nothing/").status_code == 404


def test_lists_read_the_database_as_often_for_three_rows_as_for_one(
    client, staff, django_assert_num_queries, django_assert_max_num_queries
):
    forum = make_forum(slug="care")
    forum.foruminitiative_set.create(initiative=make_initiative(), position=1)
    make_key_theme("A", forum=forum)
    for part in ["initiatives", "key-themes"]:
        with django_assert_max_num_queries(30) as one:
            client.get(f"{EDIT}{part}/")
        for number in (2, 3):
            forum.foruminitiative_set.create(initiative=make_initiative(), position=number * 10 + len(part))
            make_key_theme(f"{part} {number}", forum=forum)
        with django_assert_num_queries(len(one)):
            client.get(f"{EDIT}{part}/")


# The calendar


def test_calendars_hold_forums_with_a_day_of_the_series_alone(client):
    series = Series.objects.create(slug="sets", title="Sets")
    make_forum(slug="day", held_on=date(2126, 1, 2), series=series)
    make_forum(slug="month", held_on=date(2126, 2, 1), date_known=Known.MONTH, series=series)
    make_forum(slug="hidden", series=series, is_published=False)
    make_forum(slug="elsewhere")
    (event,) = icalendar.Calendar.from_ical(client.get("/series/sets.ics").content).walk("VEVENT")
    assert (event["UID"], event.decoded("DTSTART")) == ("day@localhost", date(2126, 1, 2))
    assert client.get("/forums/month.ics").status_code == 404
    assert client.get("/series/none.ics").status_code == 404


def test_previous_and_next_stay_in_the_series(client):
    series = Series.objects.create(slug="sets", title="Sets")
    make_forum(title="First of the set", held_on=date(2016, 1, 1), series=series)
    make_forum(title="A stranger", held_on=date(2016, 6, 1))
    make_forum(slug="care", held_on=date(2017, 1, 1), series=series)
    page = words_of(client.get("/forums/care/"))
    assert "Previous forum" in page
    assert "First of the set" in page
    assert "A stranger" not in page
