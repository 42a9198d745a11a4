"""Migrations while people use the portal: old code goes on with the new tables, and nobody waits for long."""

import http.client
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from urllib.parse import urlencode, urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, CreateModel
from django.db.migrations.loader import MigrationLoader

from commitments.models import Answer
from tests.commitments.cast import forum_due, person
from tests.factories import make_area, make_link
from tests.processes import wait_for

A_SECOND, AT_ONCE = 30, 16  # requests
LONGEST = timedelta(seconds=3)  # two of them for a lock
# Before these the portal had no users, so that nothing ran beside them.
FIRST_WITH_USERS = {"accounts": 5, "commitments": 22, "initiatives": 19, "stp_feedback": 14}


class Visitors:
    """They ask for pages by turns, and one of them answers, thirty times a second while the machine keeps up."""

    def __init__(self, site, answer):
        self.host, self.answer = urlsplit(site).netloc, answer
        self.done, self.statuses, self.turns = threading.Event(), [], count()

    def __enter__(self):
        self.threads = [threading.Thread(target=self.go_on) for _ in range(AT_ONCE)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        for thread in self.threads:
            thread.join()

    def go_on(self):
        pages = ["/", "/initiatives/", "/areas/NEL/", "/health/ready"]
        while not self.done.wait(AT_ONCE / A_SECOND):
            turn = next(self.turns) % 5
            client = http.client.HTTPConnection(self.host, timeout=60)
            if turn == 4:
                client.request("POST", *self.answer, {"Content-Type": "application/x-www-form-urlencoded"})
            else:
                client.request("GET", pages[turn])
            self.statuses.append(client.getresponse().status)
            client.close()


@contextmanager
def migrating(database_url, told):
    command = [sys.executable, "-W", "ignore", "manage.py", "migrate", "later_version"]
    environment = os.environ | {"DATABASE_URL": database_url}
    with told.open("w") as errors:
        process = subprocess.Popen(
            [*command, "--settings=tests.later_version.settings"], cwd=settings.BASE_DIR, env=environment, stderr=errors
        )
        yield process
        assert process.wait(60) == 0


def longest_wait():
    """Of whoever waits for a lock just now, by the database's own clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(clock_timestamp() - waitstart) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] or timedelta()


@pytest.fixture
def reader(database_url):
    """Somebody who reads the answers for as long as a test wants, as a long report does."""
    session = psycopg2.connect(database_url, options="-c idle_in_transaction_session_timeout=30s")
    session.cursor().execute("LOCK TABLE commitments_answer IN ACCESS SHARE MODE")
    yield session
    session.close()


@pytest.fixture
def undone(db):
    """The database as it was, for the tests that follow."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE commitments_answer DROP COLUMN IF EXISTS later")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'later_version'")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_nobody_meets_an_error_or_waits_long_while_tables_in_use_are_changed(
    live_server, database_url, reader, undone, tmp_path
):
    make_area("NEL")
    attendee = person(forum_due(), "Ring the falls team")
    commitment = attendee.commitments.get()
    answer = {f"{commitment.pk}-outcome": "done", f"{commitment.pk}-seen": "", "save": "all"}
    waits, told = [], tmp_path / "told"
    with Visitors(live_server.url, (f"/answer/{make_link(attendee)}/", urlencode(answer))) as visitors:
        with migrating(database_url, told) as command:
            while command.poll() is None:
                waits.append(longest_wait())
                if told.read_text():
                    reader.rollback()
                time.sleep(0.05)
        before = len(visitors.statuses)
        wait_for(lambda: len(visitors.statuses) >= before + A_SECOND)

    assert told.read_text() == "A table is in use. Trying again in 1 s.\n"
    assert before > A_SECOND
    assert set(visitors.statuses) == {200, 302}
    assert timedelta(seconds=1) < max(waits) < LONGEST
    assert Answer.objects.get().outcome == "done"


def changes_of_tables_in_use():
    """App, name and operation of what the migrations with users do to tables that were there before them."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if int(name[:4]) >= FIRST_WITH_USERS.get(app, 10_000):
            new = {operation.name_lower for operation in migration.operations if isinstance(operation, CreateModel)}
            for operation in migration.operations:
                if getattr(operation, "model_name_lower", "") not in new:
                    yield app, name, operation


def can_be_left_out(field):
    return field.null or field.many_to_many or field.generated or field.db_default is not models.NOT_PROVIDED


def test_code_of_before_can_leave_out_each_new_column_and_writes_while_indexes_are_made():
    changes = list(changes_of_tables_in_use())
    needed = [one for one in changes if isinstance(one[2], AddField) and not can_be_left_out(one[2].field)]
    locking = [one for one in changes if isinstance(one[2], AddIndex) and not isinstance(one[2], AddIndexConcurrently)]

    assert needed == []
    assert locking == []
