import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from commitments.models import Attendee, Commitment, Message, Objection, Sending, Wave
from initiatives.models import Contact
from senate_portal.accounts.models import User
from senate_portal.lib import mail_files
from tests.factories import (
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_key_theme,
    make_link,
    make_message,
    make_point,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def staff(client):
    """Somebody of the Senate's staff, signed in with a second factor."""
    user = make_user(User.Role.STAFF, name="Sam Staff")
    client.force_login(user)
    return user


@pytest.fixture
def forum():
    return make_forum(slug="autumn", title="Autumn forum", held_on=date(2026, 8, 25))


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Today


def test_home_shows_zero_as_done(client, staff):
    page = text_of(client.get("/staff/"))

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

    page = text_of(client.get("/staff/"))

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

    assert "Drafts of feedback 1 not published yet" in text_of(page)
    assert "Initiatives to check 1 not checked for a year" in text_of(page)
    assert 'href="/staff/forums/autumn/feedback/"' in page.content.decode()
    listed = text_of(client.get("/staff/initiatives/?checked=due"))
    assert "Never looked at" in listed
    assert "Looked at today" not in listed


def test_home_makes_the_same_queries_for_one_and_for_many(client, staff, django_assert_max_num_queries):
    for _ in range(4):
        make_wave(make_commitment(make_attendee(make_forum())).attendee.forum)

    with django_assert_max_num_queries(26):
        client.get("/staff/")


# People and their commitments


def test_attendee_is_added_with_commitments_in_one_form(client, staff, forum):
    response = client.post(
        "/staff/forums/autumn/attendees/add/",
        {
            "name": "Ada Sample",
            "email": "Ada@Example.org",
            "came": "on",
            "agrees": "on",
            "commitment-TOTAL_FORMS": 3,
            "commitment-INITIAL_FORMS": 0,
            "commitment-0-text": "Call the ward",
            "commitment-1-text": "",
            "commitment-2-text": "Share the list",
        },
    )

    attendee = Attendee.objects.get()
    assert response.url == f"/staff/attendees/{attendee.pk}/"
    assert (attendee.email, attendee.agreed_at) == ("ada@example.org", timezone.now())
    assert "three months after the forum" in attendee.agreed_wording
    assert list(attendee.commitments.values_list("position", "text")) == [(1, "Call the ward"), (2, "Share the list")]
    page = text_of(client.get(response.url))
    assert "Ada Sample is on the list, with 2 commitments." in page
    assert "Attendee added by Sam Staff" in page


def test_attendee_twice_in_a_forum_is_told_and_nothing_is_lost(client, staff, forum):
    make_attendee(forum, email="ada@example.org")

    response = client.post(
        "/staff/forums/autumn/attendees/add/",
        {
            "name": "Ada Again",
            "email": "ADA@example.org",
            "commitment-TOTAL_FORMS": 1,
            "commitment-INITIAL_FORMS": 0,
            "commitment-0-text": "Typed already",
        },
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody with this email address is already on this forum" in page
    assert "Typed already</textarea>" in page
    assert Attendee.objects.count() == 1


def test_corrected_address_kills_the_links_sent_to_the_old_one(client, staff, forum):
    attendee = make_attendee(forum, address_failed_at=timezone.now(), address_failure="550 no such mailbox")
    make_commitment(attendee)
    link = f"/answer/{make_link(attendee)}/"
    assert client.get(link).status_code == 200

    client.post(
        f"/staff/attendees/{attendee.pk}/edit/",
        {"name": attendee.name, "email": "right@example.org", "came": "on", "agrees": "on"},
    )

    attendee.refresh_from_db()
    assert (attendee.email, attendee.address_failed_at, attendee.address_failure) == ("right@example.org", None, "")
    assert client.get(link).status_code == 404
    assert attendee.links.get().revoked_at == timezone.now()


def test_address_of_somebody_who_asked_us_to_stop_stays_stopped(client, staff, forum):
    Objection.objects.record("quiet@example.org")
    attendee = make_attendee(forum)

    client.post(
        f"/staff/attendees/{attendee.pk}/edit/",
        {"name": attendee.name, "email": "quiet@example.org", "came": "on", "agrees": "on"},
    )

    attendee.refresh_from_db()
    assert attendee.objected_at == timezone.now()


def test_commitment_is_added_to_somebody_who_is_on_the_list(client, staff, forum):
    attendee = make_attendee(forum)
    theme = make_key_theme("Trust", forum=forum)

    typed = {"text": "Ring the GP", "key_themes": [theme.pk]}
    page = client.post(f"/staff/attendees/{attendee.pk}/commitments/add/", typed, follow=True)

    commitment = attendee.commitments.get()
    assert (commitment.text, list(commitment.key_themes.all())) == ("Ring the GP", [theme])
    assert "Ring the GP" in page.content.decode()


def test_correcting_a_commitment_keeps_both_wordings_in_the_history(client, staff, forum):
    commitment = make_commitment(make_attendee(forum), text="Cal the ward")

    client.post(f"/staff/commitments/{commitment.pk}/edit/", {"text": "Call the ward"})

    page = text_of(client.get(f"/staff/attendees/{commitment.attendee_id}/"))
    assert "Commitment 1 changed by Sam Staff" in page
    assert "in their own words: Cal the ward → Call the ward" in page


def test_withdrawn_commitment_can_be_reinstated(client, staff, forum):
    commitment = make_commitment(make_attendee(forum))

    client.post(f"/staff/commitments/{commitment.pk}/withdraw/", {"why": "Entered twice"})
    assert not Commitment.objects.standing().exists()
    page = text_of(client.get(f"/staff/attendees/{commitment.attendee_id}/"))
    assert "Entered twice" in page
    client.post(f"/staff/commitments/{commitment.pk}/reinstate/")

    commitment.refresh_from_db()
    assert (commitment.withdrawn_at, commitment.withdrawn_why) == (None, "")


def test_withdrawing_needs_a_reason(client, staff, forum):
    commitment = make_commitment(make_attendee(forum))

    response = client.post(f"/staff/commitments/{commitment.pk}/withdraw/", {"why": ""})

    assert response.status_code == 422
    assert Commitment.objects.standing().exists()


def test_attendee_list_filters_by_forum_state_and_name(client, staff, forum):
    wave = make_wave(forum, state=Wave.State.OPEN)
    silent = make_attendee(forum, name="Silent Sam")
    make_commitment(silent)
    make_message(silent, wave, state=Message.State.ACCEPTED)
    make_attendee(forum, name="Stopped Sue", objected_at=timezone.now())
    make_attendee(name="Elsewhere Ed")

    def names(query):
        return re.findall(r"<bdi>(\w+ \w+)</bdi></a>", client.get(f"/staff/attendees/{query}").content.decode())

    assert names("?forum=autumn") == ["Silent Sam", "Stopped Sue"]
    assert names("?forum=autumn&state=silent") == ["Silent Sam"]
    assert names("?state=stopped") == ["Stopped Sue"]
    assert names("?search=elsew") == ["Elsewhere Ed"]


@pytest.mark.parametrize(
    "address",
    [
        "/staff/attendees/?page=x",
        "/staff/attendees/?page=99",
        "/staff/attendees/99999999999999999999/",
        "/staff/forums/unknown/",
        "/staff/forums/unknown/follow-up/",
        "/staff/commitments/0/edit/",
        "/staff/outbox/..%2F..%2Fmanage.py/",
        "/staff/outbox/none.eml/",
    ],
)
def test_what_is_not_there_is_a_page_in_words(client, staff, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("query", ["?forum=unknown", "?state=unknown", "?area=%22", "?search=%25_%5C"])
def test_hostile_filters_give_an_empty_list(client, staff, forum, query):
    make_attendee(forum)

    for page in ["attendees", "messages", "answers"]:
        assert client.get(f"/staff/{page}/{query}").status_code == 200


def test_lists_make_the_same_queries_for_one_and_for_many(client, staff, forum, django_assert_max_num_queries):
    wave = make_wave(forum, state=Wave.State.OPEN)
    for _ in range(6):
        commitment = make_commitment(make_attendee(forum))
        make_message(commitment.attendee, wave, state=Message.State.ACCEPTED)
        commitment.answers.create(outcome="done")

    for page in ["attendees", "messages", "answers"]:
        with django_assert_max_num_queries(12):
            client.get(f"/staff/{page}/")


# The follow-up


def test_wave_page_says_when_why_and_what_comes_next(client, staff, forum):
    make_commitment(make_attendee(forum))
    make_wave(forum, due_on=date(2026, 12, 1), due_why="3 months after the forum")

    page = text_of(client.get("/staff/forums/autumn/follow-up/"))

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

    assert "nobody to ask" in text_of(response)
    assert not Wave.objects.exists()


def test_release_needs_the_typed_count_and_shows_age_and_sample(client, staff, forum):
    make_commitment(make_attendee(forum, name="Ada Sample"))
    make_commitment(make_attendee(forum, objected_at=timezone.now()))
    make_attendee(forum)
    make_wave(forum, state=Wave.State.HELD, state_why="Old", due_on=date(2026, 10, 1))

    page = text_of(client.get("/staff/forums/autumn/follow-up/release/"))
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
    assert told in text_of(response)
    assert change.get("closes_on", "2027-01-15") in response.content.decode()
    assert Wave.objects.get().due_on == date(2026, 12, 1)


def test_release_to_many_says_who_is_needed(client, staff, forum, monkeypatch):
    monkeypatch.setattr("commitments.follow_ups.SECOND_PERSON_ABOVE", 0)
    make_commitment(make_attendee(forum))
    make_wave(forum, state=Wave.State.HELD, state_why="Old", due_on=date(2026, 10, 1))

    page = text_of(client.post("/staff/forums/autumn/follow-up/release/", {"count": "1"}, follow=True))

    assert "A colleague must now release it too" in page
    assert f"{staff.name} has asked for its release" in page
    assert Wave.objects.get().state == Wave.State.HELD


def test_messages_are_listed_with_state_time_and_reason(client, staff, forum):
    wave = make_wave(forum, state=Wave.State.OPEN)
    make_message(make_attendee(forum), wave, state=Message.State.ACCEPTED, settled_at=timezone.now())
    make_message(make_attendee(forum), wave, state=Message.State.FAILED, reason="550 no such mailbox")

    page = text_of(client.get("/staff/messages/?forum=autumn&state=accepted&state=failed"))

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

    page = text_of(client.get("/staff/answers/?forum=autumn"))

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
    assert "The email is counted as sent." in text_of(response)


def test_message_to_somebody_who_asked_us_to_stop_is_not_sent_again(client, staff, forum):
    attendee = make_attendee(forum, objected_at=timezone.now())
    message = make_message(attendee, make_wave(forum, state=Wave.State.OPEN), state=Message.State.CANCELLED)

    response = client.post(f"/staff/messages/{message.pk}/send-again/", follow=True)

    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED
    assert "They asked us to stop writing." in text_of(response)


def test_sending_is_paused_for_a_reason_and_resumed(client, staff):
    assert client.post("/staff/sending/pause/", {"why": ""}).status_code == 422
    response = client.post("/staff/sending/pause/", {"why": "Wrong logo"}, follow=True)
    assert "All sending is paused" in text_of(response)
    assert "Wrong logo" in text_of(response)
    assert Sending.objects.get().paused_why == "Wrong logo"

    client.post("/staff/sending/resume/")

    assert Sending.objects.get().paused_at is None


def test_staff_record_that_somebody_asked_us_to_stop(client, staff, forum):
    attendee, elsewhere = make_attendee(forum, email="ada@example.org"), make_attendee(email="ada@example.org")
    unaddressed = make_attendee(forum, email="")

    for person in [attendee, unaddressed]:
        client.post(f"/staff/attendees/{person.pk}/stop/")

    for person in [attendee, elsewhere, unaddressed]:
        person.refresh_from_db()
        assert person.objected_at == timezone.now()
    assert Objection.objects.stands_for("ada@example.org")


# The outbox


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
