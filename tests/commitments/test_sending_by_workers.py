"""The whole way: a real worker process woken by a real broker, PostgreSQL, a mail server, and kill -9."""

import os
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest
import redis
from django.db import connection, transaction
from django.utils import timezone

from commitments.models import Message, Wave
from tests.celery_worker import BASE_DIR, Worker
from tests.commitments import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


@pytest.fixture
def make_worker(tmp_path, database_url, mail_server):
    workers = []

    def make(**options):
        folder = tmp_path / f"worker-{len(workers)}"
        folder.mkdir()
        workers.append(Worker(folder, database_url=database_url, mail_port=mail_server.port, **options))
        return workers[-1]

    yield make
    for worker in workers:
        worker.kill()


def a_hundred_people():
    """45 of them made 92 commitments."""
    forum = cast.forum_due()
    asked = [cast.person(forum, "First thing", "Second thing") for _ in range(43)]
    asked += [cast.person(forum, "One", "Two", "Three") for _ in range(2)]
    cast.people_without_commitment(forum, 55)
    return asked


def lease_runs_out():
    assert Message.objects.filter(state="claimed").update(lease_until=timezone.now())


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("broker", ["redis", "files"])
def test_forty_five_of_a_hundred_people_get_one_email_each(request, make_worker, mail_server, broker):
    asked = a_hundred_people()
    options = {}
    if broker == "redis":
        options["redis_url"] = request.getfixturevalue("redis_url")
        with redis.Redis.from_url(options["redis_url"]) as client:
            client.flushdb()
    worker = make_worker(**options).start(concurrency=2)

    sweeps = [worker.ring() for _ in range(3)]  # for two processes: some sweeps run side by side
    worker.wait_until(lambda: all(map(worker.has_done, sweeps)), "three sweeps")

    assert Counter(mail_server.recipients) == Counter(person.email for person in asked)
    quoted = 0
    for person in asked:
        (mail,) = (mail for recipient, mail in mail_server.accepted if recipient == person.email)
        words = [
            f"{number}. {text}" for number, text in enumerate(person.commitments.values_list("text", flat=True), 1)
        ]
        assert [line for line in text_of(mail).splitlines() if line[:1].isdigit()] == words
        assert mail["Message-ID"] == person.messages.get().message_id
        quoted += len(words)
    assert quoted == 92
    assert set(Message.objects.values_list("state", flat=True)) == {"accepted"}
    assert "@" not in worker.log.read_text().split(" ready.")[1].replace("@" + os.uname().nodename, "")
    assert "/answer/" not in worker.log.read_text()


def test_kill_before_the_content_left_loses_and_doubles_nobody(make_worker, mail_server):
    forum = cast.forum_due()
    people = cast.people(forum, 3)
    reached, never = threading.Event(), threading.Event()

    def rcpt(address):
        reached.set()
        never.wait(20)

    mail_server.rcpt = rcpt
    worker = make_worker().start()
    worker.ring()
    assert reached.wait(20)
    worker.kill()
    mail_server.rcpt = None
    never.set()

    assert Counter(Message.objects.values_list("state", flat=True)) == {"claimed": 3}
    worker = make_worker().start()
    worker.sweep()
    assert mail_server.accepted == []
    lease_runs_out()
    worker.sweep()
    assert sorted(mail_server.recipients) == sorted(person.email for person in people)
    assert set(Message.objects.values_list("state", "attempts")) == {("accepted", 2)}


def test_kill_between_250_and_commit_is_unknown_and_doubles_that_one_at_most(make_worker, mail_server):
    forum = cast.forum_due()
    people = cast.people(forum, 3)
    killed, row_is_locked, answered = threading.Event(), threading.Event(), threading.Event()

    def lock_the_row(recipient):
        """Holds the row, so that the worker hears 250 and then waits for it with its UPDATE until it is killed."""
        try:
            with transaction.atomic():
                Message.objects.select_for_update().get(recipient=recipient)
                row_is_locked.set()
                killed.wait(30)
        finally:
            connection.close()

    def data(recipient):
        mail_server.data = None
        threading.Thread(target=lock_the_row, args=[recipient]).start()
        row_is_locked.wait(20)
        answered.set()

    mail_server.data = data
    worker = make_worker().start()
    worker.ring()
    assert answered.wait(20)
    worker.wait_until(waiting_for_a_row, "the worker to record the 250")
    worker.kill()
    end_what_waits_for_a_row()
    killed.set()

    assert len(mail_server.accepted) == 1
    (first,) = mail_server.recipients
    assert Message.objects.get(recipient=first).data_started_at is not None
    lease_runs_out()
    worker = make_worker().start()
    worker.sweep()
    states = dict(Message.objects.values_list("recipient", "state"))
    assert Counter(states.values()) == {"unknown": 1, "accepted": 2}
    assert states[first] == "unknown"
    assert Message.objects.get(recipient=first).reason == (
        "Sending was broken off before the mail server's reply was recorded."
    )
    worker.sweep()
    assert len(mail_server.accepted) == 3

    # Half an hour later it is tried once more, under the same Message-ID.
    waiting = Message.objects.get(recipient=first)
    assert waiting.not_before - waiting.data_started_at == timedelta(minutes=30)
    Message.objects.filter(pk=waiting.pk).update(not_before=timezone.now())
    worker.sweep()
    worker.sweep()
    assert Counter(mail_server.recipients) == Counter([person.email for person in people] + [first])
    assert {mail["Message-ID"] for recipient, mail in mail_server.accepted if recipient == first} == {
        waiting.message_id
    }


def waiting_for_a_row():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def end_what_waits_for_a_row():
    """The killed worker's last statement had reached PostgreSQL, which would still carry it out."""
    (pid,) = waiting_for_a_row()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_bell_lost_with_the_broker_loses_no_message(make_worker, mail_server, redis_url):
    cast.people(cast.forum_due(), 3)
    worker = make_worker(redis_url=redis_url)
    worker.ring()
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    worker.start()
    assert mail_server.accepted == []
    worker.sweep()
    assert len(mail_server.accepted) == 3


def test_page_goes_on_when_no_broker_can_be_rung(database_url, tmp_path):
    """In a process of its own, since a Celery application takes up its broker once."""
    program = """
import time, django
django.setup()
from commitments import tasks
begun = time.monotonic()
tasks.nudge()
print("the page went on", "at once" if time.monotonic() - begun < 4 else "late")
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=BASE_DIR,
        env=os.environ | {"REDIS_URL": "redis://127.0.0.1:1/0", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert ended.stdout == "the page went on at once\n"
    assert "No broker to wake a worker; the next sweep will send" in ended.stderr


def test_failing_mail_server_leaves_messages_due_with_the_reason(make_worker, mail_server):
    cast.people(cast.forum_due(), 2)
    mail_server.mail = "451 4.3.0 Out of order"
    worker = make_worker().start()
    worker.sweep()
    assert set(Message.objects.values_list("state", "reason")) == {
        ("deferred", "The mail server refused the sender's address: 451 4.3.0 Out of order")
    }
    assert Wave.objects.get().state == "open"
    mail_server.mail = None
    Message.objects.update(not_before=timezone.now())
    worker.sweep()
    assert len(mail_server.accepted) == 2
