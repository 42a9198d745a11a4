"""The demonstration as a whole: started for real, parts of it killed, started again."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psycopg2
import pytest

from senate_portal.lib import local_services
from tests.processes import alive, wait_for

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "OBJECTION_KEY", "PORT", "DJANGO_SETTINGS_MODULE")

pytestmark = pytest.mark.services


class Demonstration:
    def __init__(self, var_dir, **settings):
        kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
        self.var_dir = var_dir
        self.environment = kept | {"VAR_DIR": str(var_dir), "PYTHONUNBUFFERED": "1"} | settings
        self.said = var_dir.with_suffix(".said")
        self.process = None

    def start(self, *options):
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "senate_portal.demo", *options],
                cwd=ROOT,
                env=self.environment,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        return self

    def words(self):
        return self.said.read_text()

    def wait_until_ready(self):
        wait_for(lambda: "is ready" in self.words() or self.process.poll() is not None, seconds=120)
        assert self.process.poll() is None, self.words()
        return self

    @property
    def port(self):
        return json.loads((self.var_dir / "demonstration.lock").read_text())["port"]

    def get(self, path):
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=30) as response:
            return response.status, response.read().decode()

    def ask(self, statement):
        found = local_services.database(self.var_dir)
        connection = psycopg2.connect(host=found["HOST"], user=found["USER"], dbname=found["NAME"], **found["OPTIONS"])
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            connection.close()

    def children(self):
        """Process ids by what the command line names: postgres, gunicorn, worker, beat."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        names = ("postgres", "gunicorn", "worker", "beat")
        found = {}
        for process in listed:
            words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
            found |= {name: int(process) for name in names if any(Path(word).name == name for word in words)}
        return found

    def family(self):
        """Every process that belongs to this demonstration, grandchildren too."""
        marker = f"VAR_DIR={self.var_dir}".encode()
        data = os.fsencode(local_services.postgres_home(self.var_dir) / "data")
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                ours = marker in (folder / "environ").read_bytes().split(b"\0")
                ours = ours or data in (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if ours and alive(folder.name):
                found.add(int(folder.name))
        return found

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def kill(self):
        """The quick end: an orderly one takes the worker some seconds."""
        for process in self.family():
            os.kill(process, signal.SIGKILL)
        if self.process:
            self.process.wait()
        wait_for(lambda: not self.family(), seconds=60)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder for one demonstration, used by the tests of this file in turn, since the first start takes a while."""
    place = tmp_path_factory.mktemp("clone") / "var"
    yield place
    shutil.rmtree(local_services.postgres_home(place), ignore_errors=True)


@pytest.fixture
def demo(place):
    demo = Demonstration(place)
    yield demo
    demo.kill()


def test_demonstration_serves_the_record_and_sends_what_is_due(demo):
    demo.start().wait_until_ready()
    assert demo.get("/health/ready") == (200, "ready\n")
    status, home = demo.get("/")
    assert status == 200
    assert "Demonstration: invented people" in home
    stylesheet = re.search(r'href="(/static/css/portal\.[0-9a-f]{12}\.css)"', home)[1]
    assert demo.get(stylesheet)[0] == 200
    assert demo.ask("SELECT count(*) FROM stp_feedback_forum WHERE slug = 'out-of-hospital-care-2017'") == 1
    wait_for(lambda: len(list((demo.var_dir / "outbox").glob("*.eml"))) == 45, seconds=150)
    assert (demo.var_dir / "demonstration.env").stat().st_mode & 0o777 == 0o600
    demo.stop()
    assert demo.process.returncode == 0
    assert demo.words().endswith("Everything has stopped. The data stay; make demo brings them back.\n")


def test_second_start_keeps_data_and_keys(demo):
    keys = (demo.var_dir / "demonstration.env").read_text().splitlines()[:2]
    demo.start().wait_until_ready()
    demo.ask("UPDATE initiatives_theme SET name = 'Kept' WHERE id = (SELECT min(id) FROM initiatives_theme)")
    demo.stop()
    assert not demo.family()
    demo.start().wait_until_ready()
    assert demo.ask("SELECT count(*) FROM initiatives_theme WHERE name = 'Kept'") == 1
    assert (demo.var_dir / "demonstration.env").read_text().splitlines()[:2] == keys


def test_second_terminal_uses_the_same_settings(demo):
    demo.start().wait_until_ready()
    code = "from django.conf import settings as s; print(s.DEMONSTRATION, s.SITE_URL)"
    found = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code],
        cwd=ROOT,
        env=demo.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == f"True http://localhost:{demo.port}\n"


def test_demonstration_already_running_is_said(demo, place):
    demo.start().wait_until_ready()
    second = subprocess.run(
        [sys.executable, "-m", "senate_portal.demo"],
        cwd=ROOT,
        env=demo.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert second.stderr == (
        f"The demonstration of this clone already runs at http://localhost:{demo.port}/ "
        f"(process {demo.process.pid}). Stop that one first, or use it.\n"
    )
    assert demo.get("/health/live") == (200, "ok\n")


def test_every_killed_part_is_started_again(demo):
    demo.start().wait_until_ready()
    before = demo.children()
    assert sorted(before) == ["beat", "gunicorn", "postgres", "worker"]
    for process in before.values():
        os.kill(process, signal.SIGKILL)

    def all_new():
        after = demo.children()
        return sorted(after) == sorted(before) and not set(after.values()) & set(before.values())

    wait_for(all_new, seconds=60)

    def ready():
        try:
            return demo.get("/health/ready") == (200, "ready\n")
        except OSError:
            return False

    wait_for(ready, seconds=60)
    assert demo.ask("SELECT count(*) > 0 FROM initiatives_initiative") is True


def test_killed_supervisor_takes_everything_along_and_blocks_nothing(demo):
    demo.start().wait_until_ready()
    port = demo.port
    demo.process.kill()
    demo.process.wait()
    demo.start().wait_until_ready()
    assert demo.port == port
    assert len(demo.children()) == 4


def test_everything_killed_at_once_blocks_nothing(demo):
    demo.start().wait_until_ready()
    for process in demo.family():
        os.kill(process, signal.SIGKILL)
    demo.process.wait()
    demo.start().wait_until_ready()
    assert demo.ask("SELECT count(*) > 0 FROM initiatives_initiative") is True


def test_signal_while_it_starts_stops_everything(demo):
    demo.start()
    wait_for(lambda: "Bringing the database up to date" in demo.words(), seconds=60)
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(60) == 0
    wait_for(lambda: not demo.family())


def test_demonstration_ends_with_the_make_that_started_it(demo):
    code = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-m", "senate_portal.demo", "--stop-with-parent"]).pid, flush=True)
time.sleep(120)
"""
    with demo.said.open("wb") as said:
        demo.process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=demo.environment, stdout=said)
    demo.wait_until_ready()
    demo.process.kill()
    demo.process.wait()
    wait_for(lambda: not demo.family(), seconds=60)


def test_two_clones_run_side_by_side(demo, tmp_path):
    other = Demonstration(tmp_path / "var")
    try:
        demo.start()
        other.start()
        demo.wait_until_ready()
        other.wait_until_ready()
        assert demo.port != other.port
        other.ask("DELETE FROM initiatives_link")
        assert demo.ask("SELECT count(*) > 0 FROM initiatives_link") is True
    finally:
        other.kill()
        shutil.rmtree(local_services.postgres_home(other.var_dir), ignore_errors=True)


def test_taken_port_that_was_asked_for_is_refused(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Demonstration(tmp_path / "var", PORT=str(port)).start()
        assert demo.process.wait(60) == 1
    assert demo.words() == f"Port {port} is taken by another program. Give another one: make demo PORT={port + 1}\n"


def test_database_that_is_given_is_used_and_none_is_embedded(database_url, transactional_db, tmp_path):
    from django.db import connection

    name = f"{connection.settings_dict['NAME']}_demo"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    given = database_url.replace(f"/{connection.settings_dict['NAME']}", f"/{name}")
    demo = Demonstration(tmp_path / "var", DATABASE_URL=given)
    try:
        demo.start().wait_until_ready()
        assert sorted(demo.children()) == ["beat", "gunicorn", "worker"]
        assert not local_services.postgres_home(demo.var_dir).exists()
        assert demo.get("/health/ready") == (200, "ready\n")
    finally:
        demo.kill()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
