from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery.signals import beat_init
from django.utils import timezone

from commitments import outbox, tasks
from commitments.models import Heartbeat, Wave
from commitments.watch import what_is_wrong
from senate_portal.accounts.models import User
from tests.factories import make_forum, make_user, make_wave

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
BEAT_LOST = "Since Wednesday 25 November 2026, 8:59am, beat, which wakes the worker, has not been seen."
OVERDUE = "A follow-up was due on Wednesday 25 November 2026 and has not begun."


@pytest.fixture
def alive():
    for part in Heartbeat.Part:
        Heartbeat.objects.note(part, NOW)


def test_nothing_is_wrong_while_worker_and_beat_are_alive(alive, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert what_is_wrong(NOW + timedelta(hours=1)) == []


def test_staff_see_that_the_site_is_on_trial(alive, settings):
    settings.LIVE, settings.TRIAL_ADDRESSES = False, ["one@example.org", "two@example.org"]
    assert what_is_wrong(NOW) == ["This site is on trial: emails leave for 2 listed addresses only."]


def test_a_part_that_was_never_seen_is_missed():
    assert what_is_wrong(NOW) == [
        "So far, the worker, which sends emails, has not been seen.",
        "So far, beat, which wakes the worker, has not been seen.",
    ]


def test_a_part_is_missed_after_an_hour(alive):
    Heartbeat.objects.note(Heartbeat.Part.BEAT, NOW - timedelta(minutes=61))
    assert what_is_wrong(NOW) == [BEAT_LOST]


@pytest.mark.parametrize(("minutes", "wrong"), [(59, []), (60, [OVERDUE])])
def test_a_wave_is_overdue_an_hour_into_its_day(alive, minutes, wrong):
    make_wave(make_forum(), due_on=date(2026, 11, 25))
    moment = datetime(2026, 11, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minutes)
    assert what_is_wrong(moment) == wrong


def test_the_longest_overdue_wave_is_named_in_one_query(alive, django_assert_num_queries):
    for days in [25, 26, 27]:
        make_wave(make_forum(), due_on=date(2026, 11, days))
    with django_assert_num_queries(1):
        assert what_is_wrong(NOW + timedelta(days=2, hours=-10)) == [
            OVERDUE,
            "Since Wednesday 25 November 2026, 10:00am, the worker, which sends emails, has not been seen.",
            "Since Wednesday 25 November 2026, 10:00am, beat, which wakes the worker, has not been seen.",
        ]


@pytest.mark.parametrize("state", [Wave.State.HELD, Wave.State.OPEN, Wave.State.STOPPED, Wave.State.CLOSED])
def test_a_wave_that_staff_or_the_sweep_took_up_is_not_overdue(alive, state):
    make_wave(make_forum(), due_on=date(2026, 11, 1), state=state)
    assert what_is_wrong(NOW) == []


def test_paused_sending_is_said(alive, settings):
    outbox.pause(why="The mail server refused us")
    assert what_is_wrong(NOW) == ["All sending is paused."]
    outbox.resume(by=make_user())
    settings.SENDING_PAUSED = True
    assert what_is_wrong(NOW) == ["All sending is paused."]


def test_sign_of_life_shows_worker_and_beat():
    with time_machine.travel(NOW, tick=False):
        tasks.sign_of_life()
    assert dict(Heartbeat.objects.values_list("part", "at")) == {"worker": NOW, "beat": NOW}


def test_beat_wakes_a_worker_as_soon_as_it_starts(monkeypatch):
    rung = []
    monkeypatch.setattr(tasks, "note_start", rung.append)
    monkeypatch.setattr(tasks.send_due, "apply_async", lambda **_: rung.append("bell"))

    beat_init.send(sender=None)

    assert rung == [Heartbeat.Part.BEAT, "bell"]


@pytest.mark.parametrize("address", ["/", "/staff/", "/staff/attendees/", "/initiatives/"])
def test_every_page_tells_staff_and_nobody_else(client, address):
    outbox.pause(why="The mail server refused us")
    assert b"All sending is paused." not in client.get(address).content
    client.force_login(make_user(User.Role.LEAD))
    assert b"All sending is paused." not in client.get(address).content
    client.force_login(make_user(User.Role.STAFF))
    assert b"<li>All sending is paused.</li>" in client.get(address).content


def test_ready_tells_administrators_what_is_wrong(client):
    for part in Heartbeat.Part:
        Heartbeat.objects.note(part, timezone.now())
    outbox.pause(why="The mail server refused us")
    for role, words in [(User.Role.STAFF, b"ready\n"), (User.Role.ADMIN, b"ready\nAll sending is paused.\n")]:
        client.force_login(make_user(role))
        assert client.get("/health/ready").content == words
