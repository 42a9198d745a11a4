from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from commitments.models import Message, Sending, Wave
from senate_portal.accounts.models import User
from senate_portal.lib import mail_files
from tests.factories import make_attendee, make_commitment, make_forum, make_message, make_user, make_wave
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]

TODAY = date(2026, 11, 25)


@pytest.fixture
def forum():
    return make_forum(slug="autumn", title="Autumn forum", held_on=date(2026, 8, 25))


def test_wave_page_says_when_why_and_what_comes_next(client, staff, forum):
    make_commitment(make_attendee(forum))
    make_wave(forum, due_on=date(2026, 12, 1), due_why="3 months after the forum")

    page = words_of(client.get("/staff/forums/autumn/follow-up/"))

    assert "The first emails leave on Tuesday 1 December 2026, to the 1 person" in page
    assert "Why then 3 months after the forum" in page
    assert "Reminders Tuesday 15 December 2026, Tuesday 29 December 2026" in page
    assert "Made 1 1 Reachable 1 1 Asked 0 0 Answered 0 0 Outcome known 0 0" in page


def test_follow_up_is_planned_held_and_stopped(client, staff, forum):
    make_commitment(make_attendee(forum))

    client.post("/staff/forums/autumn/follow-up/plan/")
    wave = Wave.objects.get()
    assert (wave.state, wave.due_on) == (Wave.State.PLANNED, TODAY)
    client.post("/staff/forums/autumn/follow-up/hold/", {"why": "Wording is not agreed"})
    wave.refresh_from_db()
    assert (wave.state, wave.state_why) == (Wave.State.HELD, "Wording is not agreed")
    client.post("/staff/forums/autumn/follow-up/stop/", {"why": "Cancelled"})
    wave.refresh_from_db()
    assert wave.state == Wave.State.STOPPED


def test_forum_without_people_cannot_be_followed_up(client, staff, forum):
    response = client.post("/staff/forums/autumn/follow-up/plan/", follow=True)

    assert "nobody to ask" in words_of(response)
    assert not Wave.objects.exists()


def test_release_needs_the_typed_count_and_shows_age_and_sample(client, staff, forum):
    make_commitment(make_attendee(forum, name="Ada Sample"))
    make_commitment(make_attendee(forum, objected_at=timezone.now()))
    make_attendee(forum)
    make_wave(forum, state=Wave.State.HELD, state_why="Old", due_on=date(2026, 10, 1))

    page = words_of(client.get("/staff/forums/autumn/follow-up/release/"))
    assert "People who will be written to 1" in page
    assert "Due since Thursday 1 October 2026" in page
    assert "Ada Sample" in page
    assert client.post("/staff/forums/autumn/follow-up/release/", {"count": "2"}).status_code == 422
    assert Wave.objects.get().state == Wave.State.HELD
    client.post("/staff/forums/autumn/follow-up/release/", {"count": "1"})

    wave = Wave.objects.get()
    assert (wave.state, wave.released_by) == (Wave.State.OPEN, staff)


def test_dates_are_changed_for_a_reason(client, staff, forum):
    make_commitment(make_attendee(forum))
    make_wave(forum, due_on=date(2026, 12, 1))
    asked = {
        "due_on": "2026-12-02",
        "first_reminder": "10",
        "second_reminder": "",
        "closes_on": "2027-01-15",
        "asks_those_without": "on",
        "why": "The board meets on the first",
    }

    client.post("/staff/forums/autumn/follow-up/dates/", asked)

    wave = Wave.objects.get()
    assert (wave.due_on, wave.closes_on, wave.reminder_offsets) == (date(2026, 12, 2), date(2027, 1, 15), [10])
    assert (wave.due_why, wave.asks_those_without, wave.follows_forum) == (asked["why"], True, False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"due_on": "2026-12-25"}, "The next working day is Tuesday 29 December 2026"),
        ({"due_on": "soon"}, "Enter a day such as 27 3 2026"),
        ({"first_reminder": ""}, "Enter the days to the first reminder, or leave both empty"),
        ({"second_reminder": "16"}, "Emails to one person must be 7 days apart or more."),
        ({"closes_on": "2026-12-20"}, "The closing date must be after the due date and the reminders."),
        ({"why": " "}, "Say why, in a few words"),
    ],
)
def test_dates_that_cannot_be_are_told_and_nothing_typed_is_lost(client, staff, forum, change, told):
    make_wave(forum, due_on=date(2026, 12, 1))
    asked = {"due_on": "2026-12-02", "first_reminder": "10", "second_reminder": "20", "closes_on": "2027-01-15"}

    response = client.post("/staff/forums/autumn/follow-up/dates/", asked | {"why": "Board"} | change)

    assert response.status_code == 422
    assert told in words_of(response)
    assert change.get("closes_on", "2027-01-15") in response.content.decode()
    assert Wave.objects.get().due_on == date(2026, 12, 1)


def test_release_to_many_says_who_is_needed(client, staff, forum, monkeypatch):
    monkeypatch.setattr("commitments.follow_ups.SECOND_PERSON_ABOVE", 0)
    make_commitment(make_attendee(forum))
    make_wave(forum, state=Wave.State.HELD, state_why="Old", due_on=date(2026, 10, 1))

    page = words_of(client.post("/staff/forums/autumn/follow-up/release/", {"count": "1"}, follow=True))

    assert "A colleague must now release it too" in page
    assert f"{staff.name} has asked for its release" in page
    assert Wave.objects.get().state == Wave.State.HELD


def test_messages_are_listed_with_state_time_and_reason(client, staff, forum):
    wave = make_wave(forum, state=Wave.State.OPEN)
    make_message(make_attendee(forum), wave, state=Message.State.ACCEPTED, settled_at=timezone.now())
    make_message(make_attendee(forum), wave, state=Message.State.FAILED, reason="550 no such mailbox")

    page = words_of(client.get("/staff/messages/?forum=autumn&state=accepted&state=failed"))

    assert "Accepted by the mail server, Wednesday 25 November 2026, 10:00am" in page
    assert "Failed 550 no such mailbox" in page
    assert "delivered" not in page.lower()


def test_email_preview_quotes_the_commitments_and_holds_no_link(client, staff, forum):
    attendee = make_attendee(forum)
    make_commitment(attendee, text="Call the <ward>")
    make_wave(forum)

    page = client.get(f"/staff/forums/autumn/follow-up/email/?person={attendee.pk}").content.decode()

    assert "Call the &lt;ward&gt;" in page
    assert "(personal-link)" in page
    assert not attendee.links.exists()


def test_answers_are_listed_with_the_latest_only(client, staff, forum):
    make_wave(forum)
    commitment = make_commitment(make_attendee(forum))
    commitment.answers.create(outcome="not-started", what_happened="Earlier words")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        commitment.answers.create(outcome="done", what_happened="Later words")

    page = words_of(client.get("/staff/answers/?forum=autumn"))

    assert "Later words" in page
    assert "Earlier words" not in page


def test_message_in_doubt_is_sent_again_or_counted_as_sent(client, staff, forum):
    wave = make_wave(forum, state=Wave.State.OPEN)
    failed, unknown = (make_commitment(make_attendee(forum)).attendee for _ in range(2))
    failed = make_message(failed, wave, state=Message.State.FAILED, reason="550")
    unknown = make_message(unknown, wave, state=Message.State.UNKNOWN, times_unknown=2)

    client.post(f"/staff/messages/{failed.pk}/send-again/")
    response = client.post(f"/staff/messages/{unknown.pk}/count-as-sent/", follow=True)

    failed.refresh_from_db()
    unknown.refresh_from_db()
    assert (failed.state, unknown.state) == (Message.State.QUEUED, Message.State.ACCEPTED)
    assert "The email is counted as sent." in words_of(response)


def test_message_to_somebody_who_asked_us_to_stop_is_not_sent_again(client, staff, forum):
    attendee = make_attendee(forum, objected_at=timezone.now())
    message = make_message(attendee, make_wave(forum, state=Wave.State.OPEN), state=Message.State.CANCELLED)

    response = client.post(f"/staff/messages/{message.pk}/send-again/", follow=True)

    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED
    assert "They asked us to stop writing." in words_of(response)


def test_sending_is_paused_for_a_reason_and_resumed(client, staff):
    assert client.post("/staff/sending/pause/", {"why": ""}).status_code == 422
    response = client.post("/staff/sending/pause/", {"why": "Wrong logo"}, follow=True)
    assert "All sending is paused" in words_of(response)
    assert "Wrong logo" in words_of(response)
    assert Sending.objects.get().paused_why == "Wrong logo"

    client.post("/staff/sending/resume/")

    assert Sending.objects.get().paused_at is None


def test_outbox_shows_the_files_and_opens_one_with_its_links(client, staff, settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    path = mail_files.write(
        b"Subject: Hello\r\nTo: ada@example.org\r\n\r\nSee http://localhost:8000/answer/abc/ and <b>this</b>\r\n"
    )

    listed = client.get("/staff/outbox/").content.decode()
    opened = client.get(f"/staff/outbox/{path.name}/").content.decode()

    assert f'href="/staff/outbox/{path.name}/">Hello</a>' in listed
    assert 'href="http://localhost:8000/answer/abc/"' in opened
    assert "&lt;b&gt;this&lt;/b&gt;" in opened


@pytest.mark.parametrize("role", [None, User.Role.LEAD])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "outbox/",
        "attendees/",
        "messages/",
        "answers/",
        "to-complete/",
        "forums/autumn/",
        "forums/autumn/follow-up/",
    ],
)
def test_staff_pages_are_for_staff_alone(client, forum, role, address):
    make_wave(forum)
    if role:
        client.force_login(make_user(role))

    assert client.get(f"/staff/{address}").status_code == (403 if role else 302)
