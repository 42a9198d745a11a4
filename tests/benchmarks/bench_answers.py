"""Ten thousand people answer within five minutes, over HTTP, while their wave is being sent."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from queue import Empty, Queue
from urllib.parse import urlencode

import pytest

from commitments import follow_ups
from commitments.models import Answer, AnswerLink, Attendee, Commitment
from senate_portal.lib.clock import database_now
from tests import mail_sink
from tests.benchmarks import crowd
from tests.celery_worker import Worker
from tests.processes import wait_for

PEOPLE, ANSWERS, CLIENTS, SECONDS = 20_000, 10_000, 8, 300
GUNICORN = ["-m", "gunicorn", "senate_portal.wsgi", "--workers", "2", "--threads", "8", "--no-control-socket"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(database_url):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": database_url, "ALLOWED_HOSTS": "127.0.0.1"}
    quiet = {"env": environment, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], check=True, **quiet)
    server = subprocess.Popen(
        [sys.executable, *GUNICORN, "--bind", f"127.0.0.1:{port}", "--log-level", "critical"],
        **quiet,
    )
    wait_for(lambda: is_up(port))
    yield port
    server.terminate()
    server.wait(30)


@pytest.fixture
def worker(tmp_path, database_url):
    with mail_sink.running() as sink:
        started = Worker(tmp_path, database_url=database_url, mail_port=sink.port).start()
        yield started, sink
        started.kill()


def is_up(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers_to_give():
    """Each as the address of somebody's page and what they send."""
    forum = crowd.forum_of(PEOPLE, words="Ring the falls team")
    follow_ups.prepare()
    people = list(Attendee.objects.filter(forum=forum).order_by("pk")[:ANSWERS])
    tokens = AnswerLink.objects.issue_many(people, database_now())
    first = dict(Commitment.objects.filter(position=1).values_list("attendee", "pk"))
    waiting = Queue()
    for person, token in zip(people, tokens, strict=True):
        name = str(first[person.pk])
        body = {f"{name}-outcome": "done", f"{name}-seen": "", "save": "all"}
        waiting.put((f"/answer/{token}/", urlencode(body)))
    return waiting


def answer_all(port, waiting, taken, wrong):
    """One client: its requests one after the other, over one connection as long as that lasts."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    while True:
        try:
            address, body = waiting.get_nowait()
        except Empty:
            client.close()
            return
        begun = time.perf_counter()
        try:
            client.request("POST", address, body, headers)
            answer = client.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException) as problem:
            client.close()
            status = type(problem).__name__
        taken.append(time.perf_counter() - begun)
        if status != http.HTTPStatus.FOUND:  # to the page that says thanks
            wrong.append(status)


def test_answering_while_a_wave_is_sent(port, worker, capsys):
    sender, sink = worker
    waiting, taken, wrong = answers_to_give(), [], []
    clients = [threading.Thread(target=answer_all, args=(port, waiting, taken, wrong)) for _ in range(CLIENTS)]
    sender.ring()  # and it rings itself as long as there is something to send
    begun = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds = time.perf_counter() - begun
    sent = len(sink.taken())

    assert Answer.objects.count() == ANSWERS
    with capsys.disabled():
        print(f"\n\n{ANSWERS:,} answers while a wave is sent (the goal is {SECONDS} s, and no error)\n")
        taken.sort()
        print(f"{seconds:.0f} s, {len(wrong)} errors, half took {taken[ANSWERS // 2] * 1000:.0f} ms,", end=" ")
        print(f"99 of 100 took {taken[ANSWERS * 99 // 100] * 1000:.0f} ms; {sent:,} emails left meanwhile")
    assert wrong == []
