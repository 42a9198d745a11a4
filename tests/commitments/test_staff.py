from datetime import date

import pytest
from django.utils import timezone

from commitments.models import Wave
from initiatives.models import Contact
from tests.factories import (
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_message,
    make_point,
    make_wave,
)
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]

TODAY = date(2026, 11, 25)


@pytest.fixture
def forum():
    return make_forum(slug="autumn", title="Autumn forum", held_on=date(2026, 8, 25))


def test_home_shows_zero_as_done(client, staff):
    page = words_of(client.get("/staff/"))

    for words in ["No follow-up is waiting", "No follow-up is held", "Every message left", "No message is in doubt"]:
        assert words in page


def test_home_counts_what_waits(client, staff, forum):
    wave = make_wave(forum, state=Wave.State.OPEN)
    for state in ["failed", "deferred", "unknown"]:
        make_message(make_attendee(forum), wave, state=state)
    make_wave(make_forum(held_on=date(2026, 8, 20)), state=Wave.State.PLANNED, due_on=TODAY)
    make_wave(make_forum(), state=Wave.State.HELD, state_why="Old")
    make_attendee(forum, address_failed_at=timezone.now(), address_failure="550")
    Contact.objects.create(initiative=make_initiative(), position=1, name="Jo")

    page = words_of(client.get("/staff/"))

    assert "Follow-ups due 1 due" in page
    assert "Follow-ups held 1 held" in page
    assert "Messages failing 2 failed or put off" in page
    assert "Messages unknown 1 may" in page
    assert "Addresses to mend 1 refused" in page
    assert "Initiatives to complete 1 lack" in page


def test_home_counts_drafts_of_feedback_and_entries_to_check_and_leads_to_each(client, staff, forum):
    make_point(forum, state="draft")
    make_initiative(title="Never looked at")
    make_initiative(title="Looked at today", verified_on=TODAY, verified_by="Sam Sample")

    page = client.get("/staff/")

    assert "Drafts of feedback 1 not published yet" in words_of(page)
    assert "Initiatives to check 1 not checked for a year" in words_of(page)
    assert 'href="/staff/forums/autumn/feedback/"' in page.content.decode()
    listed = words_of(client.get("/staff/initiatives/?checked=due"))
    assert "Never looked at" in listed
    assert "Looked at today" not in listed


def test_home_makes_the_same_queries_for_one_and_for_many(client, staff, django_assert_max_num_queries):
    for _ in range(4):
        make_wave(make_commitment(make_attendee(make_forum())).attendee.forum)

    with django_assert_max_num_queries(27):
        client.get("/staff/")
