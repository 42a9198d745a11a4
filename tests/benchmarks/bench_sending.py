"""Sending, against loops over smtplib that keep no promise at all."""

import json
import os
import subprocess
import sys
from statistics import median

import pytest

from commitments import follow_ups
from commitments.models import Message
from tests import mail_sink
from tests.benchmarks import crowd

ROUNDS, MESSAGES = 4, 500
SENDERS = {"bytes": "loop, ready-made bytes", "loop": "loop that builds each message", "outbox": "our outbox"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def send(database_url):
    with mail_sink.running() as sink:
        environment = os.environ | {
            "DATABASE_URL": database_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "SINK_PORT": str(sink.port),
            "MESSAGES_PER_MINUTE": "100000",
            "SEND_WINDOW": "always",
        }

        def run(name, number):
            command = [sys.executable, "-m", "tests.benchmarks.senders", name, str(number)]
            quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
            ended = subprocess.run(command, env=environment, check=True, **quiet)
            assert len(sink.taken()) == number
            return json.loads(ended.stdout)

        yield run


def test_sending(send, capsys):
    figures = {name: [] for name in SENDERS}
    for _ in range(ROUNDS):
        crowd.forum_of(MESSAGES)
        follow_ups.prepare()
        for name in SENDERS:
            figures[name].append(send(name, MESSAGES))
    rate, work, memory, growth = (
        {name: median(measure(one) for one in figures[name]) for name in SENDERS}
        for measure in (
            lambda one: MESSAGES / one["seconds"],
            lambda one: one["cpu"] / MESSAGES * 1000,
            lambda one: one["megabytes"],
            lambda one: one["growth"],
        )
    )
    one = Message.objects.first()
    with capsys.disabled():
        print(f"\n\nSending: {ROUNDS} rounds in turn of {MESSAGES} messages, one process, one connection.")
        print(f"Ours hold {len(one.text)} signs of text and {len(one.html)} of HTML.\n")
        print(f"{'':30}{'a second':>10}{'ratio':>8}{'CPU each':>11}{'memory':>10}{'while sending':>16}")
        for name, what in SENDERS.items():
            speed = f"{rate[name]:10.0f}{rate[name] / rate['loop']:8.2f}{work[name]:8.2f} ms"
            print(f"{what:30}{speed}{memory[name]:7.0f} MB{growth[name]:+13.1f} MB")
