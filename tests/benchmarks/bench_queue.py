"""Planning and claiming when there is much of everything."""

import time
import tracemalloc

import pytest
from django.db import connection, transaction

from commitments import follow_ups, outbox
from commitments.models import Message
from senate_portal.lib.clock import database_now
from tests.benchmarks import crowd

pytestmark = pytest.mark.django_db(transaction=True)


def test_planning(capsys):
    seconds, peak = {}, {}
    for number in (2_000, 20_000):
        crowd.forum_of(number, words="Ring the falls team")
        begun = time.perf_counter()
        follow_ups.prepare()
        seconds[number] = time.perf_counter() - begun
        crowd.forum_of(number, words="Ring the falls team")
        tracemalloc.start()
        follow_ups.prepare()
        peak[number] = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
    assert Message.objects.count() == 44_000
    with capsys.disabled():
        print("\n\nPlanning a wave (the goal is 5 s for 10,000 people, and constant memory)\n")
        for number in seconds:
            rate = seconds[number] / number * 10_000
            print(f"{number:8,} people{rate:8.2f} s for 10,000{peak[number]:8.1f} MB at most")


def test_claiming(settings, capsys):
    settings.MESSAGES_PER_MINUTE, settings.SEND_WINDOW = 100_000, None
    milliseconds, plans = {}, {}
    for number in (2_000, 200_000):
        wave = crowd.queue_by_sql(number)
        now = database_now()
        with transaction.atomic(), connection.cursor() as cursor:
            sql, parameters = outbox.due(wave, now)[: outbox.CHUNK].query.sql_with_params()
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {sql}", parameters)
            plans[number] = [line for (line,) in cursor.fetchall()]
        outbox.claim(wave)  # whose statements are then built and planned
        begun = time.perf_counter()
        for _ in range(3):
            assert len(outbox.claim(wave)) == outbox.CHUNK
        milliseconds[number] = (time.perf_counter() - begun) / 3 / outbox.CHUNK * 1000
    with capsys.disabled():
        print("\n\nClaiming, one in ten of the queued rows being due\n")
        for number, taken in milliseconds.items():
            print(f"{number:8,} rows queued{taken:8.2f} ms a message")
        print("\nHow PostgreSQL finds due rows among 200,000:\n")
        print("\n".join(f"  {line}" for line in plans[200_000] if "Scan" in line or "Cond" in line))
