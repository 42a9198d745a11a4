"""PostgreSQL goes away while a worker sends, at the worst instant: the mail server has a message and has yet to reply.

A server of the test's own is stopped as by `pg_ctl -m immediate`, which is a crash, or in good order as for an update.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from urllib.parse import urlencode

import psycopg2
import pytest

from senate_portal.lib.embedded_postgres import EmbeddedPostgres
from tests.celery_worker import BASE_DIR, Worker
from tests.conftest import VAR_DIR
from tests.processes import wait_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MESSAGES = 60
FALLS_AT = 20
FILL = f"""
import django
django.setup()
from commitments import follow_ups
from tests.benchmarks import crowd
crowd.forum_of({MESSAGES}, words="Ring the falls team")
follow_ups.prepare()
"""


class Database:
    """With the tables of another one."""

    def __init__(self, folder, like):
        folder.mkdir(mode=0o711)
        self.log = folder / "postgresql.log"
        self.server = EmbeddedPostgres(folder, throw_away=True)
        self.server.prepare()
        self.start()
        where = {"host": self.server.socket_folder, "passfile": self.server.home / "pgpass"}
        self.url = f"postgres://senate@/senate?{urlencode(where)}"
        tables = self.program("pg_dump", "--schema-only", "--no-owner", f"--dbname={like}")
        # psql goes on where the two are of different versions and this one lacks a refinement of the other.
        self.program("psql", "--quiet", f"--dbname={self.url}", input=tables)

    def program(self, name, *arguments, **options):
        done = subprocess.run(
            [self.server.programs / name, *arguments], capture_output=True, text=True, check=False, **options
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self):
        self.process = self.server.process(log=self.log)
        self.process.start()
        self.server.wait_until_ready()

    def crash(self):
        self.process.process.send_signal(signal.SIGQUIT)
        self.process.wait_until_stopped(seconds=20)

    def stop(self):
        self.process.ask_to_stop()
        self.process.wait_until_stopped(seconds=20)

    def run(self, statement):
        connection = psycopg2.connect(self.url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def column(self, statement):
        return [value for (value,) in self.run(statement)]


@pytest.fixture
def database(database_url, request):
    database = Database(VAR_DIR / request.node.callspec.id, database_url)
    yield database
    database.stop()


@pytest.mark.parametrize(("fall", "most_marked"), [("crash", 50), ("stop", 1)], ids=["crash", "restart"])
def test_database_that_falls_loses_nobody_and_whatever_it_doubles_was_marked(
    database, mail_server, tmp_path, fall, most_marked
):
    """In good order one message is in doubt. A crash may have lost commits, so there it is all that was claimed."""
    environment = os.environ | {"DATABASE_URL": database.url}
    subprocess.run([sys.executable, "-W", "ignore", "-c", FILL], cwd=BASE_DIR, env=environment, check=True)
    fallen = threading.Event()

    def data(recipient):
        if len(mail_server.accepted) == FALLS_AT - 1 and not fallen.is_set():
            getattr(database, fall)()
            fallen.set()

    mail_server.data = data
    worker = Worker(tmp_path, database_url=database.url, mail_port=mail_server.port).start()
    try:
        worker.ring()
        worker.wait_until(fallen.is_set, "the database to fall")
        database.start()
        in_hand = mail_server.messages[-1]["Message-ID"]

        # The same worker goes on with what it had not claimed; then the lease and the wait are over.
        worker.sweep()
        wait_for(lambda: database.column("SELECT 1 FROM commitments_message WHERE state = 'queued'") == [])
        worker.sweep()
        database.run("UPDATE commitments_message SET lease_until = now() WHERE state = 'claimed'")
        worker.sweep()
        database.run("UPDATE commitments_message SET not_before = now() WHERE state = 'unknown'")
        worker.sweep()
        wait_for(lambda: database.column("SELECT DISTINCT state FROM commitments_message") == ["accepted"])
    finally:
        worker.kill()
    copies = Counter(mail["Message-ID"] for mail in mail_server.messages)
    marked = set(database.column("SELECT message_id FROM commitments_message WHERE times_unknown = 1"))
    assert len(copies) == MESSAGES
    assert max(copies.values()) == 2
    assert {message_id for message_id, number in copies.items() if number == 2} <= marked
    assert in_hand in marked
    assert len(marked) <= most_marked
