"""What goes away, is there twice or disagrees while emails leave: Redis, beat, the worker itself, clocks of hosts."""

import shutil
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
import redis
from dateutil.relativedelta import relativedelta

from commitments.models import Message
from senate_portal.lib.clock import database_now
from stp_feedback.models import Forum
from tests.celery_worker import BASE_DIR, Worker
from tests.commitments import cast
from tests.conftest import missing
from tests.processes import wait_for

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


class Redis:
    """A server on a port of its own, which forgets everything when it ends."""

    def __init__(self, folder):
        program = shutil.which("redis-server") or missing("Redis", "install redis-server")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self.url = f"redis://127.0.0.1:{port}/0"

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        wait_for(self.answers)

    def answers(self):
        with redis.Redis.from_url(self.url) as client:
            try:
                return client.ping()
            except redis.ConnectionError:
                return False

    def kill(self):
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def own_redis(tmp_path):
    server = Redis(tmp_path)
    server.start()
    yield server
    server.kill()


@contextmanager
def beat(worker, name):
    """For the broker and the database of a worker."""
    schedule = f"--schedule={worker.folder / name}"
    with (worker.folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "senate_portal", "beat", schedule],
            cwd=BASE_DIR,
            env=worker.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
    finally:
        process.kill()
        process.wait(10)


def emails_of(people):
    return Counter(person.email for person in people)


def test_two_beats_and_a_redis_that_dies_while_emails_leave_double_and_lose_nobody(make_worker, mail_server, own_redis):
    people = cast.people(cast.forum_due(), 3)
    worker = make_worker(redis_url=own_redis.url).start(concurrency=2)
    with beat(worker, "one"), beat(worker, "another"):
        # One for each beat, and one that follows a sweep that had something to send.
        worker.wait_until(lambda: worker.log.read_text().count("Sweep done") >= 3, "the sweeps of both")
    assert Counter(mail_server.recipients) == emails_of(people)

    given_a_receipt = people[:1]
    people += cast.people(cast.forum_due(), 3)

    def redis_dies():
        mail_server.data = None
        own_redis.kill()

    # A sweep and another task are in the middle of an email.
    both = threading.Barrier(2, action=redis_dies)

    def data(recipient):
        both.wait(30)

    mail_server.data = data
    worker.ring()
    worker.ring("send_receipt", given_a_receipt[0].pk)
    worker.wait_until(lambda: len(mail_server.accepted) == 7, "the emails that were claimed to leave")
    assert Counter(mail_server.recipients) == emails_of(people + given_a_receipt)

    people += cast.people(cast.forum_due(), 3)
    own_redis.start()
    worker.sweep()
    assert Counter(mail_server.recipients) == emails_of(people + given_a_receipt)
    assert set(Message.objects.values_list("state", "attempts")) == {("accepted", 1)}


def test_worker_that_is_asked_to_end_while_it_sends_loses_and_doubles_nobody(make_worker, mail_server):
    people = cast.people(cast.forum_due(), 3)
    worker = make_worker().start()

    def data(recipient):
        mail_server.data = None
        worker.process.terminate()
        wait_for(lambda: "Warm shutdown" in worker.log.read_text())

    mail_server.data = data
    worker.ring()
    assert worker.process.wait(60) == 0
    assert Counter(mail_server.recipients) == emails_of(people)
    assert set(Message.objects.values_list("state", "attempts")) == {("accepted", 1)}


def test_hosts_whose_clocks_are_weeks_off_send_nothing_early_and_nothing_twice(make_worker, mail_server):
    people = cast.people(cast.forum_due(), 3)
    held_on = cast.today() - relativedelta(months=3) + timedelta(days=4)  # past the clamping at a month's end
    cast.people(Forum.objects.create(slug="later", title="Later", held_on=held_on), 3)
    reached, go_on = threading.Event(), threading.Event()

    def rcpt(address):
        mail_server.rcpt = None
        reached.set()
        assert go_on.wait(60)

    mail_server.rcpt = rcpt
    behind = make_worker(clock=-timedelta(days=20)).start()
    ahead = make_worker(clock=timedelta(days=20)).start()
    behind.ring()
    assert reached.wait(60)
    ahead.sweep()
    assert mail_server.accepted == []
    lease = Message.objects.first().lease_until
    assert database_now() < lease < database_now() + timedelta(minutes=20)
    go_on.set()
    behind.wait_until(lambda: not Message.objects.exclude(state="accepted").exists(), "the emails to leave")
    ahead.sweep()
    assert Counter(mail_server.recipients) == emails_of(people)
    assert Forum.objects.get(slug="later").wave.state == "planned"
