"""There is no container engine here, so the commands of docker-compose.yml run as they are, outside containers."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.db import connection

from tests.conftest import missing
from tests.processes import wait_for

ROOT = Path(__file__).resolve().parents[1]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OURS = ("migrate", "web", "worker", "beat")
IMAGE_COMMAND = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[1]


@pytest.fixture
def environment(database_url, redis_url, transactional_db, tmp_path):
    """What a container of ours sees, with an empty database of its own."""
    name = connection.settings_dict["NAME"]
    own = f"{name}_compose"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {own} TEMPLATE template0")
    kept = {word: os.environ[word] for word in ("LANG", "HOME") if word in os.environ}
    yield kept | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "a key",
        "OBJECTION_KEY": "another key",
        "DATABASE_URL": database_url.replace(f"/{name}", f"/{own}"),
        "REDIS_URL": redis_url,
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def command(service, port):
    """The words of a service's command, at a port of ours."""
    given = SERVICES[service].get("command")
    words = shlex.split(given) if given else yaml.safe_load(IMAGE_COMMAND)
    return [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in words]


def healthy(service, environment, port):
    kind, *words = SERVICES[service]["healthcheck"]["test"]
    words = [word.replace("$$", "$").replace(":8000", f":{port}") for word in words]
    done = subprocess.run(
        words if kind == "CMD" else ["/bin/sh", "-c", *words], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode == 0


@contextmanager
def running(service, environment, port, log):
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(service, port), env=environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.services
def test_services_start_and_become_healthy(environment, port, tmp_path):
    subprocess.run(command("migrate", port), env=environment, cwd=ROOT, check=True, capture_output=True)
    static = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(static, env=environment, cwd=ROOT, check=True)
    shown = {}
    for service in ("web", "worker", "beat"):
        with running(service, environment, port, tmp_path / "log") as process:
            wait_for(lambda service=service: healthy(service, environment, port), seconds=90)
            shown[service] = process.poll()
        assert not healthy(service, environment, port) or service == "beat"
    assert shown == {"web": None, "worker": None, "beat": None}


@pytest.mark.services
def test_web_is_not_healthy_before_migrations(environment, port, tmp_path):
    (tmp_path / "static").mkdir()
    with running("web", environment, port, tmp_path / "log"):

        def answers():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_for(answers, seconds=60)
        assert not healthy("web", environment, port)


def test_every_service_is_watched():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


def test_containers_of_ours_need_no_root():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert dockerfile.index("\nUSER portal\n") < dockerfile.index("\nCMD ")
    for name in OURS:
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert "user" not in SERVICES[name]


def test_secrets_are_asked_for_and_not_kept_in_the_file():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "OBJECTION_KEY", "DATABASE_PASSWORD"):
        assert f"${{{name}:?Set {name} to " in text
    for name in OURS:
        address = urlsplit(SERVICES[name]["environment"]["DATABASE_URL"].split(":?")[0])
        assert address.netloc.startswith("senate:${")


def test_redis_server_takes_its_command(tmp_path):
    program = shutil.which("redis-server")
    if not program:
        missing("Redis", "install redis-server")
    words = shlex.split(SERVICES["redis"]["command"])
    assert words[0] == "redis-server"
    socket_path = tmp_path / "s"
    server = subprocess.Popen(
        [program, *words[1:], "--port", "0", "--unixsocket", str(socket_path), "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(socket_path.exists)
        asked = ["redis-cli", "-s", str(socket_path), "config", "get"]
        for setting, value in (("appendonly", "yes"), ("maxmemory-policy", "noeviction")):
            found = subprocess.run([*asked, setting], capture_output=True, text=True, check=True)
            assert found.stdout.split() == [setting, value]
    finally:
        server.terminate()
        server.wait(10)
