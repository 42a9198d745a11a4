"""Sends the messages that are due: claim, send, settle.

PostgreSQL is the queue. A worker claims a few rows in one short transaction, which checks everything anew, resolves
addresses, counts the attempt, takes a lease by the database's clock and raises each row's fence. It then talks to the
mail server with no transaction open. Just before a message's content leaves, one statement checks everything once more
and commits that it is leaving. Afterwards the row is settled, by whoever holds its fence and nobody else. These two
commits do not await the disk, which would take longer than the mail server does: they outlive the worker all the same,
and after a crash of the database whatever was claimed counts as having begun to leave.

A worker may die at any instant. Before the content left, the row is sent again when its lease runs out. After that it
may have been sent: the row waits as "unknown", is tried once more after half an hour, and then staff decide. That is
the only way in which somebody can get a second copy, and both copies carry the same Message-ID.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce, Now

from commitments import emails, settling
from commitments.models import (
    AnswerLink,
    Attendee,
    Commitment,
    DatabaseRun,
    HandOver,
    Message,
    Objection,
    Sending,
    Wave,
    Wording,
)
from commitments.models.waves import MessageQuerySet
from commitments.settling import Parcel
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from senate_portal.lib.clock import database_now
from senate_portal.lib.commits import commits_not_awaiting_disk
from senate_portal.lib.mail_delivery import (
    ContentRefusedError,
    MailTroubleError,
    NoConnectionError,
    OutcomeUnknownError,
    SenderRefusedError,
)
from senate_portal.lib.working_days import within_hours

logger = logging.getLogger(__name__)

CHUNK = 50
WORK_FOR = 20  # seconds after which a sweep starts no further message, so that a worker can be stopped in good time
LEASE = timedelta(seconds=1200)
LONGEST_SUBJECT = 300

# A chunk's letters in one statement, which bulk_update would take longer to build than it takes to run.
FREEZE = """
UPDATE commitments_message AS message
SET recipient = frozen.recipient, subject = frozen.subject, text = frozen.text, html = frozen.html,
    wording_id = frozen.wording
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[])
    AS frozen (id, recipient, subject, text, html, wording)
WHERE message.id = frozen.id
"""

State = Message.State


class CannotSendError(Exception):
    """The text says why, for staff."""


# The sweep


def send_due() -> int:
    """Send what is due, as far as the minute's allowance and this sweep's time go. Returns how many were accepted."""
    recover()
    accepted = 0
    deadline = time.monotonic() + WORK_FOR
    for wave in Wave.objects.sending():
        while time.monotonic() < deadline and (parcels := claim(wave)):
            with commits_not_awaiting_disk():
                accepted += deliver(parcels, deadline)
    return accepted


def recover() -> None:
    """Free the rows of workers that died, and try once more what may have been sent half an hour ago."""
    doubt_after_crash()
    expired = Message.objects.filter(state=State.CLAIMED, lease_until__lt=Now())
    untouched = expired.filter(data_started_at=None)
    untouched.filter(first_tried_at__lt=Now() - settling.GIVE_UP_AFTER).update(
        state=State.FAILED, lease_until=None, settled_at=Now(), reason="Sending it was broken off again and again."
    )
    untouched.update(state=State.QUEUED, lease_until=None, reason="Sending was broken off before it began.")
    expired.update(
        state=State.UNKNOWN,
        lease_until=None,
        times_unknown=F("times_unknown") + 1,
        not_before=F("data_started_at") + settling.RETRY_UNKNOWN_AFTER,
        reason="Sending was broken off before the mail server's reply was recorded.",
    )
    once = Message.objects.filter(state=State.UNKNOWN, times_unknown__lte=Message.RETRIES_OF_UNKNOWN)
    once.filter(Message.objects.may_leave(), not_before__lte=Now()).update(
        state=State.QUEUED, reason="It may have been sent. It is tried once more."
    )


@transaction.atomic
def doubt_after_crash() -> None:
    """The database may have lost that the content of a claimed row began to leave."""
    if not DatabaseRun.objects.exists():
        DatabaseRun.objects.create()
        doubtful = Message.objects.filter(state=State.CLAIMED, data_started_at=None).update(data_started_at=Now())
        logger.warning("The database is new or has crashed; %s messages may have been sent", doubtful)


# Claim


def claim(wave: Wave, limit: int = CHUNK) -> list[Parcel]:
    """Take the next due messages of a wave for this worker; none when nothing is due or nothing may leave now.

    Messages that are no longer needed are cancelled, with the reason, until some are found that are.
    """
    while True:
        with transaction.atomic():
            sending = Sending.objects.lock()
            doubt_after_crash()
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
    rows = Message.objects.due(now)
    if not settings.LIVE:
        rows = rows.filter(attendee__email__in=settings.TRIAL_ADDRESSES)
    return (
        rows.filter(Message.objects.may_leave(), wave=wave)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("attendee", "wave__forum")
        .prefetch_related(Prefetch("attendee__commitments", Commitment.objects.standing().with_others()))
        .order_by("not_before", "pk")
    )


def needed(messages: list[Message], now: datetime) -> list[Message]:
    """Those still to be sent; the others are cancelled."""
    objections = Objection.objects.addresses_of({message.attendee.email for message in messages})
    people = Attendee.objects.filter(pk__in=[message.attendee_id for message in messages])
    answered = set(people.answered().values_list("pk", flat=True))
    ask_again = set(people.to_ask_again().values_list("pk", flat=True))
    wanted = []
    for message in messages:
        if message.attendee.email in objections:
            Objection.objects.record(message.attendee.email)
            message.attendee.objected_at = now
        person = message.attendee_id
        again = message.kind == Message.Kind.AGAIN
        reason = why_not(message, has_answered=person not in ask_again if again else person in answered)
        if reason:
            if message.times_unknown:
                reason += " It may have been sent once before."
            message.state, message.reason, message.settled_at = State.CANCELLED, reason, now
            message.save(update_fields=["state", "reason", "settled_at"])
        else:
            wanted.append(message)
    return wanted


def why_not(message: Message, *, has_answered: bool) -> str:
    """Why a message need or may not be sent, in words. The same rule, as one statement: Message.still_wanted."""
    if message.attendee.unreachable_because:
        return message.attendee.unreachable_because
    if message.kind == Message.Kind.SUMMARY:
        return ""
    if has_answered:
        return "They have answered."
    if message.kind != Message.Kind.AGAIN and message.attendee.ask_again_on:
        return "They have chosen another day on which to be asked."
    has_committed = bool(message.attendee.commitments.all())
    if message.kind != Message.Kind.NO_COMMITMENT and not has_committed:
        return "No commitment of theirs is left to ask about."
    if message.kind == Message.Kind.NO_COMMITMENT and has_committed:
        return "They have made a commitment since."
    return ""


def links(messages: list[Message], now: datetime) -> list[str]:
    """A fresh secret for each message: one that was mailed before cannot be read again."""
    return AnswerLink.objects.issue_many([message.attendee for message in messages], now)


def take(messages: list[Message], now: datetime) -> None:
    """Count the attempt, take the lease, and freeze what will be sent where this address was not written to before.

    All are of one wave.
    """
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=State.CLAIMED,
        attempts=F("attempts") + 1,
        fence=F("fence") + 1,
        first_tried_at=Coalesce("first_tried_at", now),
        lease_until=now + LEASE,
        data_started_at=None,
        settled_at=None,
    )
    wordings = Wording.objects.current(messages[0].wave) if messages else {}
    frozen = []
    for message in messages:
        message.attempts += 1
        message.fence += 1
        message.first_tried_at = message.first_tried_at or now
        if message.recipient != message.attendee.email:
            wording = wordings.get(emails.kind_of_letter(message) or "")
            letter = emails.of(message, list(message.attendee.commitments.all()), wording)
            message.recipient = message.attendee.email
            message.subject, message.text, message.html = letter.subject, letter.text, letter.html
            frozen.append((message.pk, message.recipient, *astuple(letter), wording.pk if wording else None))
    if frozen:
        with database.cursor() as cursor:
            cursor.execute(FREEZE, [list(column) for column in zip(*frozen, strict=True)])


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
                email = parcel.email()
                sent = hand_over(connection, email, partial(settling.start, parcel))
            except NoConnectionError as trouble:
                settling.put_off([parcel, *waiting], str(trouble))
                waiting = []
            except SenderRefusedError as trouble:
                pause(why=str(trouble))
                waiting.append(parcel)
                break
            except MailTroubleError as trouble:
                settling.settle_trouble(parcel, trouble)
            else:
                if sent:
                    settling.accept(parcel, name_at_service(email))
                    accepted += 1
                else:
                    settling.give_back(parcel, after=settling.RECHECK_AFTER)
    finally:
        try:
            for parcel in waiting:
                settling.give_back(parcel)
        finally:
            close(connection)
    return accepted


def hand_over(connection: BaseEmailBackend, email: EmailMultiAlternatives, starting: Callable[[], bool]) -> bool:
    """Through our own backends we know how far a message came. Of another's failure we only know that it failed."""
    deliver: Callable[..., bool] | None = getattr(connection, "deliver", None)
    if deliver:
        return deliver(email, starting)
    if not starting():
        return False
    try:
        connection.send_messages([email])
    except ValueError as problem:
        raise ContentRefusedError(f"It cannot be written as an email: {problem}") from problem
    except OSError as problem:
        raise OutcomeUnknownError(f"The mail route failed: {type(problem).__name__}") from problem
    return True


def name_at_service(email: EmailMultiAlternatives) -> str:
    """What a mail service called the message as it took it; nothing where a mail server did."""
    status = getattr(email, "anymail_status", None)
    return str(status.message_id or "") if status else ""


def close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("The mail server hung up before we did")


# A link by itself


def send_fresh_link(attendee_id: int) -> None:
    """A new link for somebody who asked for one. Who asked us to stop gets none."""
    attendee = Attendee.objects.filter(pk=attendee_id, objected_at=None, erased_at=None).exclude(email="").first()
    if attendee and not Objection.objects.stands_for(attendee.email):
        send_with_link(attendee, emails.fresh_link(attendee))


def send_receipt(attendee_id: int) -> None:
    """What somebody promised on the day, to those who agreed to be written to."""
    attendee = Attendee.objects.reachable().filter(pk=attendee_id).first()
    if attendee and not Objection.objects.stands_for(attendee.email):
        send_with_link(attendee, emails.receipt(attendee, list(attendee.commitments.standing().with_others())))


def send_offer(hand_over_id: int) -> None:
    """To a colleague whom somebody named for a commitment; nothing when it is no longer on offer."""
    offer = HandOver.objects.offered().filter(pk=hand_over_id).select_related("colleague__forum", "commitment").first()
    if offer and not offer.colleague.objected_at and not Objection.objects.stands_for(offer.colleague.email):
        send_with_link(offer.colleague, emails.offer(offer.colleague, [offer.commitment]))


def send_with_link(attendee: Attendee, letter: emails.Letter) -> None:
    if not settings.LIVE and attendee.email not in settings.TRIAL_ADDRESSES:
        logger.warning("On trial: no email to attendee %s, whose address is not listed", attendee.pk)
        return
    token = AnswerLink.objects.issue(attendee, database_now())
    emails.envelope(letter, to=attendee.email, token=token, message_id=emails.new_message_id()).send()
    logger.info("A link went to attendee %s", attendee.pk)


def send_trial(letter: str, attendee_id: int, user_id: int) -> None:
    """What somebody will get, to a member of staff, with a link that leads nowhere."""
    attendee = Attendee.objects.select_related("forum__wave").get(pk=attendee_id)
    to = User.objects.get(pk=user_id, is_active=True)
    wave = attendee.forum.wave
    message = Message(
        wave=wave,
        attendee=attendee,
        step=Message.Step.FIRST_REMINDER if letter == Wording.Letter.REMINDER else Message.Step.ASK,
        kind=Message.Kind.NO_COMMITMENT if letter == Wording.Letter.WITHOUT else Message.Kind.COMMITMENTS,
    )
    own = Wording.objects.current(wave).get(letter)
    written = emails.of(message, list(attendee.commitments.standing().with_others()), own)
    trial = replace(written, subject=f"Trial: {written.subject}"[:LONGEST_SUBJECT])
    message_id = emails.new_message_id()
    emails.envelope(trial, to=to.email, token="trial", message_id=message_id).send()  # noqa: S106 - nobody's secret
    logger.info("A trial of the email to attendee %s went to user %s", attendee_id, user_id)


# What staff do


def pause(*, why: str, by: User | None = None) -> None:
    """Nothing leaves, for any forum, until somebody resumes."""
    with acting(by):
        Sending.objects.load()
        Sending.objects.filter(paused_at=None).update(paused_at=Now(), paused_why=why[: settling.LONGEST_REASON])
    logger.error("Sending is paused")


def resume(*, by: User) -> None:
    with acting(by):
        Sending.objects.filter(paused_at__isnull=False).update(paused_at=None, paused_why="")


def send_again(message: Message, *, by: User) -> None:
    """Queue a message that failed, was cancelled, or may have been sent. It goes to the person's present address."""
    if message.attendee.unreachable_because:
        raise CannotSendError(message.attendee.unreachable_because)
    if message.wave.state in Wave.ENDED and message.kind not in Message.AFTER_CLOSING:
        raise CannotSendError("The follow-up has ended.")
    again = Message.objects.filter(pk=message.pk).filter(
        Q(state__in=[State.FAILED, State.CANCELLED, State.BOUNCED_SOFT, State.BOUNCED_HARD])
        | Q(pk__in=Message.objects.for_staff_to_decide())
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
