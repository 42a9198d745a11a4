"""What the benchmark of sending compares, each in a process of its own: `python -m tests.benchmarks.senders NAME`.

Each sends as many messages as it is told and prints its seconds, without its start, and its memory.
"""

import json
import os
import smtplib
import sys
import time
from email.message import EmailMessage
from pathlib import Path

TEXT_SIZE, HTML_SIZE = 2000, 6000


def main(name, number):
    sender = {"bytes": loop_of_ready_bytes, "loop": loop_that_builds, "outbox": outbox}[name]()
    next(sender)
    memory, begun, worked = peak(), time.perf_counter(), time.process_time()
    sender.send(int(number))
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak(), "growth": peak() - memory}))


def peak():
    """Megabytes of memory held at most."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def letter(number):
    message = EmailMessage()
    message["Subject"] = "What became of your commitments?"
    message["From"], message["To"] = "senate@example.org", f"person-{number}@example.org"
    message["Message-ID"] = f"<loop.{number}@example.org>"
    message.set_content("Ring the falls team every week.\n" * (TEXT_SIZE // 32))
    message.add_alternative("<p>Ring the falls team every week.</p>\n" * (HTML_SIZE // 39), subtype="html")
    return message


def loop_that_builds():
    """smtplib's send_message over one connection, each message built as it is sent."""
    number = yield
    with smtplib.SMTP("127.0.0.1", int(os.environ["SINK_PORT"])) as server:
        for one in range(number):
            server.send_message(letter(one))
        yield number


def loop_of_ready_bytes():
    """smtplib's sendmail over one connection with one text built before: nothing can be quicker."""
    ready = letter(0).as_bytes()
    number = yield
    with smtplib.SMTP("127.0.0.1", int(os.environ["SINK_PORT"])) as server:
        for _ in range(number):
            server.sendmail("senate@example.org", "person-0@example.org", ready)
        yield number


def outbox():
    """Sweep after sweep of the portal's own outbox, until all that is due has left."""
    import django

    django.setup()
    from django.urls import reverse

    from commitments import outbox

    reverse("privacy")  # which loads all addresses

    yield
    sent = 0
    while swept := outbox.send_due():
        sent += swept
    yield sent


if __name__ == "__main__":
    main(*sys.argv[1:])
