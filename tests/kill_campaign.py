"""Kills a real worker again and again, at instants drawn from a seed, while it sends; then counts what arrived.

Most kills take the process of the worker that sends, which the worker then replaces; one in ten takes the whole worker.
"""

import random
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from commitments.models import Message
from tests.celery_worker import NAME, Worker
from tests.processes import wait_for

QUICK = {"MESSAGES_PER_MINUTE": "100000"}
WHOLE_WORKER = 0.1  # of the kills
LONGEST_WAIT = 0.02  # seconds between the last email that is let through and the kill: some messages' time
LIMIT = 600  # seconds for the whole of a campaign's end


@dataclass(frozen=True)
class Outcome:
    messages: int
    kills: int
    lost: int
    doubled: int
    most_copies: int
    unknown: int  # kills after which a row had to be marked "may have been sent"

    def __str__(self):
        return (
            f"{self.messages:6} messages {self.kills:4} kills {self.lost:4} lost {self.doubled:4} doubled "
            f"(at most {self.most_copies} copies) {self.unknown:4} unknown"
        )


def run(folder, *, seed, kills, database_url, sink):
    """For an open wave whose messages are all due. Each kill is a SIGKILL."""
    chance = random.Random(seed)
    messages = Message.objects.count()
    most_a_life = 1.2 * messages / kills  # so that some are left for the last kill
    done = 0
    with working(folder, database_url, sink) as worker:
        while done < kills and due():
            enough = accepted() + chance.uniform(0, most_a_life)
            worker.ring()
            worker.wait_until(lambda enough=enough: accepted() >= enough or not due(), "emails to leave", every=0.002)
            time.sleep(chance.uniform(0, LONGEST_WAIT))
            if chance.random() < WHOLE_WORKER:
                worker.kill()
                worker.start()
            else:
                worker.kill_sender()
            done += 1
            leases_run_out()
        deadline = time.monotonic() + LIMIT
        while unsent():
            assert time.monotonic() < deadline, "the campaign does not end"
            worker.sweep()
            waits_end()
    copies = Counter(sink.taken())
    return Outcome(
        messages=messages,
        kills=done,
        lost=messages - len(copies),
        doubled=sum(number - 1 for number in copies.values()),
        most_copies=max(copies.values()),
        unknown=Message.objects.filter(times_unknown__gt=0).count(),
    )


@contextmanager
def working(folder, database_url, sink):
    """A worker that is killed at the end."""
    worker = Worker(folder, database_url=database_url, mail_port=sink.port)
    worker.environment |= QUICK
    try:
        yield worker.start()
    finally:
        worker.kill()


def accepted():
    return Message.objects.filter(state="accepted").count()


def due():
    """Whether a worker has anything to do now: what is unknown waits for half an hour."""
    return Message.objects.filter(state__in=["queued", "claimed"]).exists()


def unsent():
    return Message.objects.exclude(state="accepted").exists()


def leases_run_out():
    """As if the lease of the dead worker were over, once the last statement that it sent has been carried out."""
    wait_for(lambda: not sessions_of_workers())
    Message.objects.filter(state="claimed").update(lease_until=timezone.now())


def sessions_of_workers():
    with connection.cursor() as cursor:
        theirs = "datname = current_database() AND application_name = %s"
        cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {theirs}", [NAME])
        return cursor.fetchone()[0]


def waits_end():
    """As if the half hour before the one more try were over."""
    Message.objects.filter(state__in=["unknown", "queued"]).update(not_before=timezone.now())
