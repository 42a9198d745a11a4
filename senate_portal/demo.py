"""The whole portal on one machine with demonstration data: `make demo`, or `python -m senate_portal.demo`.

This process owns the embedded PostgreSQL, the web server, the Celery worker and its clock, and ends them when it ends.
"""

import argparse
import contextlib
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import django
from django.core.management import call_command
from django.db import connections

from senate_portal.lib import demonstration
from senate_portal.lib.child_processes import Child, ChildError, keep_running, stop_all
from senate_portal.lib.embedded_postgres import EmbeddedPostgres, ServerError

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
LOGS = VAR_DIR / "log"
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_LIMIT = 60.0  # seconds until the first page answers


class Stopped(BaseException):
    """Somebody asked this process to end."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m senate_portal.demo", description=__doc__)
    parser.add_argument(
        "--stop-with-parent", action="store_true", help="end when the process that started this one ends"
    )
    options = parser.parse_args()
    parent = os.getppid() if options.stop_with_parent else None
    for number in STOPPING_SIGNALS:
        signal.signal(number, stop)
    try:
        with contextlib.ExitStack() as stack:
            run(stack, parent)
    except (demonstration.Refused, ServerError, ChildError) as error:
        sys.exit(str(error))
    except Stopped:
        say("Everything has stopped. The data stay; make demo brings them back.")


def stop(*_: Any) -> NoReturn:
    raise Stopped


def run(stack: contextlib.ExitStack, parent: int | None) -> None:
    begun = time.monotonic()
    lock = stack.enter_context(demonstration.only_one(VAR_DIR))
    listener = stack.enter_context(demonstration.open_port(lock))
    port = listener.getsockname()[1]
    if port != demonstration.FIRST_PORT and "PORT" not in os.environ:
        say(f"Port {demonstration.FIRST_PORT} was taken, so the portal takes {port}.")
    demonstration.set_up_settings(VAR_DIR, port=port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senate_portal.settings")
    django.setup()
    for folder in (LOGS, VAR_DIR / "broker", VAR_DIR / "broker-control"):
        folder.mkdir(parents=True, exist_ok=True)

    children: list[Child] = []
    stack.callback(stop_all, children, say=say)
    stack.callback(ignore_signals)
    if not os.environ.get("DATABASE_URL"):
        say("Starting PostgreSQL ...")
        children.append(start_postgres())
    set_up_records()
    say("Starting the web server, the worker and its clock ...")
    for child in programs(listener.fileno()):
        child.start()
        children.append(child)
    wait_for_web(f"http://127.0.0.1:{port}/health/ready", children[-3])
    say(welcome(port, seconds=time.monotonic() - begun))
    keep_running(children, until=lambda: parent is not None and os.getppid() != parent, say=say)
    raise Stopped


def start_postgres() -> Child:
    server = EmbeddedPostgres(VAR_DIR)
    server.prepare()
    child = server.process(log=LOGS / "postgresql.log")
    child.start()
    try:
        server.wait_until_ready()
    except BaseException:
        stop_all([child], say=say)
        raise
    return child


def set_up_records() -> None:
    say("Bringing the database up to date ...")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    say("Loading the published record and the demonstration data ...")
    call_command("load_record")
    call_command("load_demonstration")
    connections.close_all()
    say("Collecting static files ...")
    call_command("collectstatic", interactive=False, verbosity=0)


def programs(listener: int) -> Iterator[Child]:
    """The web server takes the listening socket over, so that the port stays ours while it starts again."""
    celery = [sys.executable, "-m", "celery", "-A", "senate_portal"]
    yield Child(
        name="The web server",
        command=[
            *(sys.executable, "-m", "gunicorn", "senate_portal.wsgi", f"--bind=fd://{listener}", "--no-control-socket"),
            *("--workers=2", "--threads=4", "--preload", "--graceful-timeout=5"),
        ],
        log=LOGS / "web.log",
        folder=BASE_DIR,
        pass_fds=(listener,),
    )
    yield Child(
        name="The worker",
        command=[*celery, "worker", "--concurrency=2", "--without-mingle", "--without-gossip", "--loglevel=INFO"],
        log=LOGS / "worker.log",
        folder=BASE_DIR,
    )
    yield Child(
        name="The worker's clock",
        command=[*celery, "beat", "--loglevel=INFO"],
        log=LOGS / "beat.log",
        folder=BASE_DIR,
    )


def wait_for_web(address: str, web: Child) -> None:
    deadline = time.monotonic() + WEB_LIMIT
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            if not web.running or time.monotonic() > deadline:
                raise ChildError(f"The web server does not answer ({error}). It says:\n{web.last_words()}") from None
            time.sleep(0.1)


def welcome(port: int, *, seconds: float) -> str:
    address = f"http://localhost:{port}"
    return f"""
The Senate portal is ready after {seconds:.0f} seconds: {address}/

  {address}/initiatives/                       what was shown at the forum of 26 January 2017
  {address}/areas/                             what each area of London said
  {address}/accounts/login/                    one button to sign in as staff or as the lead of an area
  {address}/staff/                             for staff: the commitments, and the follow-up that is being sent now

People other than those in the published report are invented. Emails are files under {VAR_DIR / "outbox"}.
Logs are in {LOGS}. Ctrl-C stops everything; the data stay.
"""


def ignore_signals() -> None:
    """A second Ctrl-C must not cut the orderly end short."""
    for number in STOPPING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def say(words: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone, and what runs must still be ended in order
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
