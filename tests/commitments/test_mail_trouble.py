"""What the mail server says or leaves unsaid, and what becomes of the message: a real conversation in this process."""

import socket
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from commitments import outbox
from commitments.models import Attendee, Message, Sending
from senate_portal.lib import smtp
from tests.commitments import cast
from tests.commitments.test_outbox import committed, make_due, open_wave, states

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data"])
@pytest.mark.parametrize("reply", ["421 Closing", "450 Busy", "451 Local error", "452 Full", "432 Too many at once"])
def test_temporary_refusal_defers_with_the_reason(mail_server, phase, reply):
    open_wave()
    setattr(mail_server, phase, reply)
    outbox.send_due()

    message = Message.objects.get()
    assert message.state == "deferred"
    assert reply in message.reason
    assert message.data_started_at is None
    assert timedelta(seconds=40) < message.not_before - timezone.now() < timedelta(seconds=80)
    setattr(mail_server, phase, None)
    make_due()
    assert outbox.send_due() == 1
    assert len(mail_server.accepted) == 1


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 5), (2, 15), (3, 30), (4, 60), (5, 60), (40, 60)])
def test_back_off_grows_to_an_hour(mail_server, attempts, minutes):
    open_wave()
    Message.objects.update(attempts=attempts)
    mail_server.rcpt = "451 Try later"
    before = timezone.now()
    outbox.send_due()
    wait = Message.objects.get().not_before - before
    assert timedelta(minutes=minutes * 0.8) <= wait <= timedelta(minutes=minutes * 1.2, seconds=5)


def test_three_days_of_refusals_end_in_failure_that_staff_can_see(mail_server):
    open_wave()
    mail_server.rcpt = "451 Try later"
    outbox.send_due()
    Message.objects.update(not_before=timezone.now(), first_tried_at=timezone.now() - timedelta(hours=73))
    outbox.send_due()
    message = Message.objects.get()
    assert message.state == "failed"
    assert message.reason == ("Given up after three days. The mail server refused the address: 451 Try later")


def test_refused_address_fails_once_and_nobody_else_with_it(mail_server):
    _, people = open_wave(3)
    bad = people[1]
    mail_server.rcpt = lambda address: "550 5.1.1 No such person" if address == bad.email else None
    assert outbox.send_due() == 2
    make_due()
    assert outbox.send_due() == 0

    message = Message.objects.get(attendee=bad)
    assert message.state == "failed"
    assert message.reason == "The mail server refused the address: 550 5.1.1 No such person"
    assert message.attempts == 1
    bad.refresh_from_db()
    assert bad.address_failed_at is not None
    assert bad.address_failure == message.reason
    assert Attendee.objects.filter(address_failed_at=None).count() == 2
    assert sorted(states()) == ["accepted", "accepted", "failed"]


def test_mended_address_can_be_sent_to_again(mail_server):
    open_wave()
    staff = cast.staff()
    mail_server.rcpt = "550 No such person"
    outbox.send_due()
    message = Message.objects.get()
    with pytest.raises(outbox.CannotSendError, match="Their address needs mending"):
        outbox.send_again(message, by=staff)
    Attendee.objects.update(email="mended@example.org", address_failed_at=None, address_failure="")
    mail_server.rcpt = None
    outbox.send_again(Message.objects.get(), by=staff)
    assert outbox.send_due() == 1
    assert mail_server.recipients == ["mended@example.org"]
    with pytest.raises(outbox.CannotSendError, match="accepted by the mail server"):
        outbox.send_again(Message.objects.get(), by=staff)


def test_refused_content_fails_without_blame_for_the_address(mail_server):
    _, (person,) = open_wave()
    mail_server.data = "554 Looks like spam"
    outbox.send_due()
    message = Message.objects.get()
    assert (message.state, message.reason) == ("failed", "The mail server refused the message: 554 Looks like spam")
    person.refresh_from_db()
    assert person.address_failed_at is None


def test_refused_sender_pauses_the_queue_and_blames_nobody(mail_server):
    open_wave(3)
    staff = cast.staff()
    mail_server.mail = "550 Sender unknown"
    assert outbox.send_due() == 0

    sending = Sending.objects.load()
    assert sending.paused_why == "The mail server refused the sender's address: 550 Sender unknown"
    assert states() == ["queued"] * 3
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    assert not Attendee.objects.exclude(address_failed_at=None).exists()
    mail_server.mail = None
    assert outbox.send_due() == 0
    outbox.resume(by=staff)
    assert outbox.send_due() == 3


def test_refused_login_pauses_the_queue_and_blames_nobody(mail_server, settings):
    open_wave(3)
    mail_server.password = "right"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    assert outbox.send_due() == 0

    sending = Sending.objects.load()
    assert sending.paused_why.startswith("The mail server refused our user name and password: 535 ")
    assert "wrong" not in sending.paused_why
    assert states() == ["queued"] * 3
    assert not Attendee.objects.exclude(address_failed_at=None).exists()
    settings.EMAIL_HOST_PASSWORD = "right"
    outbox.resume(by=cast.staff())
    assert outbox.send_due() == 3


def test_unreachable_server_defers_all_with_the_reason(mail_server, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        open_wave(3)
        assert outbox.send_due() == 0
    assert states() == ["deferred"] * 3
    assert set(Message.objects.values_list("reason", flat=True)) == {
        "The mail server could not be reached: [Errno 111] Connection refused"
    }


def test_server_without_tls_is_never_spoken_to_in_plain_text(mail_server, settings):
    open_wave()
    settings.EMAIL_USE_TLS = True
    assert outbox.send_due() == 0
    message = Message.objects.get()
    assert message.state == "deferred"
    assert message.reason == "The mail server could not be reached: STARTTLS extension not supported by server."


@pytest.mark.parametrize("phase", ["mail", "rcpt"])
def test_connection_lost_before_the_content_left_is_tried_again(mail_server, phase):
    open_wave()
    mail_server.hang_up_at = phase
    outbox.send_due()
    assert states() == ["deferred"]
    mail_server.hang_up_at = None
    make_due()
    outbox.send_due()
    assert len(mail_server.accepted) == 1


def test_connection_lost_after_the_final_dot_is_tried_once_more_and_then_staff_decide(mail_server):
    open_wave()
    staff = cast.staff()
    mail_server.hang_up_at = "data"
    outbox.send_due()
    message = Message.objects.get()
    assert message.state == "unknown"
    assert message.reason.startswith("The mail server had the whole message but did not confirm it")
    assert timedelta(minutes=29) < message.not_before - timezone.now() <= timedelta(minutes=30)
    assert outbox.send_due() == 0

    make_due()
    outbox.send_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("unknown", 2)
    make_due()
    mail_server.hang_up_at = None
    assert outbox.send_due() == 0
    assert list(Message.objects.for_staff_to_decide()) == [message]
    outbox.send_again(message, by=staff)
    assert outbox.send_due() == 1
    message_id = Message.objects.get().message_id
    assert [mail["Message-ID"] for mail in mail_server.messages] == [message_id]


def test_staff_can_count_an_unknown_message_as_sent(mail_server):
    open_wave()
    mail_server.hang_up_at = "data"
    outbox.send_due()
    outbox.count_as_sent(Message.objects.get(), by=cast.staff())
    message = Message.objects.get()
    assert (message.state, message.reason) == ("accepted", "Counted as sent by Sam Staff.")


@committed
def test_no_transaction_is_open_while_the_server_keeps_us_waiting(mail_server):
    open_wave()
    seen = {}

    def look(phase):
        def reply(address):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%%'"
                )
                seen[phase] = cursor.fetchone()[0]
                cursor.execute("SELECT data_started_at IS NOT NULL FROM commitments_message")
                seen[phase, "started"] = cursor.fetchone()[0]
            connection.close()

        return reply

    mail_server.mail, mail_server.rcpt, mail_server.data = look("mail"), look("rcpt"), look("data")
    assert outbox.send_due() == 1
    assert [seen[phase] for phase in ("mail", "rcpt", "data")] == [0, 0, 0]
    assert [seen[phase, "started"] for phase in ("mail", "rcpt", "data")] == [False, False, True]


def silent_server():
    """Takes connections and never says a word."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    return server


def test_server_that_says_nothing_is_given_up_after_the_timeout(mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    open_wave(2)
    with silent_server() as server:
        settings.EMAIL_PORT = server.getsockname()[1]
        assert outbox.send_due() == 0
    assert set(Message.objects.values_list("state", "reason")) == {
        ("deferred", "The mail server could not be reached: Connection unexpectedly closed: timed out")
    }


def test_server_that_hangs_at_the_address_is_given_up_and_the_message_sent_later(mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    open_wave()
    mail_server.rcpt = lambda address: sleep(1)
    assert outbox.send_due() == 0
    assert states() == ["deferred"]
    mail_server.rcpt = None
    settings.EMAIL_TIMEOUT = 5
    make_due()
    assert outbox.send_due() == 1
    assert len(mail_server.accepted) == 1


def test_server_that_hangs_after_the_final_dot_leaves_the_outcome_unknown(mail_server, settings, monkeypatch):
    monkeypatch.setattr(smtp, "FINAL_DOT_TIMEOUT", 0.5)
    open_wave()
    mail_server.data = lambda recipient: sleep(1)
    assert outbox.send_due() == 0
    assert states() == ["unknown"]
