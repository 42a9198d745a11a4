"""Sends the messages that are due: claim, send, settle.

PostgreSQL is the queue. A worker claims a few rows in one short transaction, which checks everything anew, resolves
addresses, counts the attempt, takes a lease by the database's clock and raises each row's fence. It then talks to the
mail server with no transaction open. Just before a message's content leaves, one statement checks everything once more
and commits that it is leaving. Afterwards the row is settled, by whoever holds its fence and nobody else.

A worker may die at any instant. Before the content left, the row is sent again when its lease runs out. After that it
may have been sent: the row waits as "unknown", is tried once more after half an hour, and then staff decide. That is
the only way in which somebody can get a second copy, and both copies carry the same Message-ID.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.db.models import Exists, F, Prefetch, Q
from django.db.models.functions import Coalesce, Now

from commitments import emails
from commitments.models import AnswerLink, Attendee, Commitment, Message, Objection, Sending, Wave
from commitments.models.waves import MessageQuerySet
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from senate_portal.lib import mail_files, smtp
from senate_portal.lib.clock import database_now
from senate_portal.lib.mail_trouble import (
    AddressRefusedError,
    MailTroubleError,
    NoConnectionError,
    OutcomeUnknownError,
    SenderRefusedError,
    TryLaterError,
)
from senate_portal.lib.working_days import within_hours

logger = logging.getLogger(__name__)

CHUNK = 50
WORK_FOR = 120  # seconds after which a sweep starts no further message; the next sweep goes on
LEASE = timedelta(seconds=1200)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60)]
JITTER = 0.2
GIVE_UP_AFTER = timedelta(hours=72)
RETRY_UNKNOWN_AFTER = timedelta(minutes=30)
FRESH_LINKS_PER_HOUR = 5
RECHECK_AFTER = timedelta(minutes=1)

State = Message.State


class CannotSendError(Exception):
    """The text says why, for staff."""


@dataclass(frozen=True)
class Parcel:
    """A message this worker has claimed, with the secret of the link that goes into it."""

    message: Message
    token: str

    @property
    def row(self) -> MessageQuerySet:
        """The message's row for as long as nobody claims it after us."""
        return Message.objects.filter(pk=self.message.pk, fence=self.message.fence)

    def email(self) -> EmailMultiAlternatives:
        message = self.message
        letter = emails.Letter(message.subject, message.text, message.html)
        return emails.envelope(letter, to=message.recipient, token=self.token, message_id=message.message_id)


# The sweep


def send_due() -> int:
    """Send what is due, as far as the minute's allowance and this sweep's time go. Returns how many were accepted."""
    recover()
    accepted = 0
    deadline = time.monotonic() + WORK_FOR
    for wave in Wave.objects.open():
        while time.monotonic() < deadline and (parcels := claim(wave)):
            accepted += deliver(parcels, deadline)
    return accepted


def recover() -> None:
    """Free the rows of workers that died, and try once more what may have been sent half an hour ago."""
    expired = Message.objects.filter(state=State.CLAIMED, lease_until__lt=Now())
    untouched = expired.filter(data_started_at=None)
    untouched.filter(first_tried_at__lt=Now() - GIVE_UP_AFTER).update(
        state=State.FAILED, lease_until=None, settled_at=Now(), reason="Sending it was broken off again and again."
    )
    untouched.update(state=State.QUEUED, lease_until=None, reason="Sending was broken off before it began.")
    expired.update(
        state=State.UNKNOWN,
        lease_until=None,
        times_unknown=F("times_unknown") + 1,
        not_before=F("data_started_at") + RETRY_UNKNOWN_AFTER,
        reason="Sending was broken off before the mail server's reply was recorded.",
    )
    Message.objects.unsent().filter(state=State.UNKNOWN, not_before__lte=Now()).update(
        state=State.QUEUED, reason="It may have been sent. It is tried once more."
    )


# Claim


def claim(wave: Wave, limit: int = CHUNK) -> list[Parcel]:
    """Take the next due messages of a wave for this worker; none when nothing is due or nothing may leave now.

    Messages that are no longer needed are cancelled, with the reason, until some are found that are.
    """
    while True:
        with transaction.atomic():
            sending = Sending.objects.lock()
            now = database_now()
            if settings.SENDING_PAUSED or sending.paused_at or not within_hours(now, settings.SEND_WINDOW):
                return []
            messages = list(due(wave, now)[: min(limit, sending.left_in_minute(now))])
            wanted = needed(messages, now)
            take(wanted, now)
            sending.count(len(wanted), now)
            if wanted or not messages:
                return [Parcel(message, token) for message, token in zip(wanted, links(wanted, now), strict=True)]


def due(wave: Wave, now: datetime) -> MessageQuerySet:
    """Locked for this transaction; rows that another worker looks at are passed over."""
    return (
        Message.objects.due(now)
        .filter(wave=wave, wave__state=Wave.State.OPEN)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("attendee", "wave__forum")
        .prefetch_related(Prefetch("attendee__commitments", Commitment.objects.standing()))
        .order_by("not_before", "pk")
    )


def needed(messages: list[Message], now: datetime) -> list[Message]:
    """Those still to be sent; the others are cancelled."""
    objections = Objection.objects.addresses_of({message.attendee.email for message in messages})
    people = Attendee.objects.filter(pk__in=[message.attendee_id for message in messages])
    answered = set(people.answered().values_list("pk", flat=True))
    wanted = []
    for message in messages:
        if message.attendee.email in objections:
            Objection.objects.record(message.attendee.email)
            message.attendee.objected_at = now
        reason = why_not(message, has_answered=message.attendee_id in answered)
        if reason:
            message.state, message.reason, message.settled_at = State.CANCELLED, reason, now
            message.save(update_fields=["state", "reason", "settled_at"])
        else:
            wanted.append(message)
    return wanted


def why_not(message: Message, *, has_answered: bool) -> str:
    """Why a message need or may not be sent, in words. The same rule, as one statement: Message.still_wanted."""
    if message.attendee.unreachable_because:
        return message.attendee.unreachable_because
    if has_answered:
        return "They have answered."
    has_committed = bool(message.attendee.commitments.all())
    if message.kind == Message.Kind.COMMITMENTS and not has_committed:
        return "No commitment of theirs is left to ask about."
    if message.kind == Message.Kind.NO_COMMITMENT and has_committed:
        return "They have made a commitment since."
    return ""


def links(messages: list[Message], now: datetime) -> list[str]:
    """A fresh secret for each message: one that was mailed before cannot be read again."""
    return AnswerLink.objects.issue_many([message.attendee for message in messages], now)


def take(messages: list[Message], now: datetime) -> None:
    """Count the attempt, take the lease, and freeze what will be sent where this address was not written to before."""
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=State.CLAIMED,
        attempts=F("attempts") + 1,
        fence=F("fence") + 1,
        first_tried_at=Coalesce("first_tried_at", now),
        lease_until=now + LEASE,
        data_started_at=None,
        settled_at=None,
    )
    fresh = []
    for message in messages:
        message.attempts += 1
        message.fence += 1
        message.first_tried_at = message.first_tried_at or now
        if message.recipient != message.attendee.email:
            letter = emails.of(message, list(message.attendee.commitments.all()))
            message.recipient = message.attendee.email
            message.subject, message.text, message.html = letter.subject, letter.text, letter.html
            fresh.append(message)
    Message.objects.bulk_update(fresh, ["recipient", "subject", "text", "html"])


# Send


def deliver(parcels: Sequence[Parcel], deadline: float) -> int:
    """Hand the parcels to the mail server over one connection. Each is settled before the next one is begun."""
    waiting = list(parcels)
    accepted = 0
    connection = get_connection()
    try:
        while waiting and time.monotonic() < deadline:
            parcel = waiting.pop(0)
            try:
                sent = hand_over(connection, parcel.email(), partial(start, parcel))
            except NoConnectionError as trouble:
                put_off([parcel, *waiting], str(trouble))
                waiting = []
            except SenderRefusedError as trouble:
                pause(why=str(trouble))
                waiting.append(parcel)
                break
            except (MailTroubleError, BadHeaderError) as trouble:
                settle_trouble(parcel, trouble)
            else:
                if sent:
                    settle(parcel, state=State.ACCEPTED, reason="", settled_at=Now())
                    accepted += 1
                else:
                    give_back(parcel, after=RECHECK_AFTER)
    finally:
        for parcel in waiting:
            give_back(parcel)
        close(connection)
    return accepted


def hand_over(connection: BaseEmailBackend, email: EmailMultiAlternatives, starting: Callable[[], bool]) -> bool:
    """Through our own backends we know how far a message came. Of another's failure we only know that it failed."""
    if isinstance(connection, smtp.EmailBackend | mail_files.EmailBackend):
        return connection.deliver(email, starting)
    if not starting():
        return False
    try:
        connection.send_messages([email])
    except OSError as problem:
        raise OutcomeUnknownError(f"The mail route failed: {type(problem).__name__}") from problem
    return True


def start(parcel: Parcel) -> bool:
    """Commit that the content is about to leave, unless the claim was lost or something now speaks against it."""
    paused = Sending.objects.filter(paused_at__isnull=False)
    row = parcel.row.filter(~Exists(paused), state=State.CLAIMED).still_wanted()
    return row.update(data_started_at=Now()) == 1


def close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("The mail server hung up before we did")


# Settle


def settle(parcel: Parcel, **changes: Any) -> None:
    """Record the outcome. A row that was claimed again meanwhile is somebody else's."""
    row = parcel.row.filter(state__in=[State.CLAIMED, State.UNKNOWN])
    if row.update(lease_until=None, **changes):
        logger.info("Message %s: %s", parcel.message.pk, changes["state"])
    else:
        logger.warning("Message %s was claimed again before %s was recorded", parcel.message.pk, changes["state"])


def settle_trouble(parcel: Parcel, trouble: Exception) -> None:
    reason = str(trouble)
    if isinstance(trouble, OutcomeUnknownError):
        settle(
            parcel,
            state=State.UNKNOWN,
            times_unknown=F("times_unknown") + 1,
            not_before=Now() + RETRY_UNKNOWN_AFTER,
            reason=reason,
        )
    elif isinstance(trouble, TryLaterError):
        put_off([parcel], reason)
    else:
        with transaction.atomic():
            settle(parcel, state=State.FAILED, settled_at=Now(), reason=reason)
            if isinstance(trouble, AddressRefusedError):
                person = Attendee.objects.filter(pk=parcel.message.attendee_id, email=parcel.message.recipient)
                person.update(address_failed_at=Now(), address_failure=reason)


def put_off(parcels: list[Parcel], reason: str) -> None:
    """Try again later, ever more rarely, for three days."""
    now = database_now()
    for parcel in parcels:
        message = parcel.message
        if message.first_tried_at and now - message.first_tried_at > GIVE_UP_AFTER:
            settle(parcel, state=State.FAILED, settled_at=Now(), reason=f"Given up after three days. {reason}"[:500])
            continue
        pause_for = BACK_OFF[min(message.attempts, len(BACK_OFF)) - 1]
        pause_for *= random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, keeps no secret
        settle(parcel, state=State.DEFERRED, data_started_at=None, not_before=now + pause_for, reason=reason)


def give_back(parcel: Parcel, after: timedelta = timedelta()) -> None:
    """Not tried after all: the row waits as before."""
    untouched = parcel.row.filter(state=State.CLAIMED, data_started_at=None)
    untouched.update(state=State.QUEUED, lease_until=None, attempts=F("attempts") - 1, not_before=Now() + after)


# A link by itself


def send_fresh_link(attendee_id: int) -> None:
    """A new link for somebody who asked for one, a few times an hour at most. Who asked us to stop gets none."""
    attendee = Attendee.objects.filter(pk=attendee_id, objected_at=None, erased_at=None).exclude(email="").first()
    now = database_now()
    if attendee is None or Objection.objects.stands_for(attendee.email):
        return
    if attendee.links.filter(created_at__gt=now - timedelta(hours=1)).count() >= FRESH_LINKS_PER_HOUR:
        logger.info("Attendee %s asked for too many links", attendee_id)
        return
    token = AnswerLink.objects.issue(attendee, now)
    letter = emails.fresh_link(attendee)
    emails.envelope(letter, to=attendee.email, token=token, message_id=emails.new_message_id()).send()
    logger.info("A fresh link went to attendee %s", attendee_id)


# What staff do


def pause(*, why: str, by: User | None = None) -> None:
    """Nothing leaves, for any forum, until somebody resumes."""
    with acting(by):
        Sending.objects.load()
        Sending.objects.filter(paused_at=None).update(paused_at=Now(), paused_why=why)
    logger.error("Sending is paused")


def resume(*, by: User) -> None:
    with acting(by):
        Sending.objects.filter(paused_at__isnull=False).update(paused_at=None, paused_why="")


def send_again(message: Message, *, by: User) -> None:
    """Queue a message that failed, was cancelled, or may have been sent. It goes to the person's present address."""
    if message.attendee.unreachable_because:
        raise CannotSendError(message.attendee.unreachable_because)
    if message.wave.state in Wave.ENDED:
        raise CannotSendError("The follow-up has ended.")
    again = Message.objects.filter(pk=message.pk).filter(
        Q(state__in=[State.FAILED, State.CANCELLED]) | Q(pk__in=Message.objects.for_staff_to_decide())
    )
    if not again.update(
        state=State.QUEUED, not_before=Now(), first_tried_at=None, settled_at=None, reason=f"Sent again by {by}."
    ):
        raise CannotSendError(f"This email cannot be sent again: {message.get_state_display().lower()}.")


def count_as_sent(message: Message, *, by: User) -> None:
    """Staff found out that a message of unknown outcome did arrive."""
    unknown = Message.objects.filter(pk=message.pk, state=State.UNKNOWN)
    if not unknown.update(state=State.ACCEPTED, settled_at=Now(), reason=f"Counted as sent by {by}."):
        raise CannotSendError("Only an email that may have been sent can be counted as sent.")
