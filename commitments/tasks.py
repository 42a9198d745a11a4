"""Rings the bell. A Celery message carries nothing but ids; what is to be sent stands in the database."""

import logging
from datetime import timedelta

from celery import shared_task
from celery.signals import beat_init, worker_ready
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from commitments import digests, follow_ups, outbox, retention
from commitments.models import Heartbeat
from senate_portal.lib import throttle

logger = logging.getLogger(__name__)


@shared_task
def send_due() -> None:
    follow_ups.prepare()
    accepted = outbox.send_due()
    logger.info("Sweep done, %s messages accepted", accepted)
    if accepted:
        nudge()  # there may be more than one sweep has time for


@shared_task
def apply_retention() -> None:
    for what, number in retention.apply(timezone.now()).items():
        logger.info("Retention: %s %s", number, what)


@shared_task
def tell_about_week() -> None:
    """Once in a week, however many beats ring."""
    if throttle.allows("week", "all", limit=1, period=timedelta(days=6)):
        digests.tell_staff()
        digests.tell_administrators(timezone.now())


@shared_task
def nudge_staff() -> None:
    """Once in a day, however many beats ring."""
    if throttle.allows("nudge", "all", limit=1, period=timedelta(hours=20)):
        digests.nudge_staff(timezone.now())


@shared_task
def sign_of_life() -> None:
    """Rung by beat and by nobody else, so that it shows both to be alive."""
    for part in Heartbeat.Part:
        Heartbeat.objects.note(part, timezone.now())


@worker_ready.connect
def note_worker(**_: object) -> None:
    note_start(Heartbeat.Part.WORKER)


@beat_init.connect
def note_beat(**_: object) -> None:
    note_start(Heartbeat.Part.BEAT)
    nudge()  # beat itself would wait a minute with its first sweep


def note_start(part: Heartbeat.Part) -> None:
    """A part that starts is alive before the first minute is over. It starts without a database too, and waits."""
    try:
        Heartbeat.objects.note(part, timezone.now())
    except DatabaseError:
        logger.warning("No database yet to note the start of %s in", part)
    finally:
        connection.close()


@shared_task(autoretry_for=(OSError,), retry_backoff=10, retry_backoff_max=300, max_retries=6)
def send_fresh_link(attendee_id: int) -> None:
    outbox.send_fresh_link(attendee_id)


@shared_task(autoretry_for=(OSError,), retry_backoff=10, retry_backoff_max=300, max_retries=6)
def send_receipt(attendee_id: int) -> None:
    outbox.send_receipt(attendee_id)


@shared_task(autoretry_for=(OSError,), retry_backoff=10, retry_backoff_max=300, max_retries=6)
def send_offer(hand_over_id: int) -> None:
    outbox.send_offer(hand_over_id)


@shared_task(autoretry_for=(OSError,), retry_backoff=10, retry_backoff_max=300, max_retries=3)
def send_trial(letter: str, attendee_id: int, user_id: int) -> None:
    outbox.send_trial(letter, attendee_id, user_id)


def nudge() -> None:
    """Wake a worker now; from a view in transaction.on_commit. Where the broker is away, the next sweep sends."""
    try:
        send_due.apply_async(retry=False)
    except (OperationalError, OSError):
        logger.warning("No broker to wake a worker; the next sweep will send")
