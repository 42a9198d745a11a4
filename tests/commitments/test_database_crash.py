"""PostgreSQL falls while a worker sends: a server of the test's own is stopped as `pg_ctl -m immediate` does."""

import os
import signal
import subprocess
import sys
from collections import Counter
from urllib.parse import urlencode

import psycopg2
import pytest

from senate_portal.lib.embedded_postgres import EmbeddedPostgres
from tests import mail_sink
from tests.celery_worker import BASE_DIR, Worker
from tests.conftest import VAR_DIR
from tests.processes import wait_for

pytestmark = pytest.mark.services

MESSAGES = 200
FILL = f"""
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from commitments import follow_ups
from tests.benchmarks import crowd
crowd.forum_of({MESSAGES}, words="Ring the falls team")
follow_ups.prepare()
"""


class Database:
    def __init__(self, folder):
        folder.mkdir(mode=0o711)
        self.log = folder / "postgresql.log"
        self.server = EmbeddedPostgres(folder, throw_away=True)
        self.server.prepare()
        self.start()
        where = {"host": self.server.socket_folder, "passfile": self.server.home / "pgpass"}
        self.url = f"postgres://senate@/senate?{urlencode(where)}"

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
        with psycopg2.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def database():
    database = Database(VAR_DIR / "crash")
    yield database
    database.stop()


def test_crash_of_the_database_loses_nobody_and_whatever_it_doubles_was_marked(database, tmp_path):
    environment = os.environ | {"DATABASE_URL": database.url}
    subprocess.run([sys.executable, "-W", "ignore", "-c", FILL], cwd=BASE_DIR, env=environment, check=True)
    copies = Counter()
    with mail_sink.running() as sink:
        worker = Worker(tmp_path, database_url=database.url, mail_port=sink.port).start()
        try:
            worker.ring()
            while sum(copies.values()) < MESSAGES / 10:
                copies.update(sink.taken())
            database.crash()
            copies.update(sink.taken())
            assert len(copies) < MESSAGES
            database.start()

            # The same worker goes on with what it had not claimed; then the lease and the wait are over.
            unsettled = "SELECT count(*) FROM commitments_message WHERE state <> 'accepted'"
            wait_for(lambda: worker.ring() and database.run("SELECT 1 FROM commitments_databaserun"))
            wait_for(lambda: database.run("SELECT count(*) FROM commitments_message WHERE state = 'queued'") == [(0,)])
            wait_for(lambda: database.run("SELECT now() - max(settled_at) > '2 s' FROM commitments_message")[0][0])
            database.run("UPDATE commitments_message SET lease_until = now() WHERE state = 'claimed'")
            worker.sweep()
            database.run("UPDATE commitments_message SET not_before = now() WHERE state = 'unknown'")
            worker.sweep()
            wait_for(lambda: database.run(unsettled) == [(0,)])
        finally:
            worker.kill()
        copies.update(sink.taken())
    assert len(copies) == MESSAGES
    assert max(copies.values()) <= 2
    marked = database.run("SELECT message_id FROM commitments_message WHERE times_unknown = 1")
    assert {message_id for message_id, number in copies.items() if number == 2} <= {one for (one,) in marked}
    assert 0 < len(marked) <= 50  # what one claim takes
