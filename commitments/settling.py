"""One claimed message and what becomes of its row. Nobody but the holder of the row's fence writes to it."""

import logging
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, TextField
from django.db.models.functions import Now

from commitments import emails
from commitments.models import Attendee, Message, Sending
from commitments.models.waves import MessageQuerySet
from senate_portal.lib import prepared, return_paths
from senate_portal.lib.clock import database_now
from senate_portal.lib.mail_delivery import (
    AddressRefusedError,
    MailTroubleError,
    OutcomeUnknownError,
    TryLaterError,
)
from senate_portal.lib.prepared import Blank

BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60)]
JITTER = 0.2
GIVE_UP_AFTER = timedelta(hours=72)
RETRY_UNKNOWN_AFTER = timedelta(minutes=30)
RECHECK_AFTER = timedelta(minutes=1)
LONGEST_REASON = 500

State = Message.State

logger = logging.getLogger(__name__)


def claimed_row() -> MessageQuerySet:
    return Message.objects.filter(pk=Blank("pk", BigIntegerField()), fence=Blank("fence", BigIntegerField()))


# The two statements that every message needs.
START = prepared.update(
    "start_message",
    claimed_row().filter(~Exists(Sending.objects.filter(paused_at__isnull=False)), state=State.CLAIMED).still_wanted(),
    data_started_at=Now(),
)
ACCEPT = prepared.update(
    "accept_message",
    claimed_row().filter(state__in=[State.CLAIMED, State.UNKNOWN]),
    lease_until=None,
    state=State.ACCEPTED,
    reason="",
    service_id=Blank("service_id", TextField()),
    settled_at=Now(),
)


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
        return emails.envelope(
            letter,
            to=message.recipient,
            token=self.token,
            message_id=message.message_id,
            return_path=return_paths.address(message.pk, message.recipient) if settings.BOUNCE_ADDRESS else "",
        )


def start(parcel: Parcel) -> bool:
    """Commit that the content is about to leave, unless the claim was lost or something now speaks against it."""
    return START.run(pk=parcel.message.pk, fence=parcel.message.fence) == 1


def accept(parcel: Parcel, service_id: str = "") -> None:
    """The mail server has taken it; a mail service has a name of its own for it, by which it reports back."""
    rows = ACCEPT.run(pk=parcel.message.pk, fence=parcel.message.fence, service_id=service_id)
    note(parcel, State.ACCEPTED, rows)


def settle(parcel: Parcel, **changes: Any) -> None:
    """Record the outcome. A row that was claimed again meanwhile is somebody else's."""
    row = parcel.row.filter(state__in=[State.CLAIMED, State.UNKNOWN])
    note(parcel, changes["state"], row.update(lease_until=None, **changes))


def note(parcel: Parcel, state: State, rows: int) -> None:
    if rows:
        logger.info("Message %s: %s", parcel.message.pk, state)
    else:
        logger.warning("Message %s was claimed again before %s was recorded", parcel.message.pk, state)


def settle_trouble(parcel: Parcel, trouble: MailTroubleError) -> None:
    reason = str(trouble)[:LONGEST_REASON]
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
            settle(
                parcel,
                state=State.FAILED,
                settled_at=Now(),
                reason=f"Given up after three days. {reason}"[:LONGEST_REASON],
            )
            continue
        pause_for = BACK_OFF[min(message.attempts, len(BACK_OFF)) - 1]
        pause_for *= random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, keeps no secret
        settle(parcel, state=State.DEFERRED, data_started_at=None, not_before=now + pause_for, reason=reason)


def give_back(parcel: Parcel, after: timedelta = timedelta()) -> None:
    """Not tried after all: the row waits as before."""
    untouched = parcel.row.filter(state=State.CLAIMED, data_started_at=None)
    untouched.update(state=State.QUEUED, lease_until=None, attempts=F("attempts") - 1, not_before=Now() + after)
