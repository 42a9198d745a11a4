"""An odd value stops every kind of process with its sentence and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "senate_portal.wsgi", "--bind=127.0.0.1:0", "--no-control-socket"],
        ["-m", "celery", "-A", "senate_portal", "worker"],
        ["-m", "celery", "-A", "senate_portal", "beat"],
        ["-m", "senate_portal.demo"],
    ],
    ids=" ".join,
)
def test_wrong_value_stops_the_start_with_a_sentence(command, tmp_path):
    environment = os.environ | {"VAR_DIR": str(tmp_path), "SEND_WINDOW": "sometimes"}
    found = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert found.returncode != 0
    assert "SEND_WINDOW is 'sometimes'. Set it to hours such as 09:00-16:00, or to always." in found.stderr
    assert "Traceback" not in found.stderr + found.stdout


def test_missing_key_is_asked_for(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    found = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.stderr == "SECRET_KEY is not set. Set it to a long random text that only this site knows.\n"


def test_command_without_a_server_says_what_to_run(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    found = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"],
        cwd=ROOT,
        env=environment | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 1
    assert "Run `make demo` first, or set DATABASE_URL." in found.stderr
    assert "Traceback" not in found.stderr


def test_real_site_takes_no_setting_of_a_demonstration_and_is_on_trial(tmp_path):
    (tmp_path / "demonstration.env").write_text("SECRET_KEY=a\nOBJECTION_KEY=b\nDEMONSTRATION=yes\n")
    code = "from django.conf import settings; print(settings.DEMONSTRATION, settings.LIVE)"
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code]
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_KEY")}
    bare = {name: bare[name] for name in bare.keys() - {"DATABASE_URL", "LIVE"}} | {"VAR_DIR": str(tmp_path)}

    def run(**given):
        return subprocess.run(command, cwd=ROOT, env=bare | given, capture_output=True, text=True, timeout=60)

    assert run().stdout == "True True\n"
    assert run(SECRET_KEY="x", OBJECTION_KEY="y").stdout == "False False\n"
    assert run(SECRET_KEY="x", OBJECTION_KEY="y", LIVE="yes").stdout == "False True\n"
    assert run(DATABASE_URL="postgres://127.0.0.1/portal").stderr.startswith("SECRET_KEY is not set.")
