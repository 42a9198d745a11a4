"""What comes back after a mail server took it: by email to the envelope sender, or by the webhook of a service."""

import io
import json
from base64 import b64encode
from datetime import timedelta

import pytest
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.core.management import call_command
from django.utils import timezone

from commitments import bounces, chasing, follow_ups, outbox, retention
from commitments.models import Attendee, Bounce, Message, Objection, Wave
from senate_portal.lib import delivery_reports, return_paths
from tests import bounced
from tests.commitments import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def returns(mail_server, settings):
    """A mail server that gives back what it took, as a report to the envelope sender, by the portal's own address."""
    settings.BOUNCE_ADDRESS = "bounces@portal.example.org"

    def give_back(client, recipient, **report):
        sender = mail_server.senders[recipient]
        mailbox, domain = sender.split("@")
        name, detail = mailbox.split("+")
        assert (name, domain) == ("bounces", "portal.example.org")
        content = bounced.report(to=sender, recipient=recipient, **report)
        return client.post(f"/bounces/{detail.upper()}/", content, content_type="message/rfc822")

    return give_back


def send(number=1):
    forum = cast.forum_due()
    people = cast.people(forum, number)
    follow_ups.prepare()
    assert outbox.send_due() == number
    return forum.wave, people


def detail():
    message = Message.objects.get()
    return return_paths.detail(message.pk, message.recipient)


def days_later(days):
    Message.objects.update(settled_at=timezone.now() - timedelta(days=days))


def two_weeks_go_by(wave):
    """The first reminder is due."""
    days_later(14)
    Wave.objects.update(due_on=wave.due_on - timedelta(days=14), follows_forum=False)
    follow_ups.prepare()


def states():
    return list(Message.objects.order_by("pk").values_list("step", "state"))


def test_each_email_leaves_with_an_envelope_sender_of_its_own(mail_server, settings):
    settings.BOUNCE_ADDRESS = "bounces@portal.example.org"
    send(2)
    assert len(set(mail_server.senders.values())) == 2
    assert all(len(sender.split("@")[0]) <= 64 for sender in mail_server.senders.values())
    assert {mail["From"] for mail in mail_server.messages} == {"London Clinical Senate <senate@example.org>"}
    assert all("bounces" not in mail.as_string() for mail in mail_server.messages)


def test_without_a_bounce_address_the_sender_is_on_the_envelope(mail_server):
    _, (person,) = send()
    assert mail_server.senders == {person.email: "senate@example.org"}


def test_hard_bounce_stops_reminders_shows_on_the_chase_list_and_is_mended(client, mail_server, returns):
    wave, (person, other) = send(2)
    staff = cast.staff()
    assert returns(client, person.email).status_code == 200

    person.refresh_from_db()
    message = person.messages.get()
    assert (message.state, message.reason) == ("bounced-hard", "It came back: 5.1.1 550 5.1.1 No such person")
    assert person.address_failure == message.reason
    (silent,) = (one for one in chasing.unanswered() if one.pk == person.pk)
    assert chasing.why_silent(silent) == f"Their address needs mending. {message.reason}"
    with pytest.raises(outbox.CannotSendError, match="needs mending"):
        outbox.send_again(message, by=staff)

    two_weeks_go_by(wave)
    assert [message.attendee for message in Message.objects.filter(step=1)] == [other]

    Attendee.objects.filter(pk=person.pk).update(email="mended@example.org", address_failed_at=None, address_failure="")
    outbox.send_again(Message.objects.get(pk=message.pk), by=staff)
    outbox.send_due()
    assert "mended@example.org" in mail_server.recipients
    assert person.messages.get().state == "accepted"


def test_report_about_the_address_before_does_not_blame_the_present_one(client, mail_server, returns):
    _, (person,) = send()
    Attendee.objects.update(email="mended@example.org")
    returns(client, person.email)
    assert Message.objects.get().state == "bounced-hard"
    assert Attendee.objects.get().address_failed_at is None
    outbox.send_again(Message.objects.get(), by=cast.staff())
    outbox.send_due()
    returns(client, person.email, diagnostic="smtp; 550 5.1.1 Once more")
    assert Message.objects.get().state == "accepted"


@pytest.mark.parametrize("status", ["5.2.2", "5.4.4", "4.4.7", "5.7.1"])
def test_soft_bounce_lets_the_next_reminder_go(client, mail_server, returns, status):
    wave, (person,) = send()
    returns(client, person.email, status=status)
    assert states() == [(0, "bounced-soft")]
    assert Attendee.objects.get().address_failed_at is None

    two_weeks_go_by(wave)
    assert outbox.send_due() == 1
    assert states() == [(0, "bounced-soft"), (1, "accepted")]


def test_third_soft_bounce_in_thirty_days_is_for_staff(client, mail_server, returns):
    _, (person,) = send()
    for number in range(3):
        assert Attendee.objects.get().address_failed_at is None
        returns(client, person.email, status="5.2.2", diagnostic=f"smtp; 552 Full {number}")
    assert Attendee.objects.get().address_failure == (
        "3 emails came back within 30 days. It came back: 5.2.2 552 Full 2"
    )


def test_soft_bounces_of_long_ago_do_not_count(client, mail_server, returns):
    _, (person,) = send()
    for number in range(4):
        returns(client, person.email, status="5.2.2", diagnostic=f"smtp; 552 Full {number}")
        Bounce.objects.update(received_at=timezone.now() - timedelta(days=31))
    assert Attendee.objects.get().address_failed_at is None


def test_same_report_twice_counts_once(client, mail_server, returns):
    _, (person,) = send()
    for _ in range(5):
        returns(client, person.email, status="5.2.2")
    assert Bounce.objects.count() == 1
    assert Attendee.objects.get().address_failed_at is None


def test_delay_notice_and_out_of_office_change_nothing(client, mail_server, returns):
    _, (person,) = send()
    returns(client, person.email, action="delayed", status="4.4.1")
    for email in bounced.OTHER_EMAILS:
        assert client.post(f"/bounces/{detail()}/", email, content_type="message/rfc822").status_code == 200
    assert states() == [(0, "accepted")]
    assert not Bounce.objects.exists()


@pytest.mark.parametrize(
    "forge",
    [
        lambda detail: detail[:-1] + ("0" if detail[-1] != "0" else "1"),
        lambda detail: f"1{detail}",
        lambda detail: detail.split("-")[0],
        lambda detail: "9" * 19 + detail[detail.index("-") :],
        lambda detail: "nobody",
    ],
)
def test_what_we_did_not_sign_is_answered_alike_and_changes_nothing(client, mail_server, returns, forge):
    send()
    answer = client.post(f"/bounces/{forge(detail())}/", bounced.report(), content_type="message/rfc822")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert states() == [(0, "accepted")]
    assert Attendee.objects.get().address_failed_at is None


def test_report_a_week_later_or_too_large_changes_nothing(client, mail_server, returns):
    _, (person,) = send()
    for padding, status in [(delivery_reports.LARGEST, 200), (20_000_000, 413)]:
        large = bounced.report() + b"x" * padding
        assert client.post(f"/bounces/{detail()}/", large, content_type="message/rfc822").status_code == status
        assert states() == [(0, "accepted")]
    days_later(8)
    returns(client, person.email)
    assert states() == [(0, "accepted")]


def test_return_path_outlives_a_change_of_the_secret_key(client, mail_server, returns, settings):
    _, (person,) = send()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    returns(client, person.email)
    assert states() == [(0, "bounced-hard")]


def test_report_may_come_before_our_own_record(client, mail_server, returns):
    """The worker has heard 250 and not yet settled the row."""
    _, (person,) = send()
    Message.objects.update(state="claimed", lease_until=timezone.now(), data_started_at=timezone.now(), settled_at=None)
    returns(client, person.email)
    assert states() == [(0, "bounced-hard")]


def test_mail_server_hands_a_report_to_the_command(mail_server, returns, monkeypatch):
    send()

    class Input:
        buffer = io.BytesIO(bounced.report())

    monkeypatch.setattr("sys.stdin", Input)
    call_command("take_bounce", detail())
    assert states() == [(0, "bounced-hard")]


def test_what_the_mail_server_wrote_is_kept_for_thirty_days(client, mail_server, returns, settings):
    _, (person,) = send()
    returns(client, person.email)
    bounce = Bounce.objects.get()
    assert "Final-Recipient" in bounce.report
    assert "answer" not in bounce.report
    retention.apply(timezone.now() + timedelta(days=29))
    assert Bounce.objects.exclude(report="").exists()
    retention.apply(timezone.now() + timedelta(days=31))
    bounce.refresh_from_db()
    assert (bounce.report, bounce.why) == ("", "It came back: 5.1.1 550 5.1.1 No such person")


# Services


def event(event_type, **details):
    return AnymailTrackingEvent(event_type=event_type, message_id="service-1", event_id="e1", **details)


@pytest.mark.parametrize(
    ("told", "state", "failed", "objects"),
    [
        (event(EventType.BOUNCED, reject_reason=RejectReason.BOUNCED), "bounced-hard", True, False),
        (event(EventType.BOUNCED, mta_response="smtp;552 5.2.2 Mailbox full"), "bounced-soft", False, False),
        (event(EventType.BOUNCED, mta_response="smtp;550 5.1.1 Unknown"), "bounced-hard", True, False),
        (event(EventType.REJECTED, reject_reason=RejectReason.BLOCKED), "bounced-soft", False, False),
        (event(EventType.REJECTED, reject_reason=RejectReason.SPAM), "accepted", False, True),
        (event(EventType.FAILED), "bounced-soft", False, False),
        (event(EventType.COMPLAINED), "accepted", False, True),
        (event(EventType.UNSUBSCRIBED), "accepted", False, True),
        (event(EventType.DELIVERED), "accepted", False, False),
        (event(EventType.DEFERRED), "accepted", False, False),
        (event(EventType.OPENED), "accepted", False, False),
    ],
    ids=lambda value: f"{value.event_type} {value.reject_reason}" if isinstance(value, AnymailTrackingEvent) else None,
)
def test_event_of_a_service(mail_server, told, state, failed, objects):
    _, (person,) = send()
    Message.objects.update(service_id="service-1")
    for _ in range(2):
        bounces.take_event(told, "Postmark")
    person.refresh_from_db()
    assert states() == [(0, state)]
    assert (person.address_failed_at is not None) == failed
    assert Objection.objects.exists() == (person.objected_at is not None) == objects
    assert Bounce.objects.count() == (state != "accepted" or objects)


def test_webhook_of_a_service_needs_its_secret(client, mail_server, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:secret"}
    settings.ROOT_URLCONF = "tests.commitments.webhooks"
    send()
    Message.objects.update(service_id="service-1")
    told = {"RecordType": "Bounce", "Type": "HardBounce", "ID": 7, "MessageID": "service-1", "Description": "Gone"}

    def post(**headers):
        return client.post(
            "/bounces/services/postmark/tracking/", json.dumps(told), content_type="application/json", headers=headers
        )

    assert post().status_code == 400
    assert states() == [(0, "accepted")]
    assert post(Authorization=f"Basic {b64encode(b'user:secret').decode()}").status_code == 200
    assert states() == [(0, "bounced-hard")]
    assert Message.objects.get().reason == "It came back: Gone"


def test_event_about_nothing_of_ours_is_left_alone(mail_server):
    send()
    assert bounces.take_event(event(EventType.BOUNCED), "Postmark") is None
    nameless = AnymailTrackingEvent(event_type=EventType.BOUNCED, message_id=None)
    assert bounces.take_event(nameless, "Postmark") is None
    assert states() == [(0, "accepted")]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("permanent-failure", "bounced-hard"),
        ("temporary-failure", "bounced-soft"),
        ("technical-failure", "bounced-soft"),
        ("delivered", "accepted"),
    ],
)
def test_receipt_of_notify(client, mail_server, settings, status, state):
    settings.WEBHOOK_SECRET = "token of the receipts"
    send()
    message = Message.objects.get()
    receipt = {"id": "r1", "reference": message.message_id, "to": message.recipient, "status": status}
    for _ in range(2):
        answer = client.post(
            "/bounces/notify/",
            json.dumps(receipt),
            content_type="application/json",
            headers={"Authorization": "Bearer token of the receipts"},
        )
        assert answer.status_code == 200
    assert states() == [(0, state)]


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong"])
@pytest.mark.parametrize("secret", ["", "right"])
def test_receipt_without_the_token_changes_nothing(client, mail_server, settings, token, secret):
    settings.WEBHOOK_SECRET = secret
    send()
    message = Message.objects.get()
    receipt = {"reference": message.message_id, "to": message.recipient, "status": "permanent-failure"}
    answer = client.post(
        "/bounces/notify/",
        json.dumps(receipt),
        content_type="application/json",
        headers={"Authorization": token} if token else {},
    )
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert states() == [(0, "accepted")]


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b'{"status": {}}', b"\xff"])
def test_receipt_that_makes_no_sense_is_answered_alike(client, settings, body):
    settings.WEBHOOK_SECRET = "right"
    answer = client.post(
        "/bounces/notify/", body, content_type="application/json", headers={"Authorization": "Bearer right"}
    )
    assert (answer.status_code, answer.content) == (200, b"ok\n")
