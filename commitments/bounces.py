"""What mail servers and mail services tell us after they had accepted a message.

A message that came back for good marks the address: it is not written to until staff correct it. One that came back
for now is tried by the next reminder, and three of those within 30 days mark the address too. A complaint, or a stop
that a mail service passed on, is an objection, for every forum.

A report is believed because of where it came: to an envelope sender that we signed (senate_portal/lib/return_paths.py),
or through a service's webhook with its secret.
"""

import hashlib
import logging
from datetime import timedelta
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from commitments.models import Attendee, Bounce, Message, Objection
from senate_portal.lib import delivery_reports, return_paths
from senate_portal.lib.clock import database_now

# Mail servers go on trying for about five days before they give up (RFC 5321, 4.5.4.1).
BELIEVED_FOR = timedelta(days=7)
SOFT_WITHIN = timedelta(days=30)
SOFT_AT_MOST = 3
LONGEST_WHY = 500
LONGEST_KEY = 200

State = Message.State
Kind = Bounce.Kind
NOTIFY_KINDS = {
    "permanent-failure": Kind.HARD,
    "temporary-failure": Kind.SOFT,
    "technical-failure": Kind.SOFT,
}

logger = logging.getLogger(__name__)


def take_report(detail: str, content: bytes) -> Bounce | None:
    """An email that came to one of our envelope senders. Anything we did not sign, or no report, is left alone."""
    number = return_paths.number_in(detail)
    message = Message.objects.filter(pk=number).exclude(recipient="").first() if number is not None else None
    if message is None or not return_paths.is_ours(detail, message.recipient):
        logger.info("A report about no message of ours is left alone")
        return None
    if message.settled_at and database_now() - message.settled_at > BELIEVED_FOR:
        logger.info("A report about message %s comes too late", message.pk)
        return None
    failure = delivery_reports.failure_in(content)
    if failure is None:
        logger.info("What came back about message %s reports no failure", message.pk)
        return None
    kind = Kind.HARD if failure.is_permanent else Kind.SOFT
    why = f"It came back: {failure.status} {failure.said}".strip()
    key = f"report {hashlib.sha256(content).hexdigest()}"
    return record(message, kind=kind, why=why, key=key, report=failure.text)


def take_event(event: AnymailTrackingEvent, service: str) -> Bounce | None:
    """What the webhook of a mail service tells. A service names a message as it did when it took it."""
    kind = kind_of(event)
    message = Message.objects.exclude(service_id="").filter(service_id=event.message_id or "").first()
    if kind is None or message is None:
        return None
    said = " ".join(str(event.mta_response or event.description or "").split())
    key = f"{service} {event.event_id or f'{event.message_id} {event.event_type}'}"[:LONGEST_KEY]
    return record(message, kind=kind, why=f"It came back: {said or event.event_type}", key=key)


def kind_of(event: AnymailTrackingEvent) -> Bounce.Kind | None:
    """A service that names no status is taken at its word that a message came back."""
    if event.event_type in {EventType.COMPLAINED, EventType.UNSUBSCRIBED}:
        return Kind.COMPLAINT
    if event.event_type == EventType.FAILED:
        return Kind.SOFT
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    if event.reject_reason in {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}:
        return Kind.COMPLAINT
    if event.reject_reason in {RejectReason.BLOCKED, RejectReason.TIMED_OUT}:
        return Kind.SOFT
    status = delivery_reports.STATUS.search(f"{event.mta_response} {event.description}")
    return Kind.SOFT if status and not delivery_reports.blames_address(status[0]) else Kind.HARD


def take_notify_receipt(receipt: dict[str, Any]) -> Bounce | None:
    """What GOV.UK Notify tells. It names a message by the reference that we gave: its Message-ID."""
    status, reference = str(receipt.get("status")), str(receipt.get("reference"))
    message = Message.objects.filter(message_id=reference[:LONGEST_KEY]).first()
    if status not in NOTIFY_KINDS or message is None or message.recipient != receipt.get("to"):
        return None
    key = f"Notify {receipt.get('id')}"[:LONGEST_KEY]
    return record(message, kind=NOTIFY_KINDS[status], why=f"GOV.UK Notify reports a {status}", key=key)


@transaction.atomic
def record(message: Message, *, kind: Bounce.Kind, why: str, key: str, report: str = "") -> Bounce:
    """Once for each key, however often and late it is told."""
    message = Message.objects.select_for_update(of=("self",)).select_related("attendee").get(pk=message.pk)
    details = {"message": message, "kind": kind, "why": why[:LONGEST_WHY], "report": report}
    bounce, is_new = Bounce.objects.get_or_create(key=key, defaults=details)
    if is_new:
        logger.info("Message %s: %s", message.pk, kind)
        if kind == Kind.COMPLAINT:
            Objection.objects.record(message.recipient or message.attendee.email)
        else:
            came_back(message, bounce)
    return bounce


def came_back(message: Message, bounce: Bounce) -> None:
    """Also before our own record that the mail server took it: it must have."""
    is_hard = bounce.kind == Kind.HARD
    sent = Q(state__in=[State.ACCEPTED, State.UNKNOWN, State.BOUNCED_SOFT])
    leaving = Q(state=State.CLAIMED, data_started_at__isnull=False)
    Message.objects.filter(sent | leaving, pk=message.pk).update(
        state=State.BOUNCED_HARD if is_hard else State.BOUNCED_SOFT, reason=bounce.why, lease_until=None
    )
    why = bounce.why
    if not is_hard:
        if soft_lately(message) < SOFT_AT_MOST:
            return
        why = f"{SOFT_AT_MOST} emails came back within {SOFT_WITHIN.days} days. {why}"[:LONGEST_WHY]
    person = Attendee.objects.filter(pk=message.attendee_id, email=message.recipient, address_failed_at=None)
    person.update(address_failed_at=Now(), address_failure=why)


def soft_lately(message: Message) -> int:
    """Of this address, whatever the forum."""
    lately = Bounce.objects.filter(kind=Kind.SOFT, received_at__gt=database_now() - SOFT_WITHIN)
    return lately.filter(message__recipient=message.recipient).count()
