"""Claim, send, settle, in this process: real PostgreSQL with real commits, a real conversation with a mail server."""

import threading
from datetime import time, timedelta
from time import monotonic

import pytest
from django.db import OperationalError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone

from commitments import follow_ups, outbox, settling
from commitments.models import AnswerLink, Attendee, Message, Objection, Sending
from senate_portal.lib import smtp
from tests.commitments import cast

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # where another thread or process has to see the rows


def open_wave(number=1):
    forum = cast.forum_due()
    people = cast.people(forum, number)
    follow_ups.prepare()
    return forum.wave, people


def states():
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def make_due():
    """As if the wait for another try were over."""
    Message.objects.update(not_before=timezone.now())


@committed
def test_each_message_is_sent_once_over_one_connection(mail_server):
    _, people = open_wave(5)

    assert outbox.send_due() == 5
    assert outbox.send_due() == 0

    assert sorted(mail_server.recipients) == sorted(person.email for person in people)
    assert mail_server.connections == 1
    assert states() == ["accepted"] * 5
    assert {message["Message-ID"] for message in mail_server.messages} == set(
        Message.objects.values_list("message_id", flat=True)
    )


def test_link_in_the_mail_works_and_is_stored_nowhere(mail_server):
    _, (person,) = open_wave()
    outbox.send_due()

    (mail,) = mail_server.messages
    text = mail.get_body(("plain",)).get_content()
    token = text.split("/answer/")[1].split("/")[0]
    link = AnswerLink.objects.find(token)
    assert link.attendee == person
    assert link.works(timezone.now())
    message = Message.objects.get()
    assert "/answer/(personal-link)/" in message.text
    assert token not in message.text + message.html + message.subject + message.reason
    assert link.token_hash != token


def test_body_is_frozen_and_each_attempt_has_a_link_of_its_own(mail_server):
    _, (person,) = open_wave()
    mail_server.data = lambda recipient: "451 Try later"
    outbox.send_due()
    person.commitments.update(text="Altered meanwhile")
    mail_server.data = None
    make_due()
    outbox.send_due()

    (mail,) = mail_server.messages
    assert "1. Ring the falls team" in mail.get_body(("plain",)).get_content()
    assert Message.objects.get().attempts == 2
    assert person.links.count() == 2


def obstacles():
    def objected(person):
        Objection.objects.record(person.email)

    def objected_elsewhere(person):
        Objection.objects.create(address_hash=Objection.hash_of(person.email))

    def change(**fields):
        return lambda person: Attendee.objects.filter(pk=person.pk).update(**fields)

    now = timezone.now()
    return [
        ("They have answered.", cast.answer),
        ("They asked us to stop writing.", objected),
        ("They asked us to stop writing.", objected_elsewhere),
        ("They have not agreed to be followed up.", change(agreed_at=None, agreed_wording="")),
        ("They did not come to the forum.", change(came=False)),
        ("There is no email address for them.", change(email="")),
        ("Their details were erased.", change(name="", email="", erased_at=now)),
        ("Their address needs mending. No such box", change(address_failed_at=now, address_failure="No such box")),
        ("No commitment of theirs is left to ask about.", lambda person: person.commitments.update(withdrawn_at=now)),
    ]


@pytest.mark.parametrize(("reason", "happens"), obstacles())
def test_claim_cancels_what_is_no_longer_wanted(mail_server, reason, happens):
    _, (person, other) = open_wave(2)
    happens(person)

    assert outbox.send_due() == 1

    message = Message.objects.get(attendee=person)
    assert (message.state, message.reason) == ("cancelled", reason)
    assert mail_server.recipients == [other.email]


@committed
def test_nothing_leaves_that_is_no_longer_wanted_at_the_last_moment(mail_server):
    """Between claim and DATA: at RCPT the mail server sees to it that something happens to each person."""
    # An objection comes with a mark on the attendees it concerns; without one only the claim would see it.
    cases = [(reason, happens) for reason, happens in obstacles() if happens.__name__ != "objected_elsewhere"]
    _, people = open_wave(len(cases))
    happening = {person.email: (person, happens) for person, (_, happens) in zip(people, cases, strict=True)}

    def rcpt(address):
        person, happens = happening[address]
        happens(person)
        connection.close()

    mail_server.rcpt = rcpt
    assert outbox.send_due() == 0
    assert states() == ["queued"] * len(cases)
    make_due()
    assert outbox.send_due() == 0
    assert mail_server.accepted == []
    for person, (reason, _) in zip(people, cases, strict=True):
        message = Message.objects.get(attendee=person)
        assert (message.state, message.reason) == ("cancelled", reason)


@committed
@pytest.mark.parametrize("act", ["hold", "stop"])
def test_wave_held_or_stopped_at_the_last_moment_sends_nothing_more(mail_server, act):
    wave, _ = open_wave(3)
    staff = cast.staff()

    def rcpt(address):
        if mail_server.accepted:
            getattr(follow_ups, act)(wave, why="Wrong list", by=staff)
            mail_server.rcpt = None
        connection.close()

    mail_server.rcpt = rcpt
    assert outbox.send_due() == 1
    follow_ups.prepare()
    make_due()
    assert outbox.send_due() == 0
    assert len(mail_server.accepted) == 1
    assert states().count("queued" if act == "hold" else "cancelled") == 2


def test_address_changed_meanwhile_is_the_one_written_to(mail_server):
    _, (person,) = open_wave()
    mail_server.data = "451 Try later"
    outbox.send_due()
    old_link = person.links.get()
    Attendee.objects.filter(pk=person.pk).update(email="new@example.org")
    mail_server.data = None
    make_due()
    outbox.send_due()

    assert mail_server.recipients == ["new@example.org"]
    assert Message.objects.get().recipient == "new@example.org"
    old_link.refresh_from_db()
    assert not old_link.works(timezone.now())


@committed
def test_one_row_is_claimed_by_one_of_32_threads(any_hour):
    wave, _ = open_wave()
    for round_ in range(5):
        barrier = threading.Barrier(32, timeout=20)
        claimed = []

        def claim(barrier=barrier, claimed=claimed):
            close_old_connections()
            try:
                barrier.wait()
                claimed.extend(outbox.claim(wave))
            finally:
                connection.close()

        threads = [threading.Thread(target=claim) for _ in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(claimed) == 1
        assert Message.objects.get().fence == round_ + 1
        Message.objects.update(state="queued", lease_until=None)


def test_lease_and_claims_follow_the_clock_of_the_database(any_hour, time_machine):
    wave, _ = open_wave()
    true_now = timezone.now()
    for jump in (timedelta(days=1), -timedelta(days=1)):
        time_machine.move_to(true_now + jump)
        (parcel,) = outbox.claim(wave)
        row = Message.objects.get()
        assert abs(row.lease_until - true_now - outbox.LEASE) < timedelta(minutes=1)
        outbox.recover()
        assert Message.objects.get().state == "claimed"
        settling.give_back(parcel)
    Message.objects.update(not_before=true_now + timedelta(hours=12))
    time_machine.move_to(true_now + timedelta(days=1))
    assert outbox.claim(wave) == []


@committed
@pytest.mark.parametrize(
    ("statement", "copies", "state"), [("start_message", 0, "queued"), ("accept_message", 1, "unknown")]
)
def test_database_that_can_write_no_more_lets_nothing_leave_and_doubles_one_at_most(
    mail_server, statement, copies, state
):
    """As with a full disk: what it reads is right, what it should note it refuses."""

    def refuse(execute, sql, *args):
        if sql.startswith((f"EXECUTE {statement}", "UPDATE")):
            raise OperationalError("could not extend file: No space left on device")
        return execute(sql, *args)

    wave, _ = open_wave(2)
    parcels = outbox.claim(wave)
    with connection.execute_wrapper(refuse), pytest.raises(OperationalError, match="No space left"):
        outbox.deliver(parcels, deadline=monotonic() + 20)
    assert len(mail_server.accepted) == copies

    Message.objects.update(lease_until=timezone.now())
    outbox.recover()
    assert states() == [state, "queued"]
    make_due()
    outbox.send_due()
    assert len(mail_server.accepted) == 2 + copies
    assert states() == ["accepted"] * 2


def test_expired_lease_is_sent_again_when_the_content_had_not_left(mail_server):
    wave, _ = open_wave()
    outbox.claim(wave)
    assert outbox.send_due() == 0
    Message.objects.update(lease_until=timezone.now())
    assert outbox.send_due() == 1
    assert len(mail_server.accepted) == 1
    assert Message.objects.get().attempts == 2


def test_expired_lease_is_unknown_when_the_content_had_begun_to_leave(mail_server):
    wave, _ = open_wave()
    (parcel,) = outbox.claim(wave)
    assert settling.start(parcel)
    Message.objects.update(lease_until=timezone.now())
    assert outbox.send_due() == 0
    message = Message.objects.get()
    assert message.state == "unknown"
    assert message.not_before == message.data_started_at + timedelta(minutes=30)
    make_due()
    assert outbox.send_due() == 1


def test_slow_worker_cannot_start_or_settle_a_row_claimed_after_it(any_hour):
    wave, _ = open_wave()
    (slow,) = outbox.claim(wave)
    Message.objects.update(lease_until=timezone.now())
    outbox.recover()
    (quick,) = outbox.claim(wave)
    assert not settling.start(slow)
    settling.settle(slow, state=Message.State.ACCEPTED)
    settling.give_back(slow)
    assert settling.start(quick)
    assert Message.objects.get().state == "claimed"
    settling.settle(quick, state=Message.State.ACCEPTED)
    assert Message.objects.get().state == "accepted"


def test_slow_worker_may_still_tell_that_an_unknown_message_was_accepted(any_hour):
    wave, _ = open_wave()
    (slow,) = outbox.claim(wave)
    settling.start(slow)
    Message.objects.update(lease_until=timezone.now())
    outbox.recover()
    settling.settle(slow, state=Message.State.ACCEPTED, reason="")
    assert Message.objects.get().state == "accepted"


def test_minute_has_its_limit(mail_server, settings):
    settings.MESSAGES_PER_MINUTE = 3
    open_wave(8)
    sent = outbox.send_due()
    # The sweep may straddle the turn of a minute.
    assert sent in (3, 6)
    Sending.objects.update(minute=F("minute") - timedelta(minutes=1))
    assert outbox.send_due() in (2, 3)


def test_nothing_is_claimed_outside_the_hours_or_while_paused(mail_server, settings):
    open_wave()
    local = timezone.localtime()
    settings.SEND_WINDOW = (time(0, 0), time(0, 1)) if local.time() > time(0, 5) else (time(12), time(13))
    assert outbox.send_due() == 0
    settings.SEND_WINDOW = None
    settings.SENDING_PAUSED = True
    assert outbox.send_due() == 0
    settings.SENDING_PAUSED = False
    outbox.pause(why="Testing the brake", by=cast.staff())
    assert outbox.send_due() == 0
    assert states() == ["queued"]
    outbox.resume(by=cast.staff())
    assert outbox.send_due() == 1


def test_site_on_trial_writes_to_the_listed_only_and_the_others_wait(mail_server, settings):
    _, (listed, other) = open_wave(2)
    settings.LIVE, settings.TRIAL_ADDRESSES = False, [listed.email]
    assert outbox.send_due() == 1
    outbox.send_fresh_link(other.pk)
    assert mail_server.recipients == [listed.email]
    assert Message.objects.get(attendee=other).state == "queued"
    assert not other.links.exists()
    settings.LIVE = True
    assert outbox.send_due() == 1
    assert mail_server.recipients == [listed.email, other.email]


def test_message_that_cannot_be_written_fails_alone(mail_server, settings):
    open_wave(2)
    Message.objects.filter(pk=Message.objects.first().pk).update(message_id="<a@example.org>\r\nBcc: x@example.org")
    assert outbox.send_due() == 1
    assert sorted(states()) == ["accepted", "failed"]
    assert "It cannot be written as an email" in Message.objects.get(state="failed").reason
    assert all("Bcc" not in mail for mail in mail_server.messages)


def test_fresh_link_is_sent_but_not_to_those_who_asked_us_to_stop(mail_server):
    _, (person,) = open_wave()
    outbox.send_fresh_link(person.pk)
    (mail,) = mail_server.messages
    token = mail.get_body(("plain",)).get_content().split("/answer/")[1].split("/")[0]
    assert AnswerLink.objects.find(token).attendee == person
    Objection.objects.record(person.email)
    outbox.send_fresh_link(person.pk)
    assert len(mail_server.accepted) == 1


def test_limits_of_time_are_in_order(settings):
    """A step of SMTP, the wait after the final dot, the task's limits, the lease and the broker's patience."""
    # Read from the settings file itself: the tests run without Redis and with shorter waits.
    order = [
        120,
        smtp.FINAL_DOT_TIMEOUT,
        settings.CELERY_TASK_SOFT_TIME_LIMIT,
        settings.CELERY_TASK_TIME_LIMIT,
        outbox.LEASE.total_seconds(),
        3600,
    ]
    assert settings.EMAIL_TIMEOUT == 120
    assert order == sorted(set(order))
    assert outbox.WORK_FOR + smtp.FINAL_DOT_TIMEOUT < settings.CELERY_TASK_SOFT_TIME_LIMIT
    assert settings.CELERY_BEAT_SCHEDULE["send what is due"] == {
        "task": "commitments.tasks.send_due",
        "schedule": 60,
    }
