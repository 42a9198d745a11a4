"""The settings of the demonstration on this machine: made once, kept in one file under var/, with the port it has now.

A site that is given a SECRET_KEY or a DATABASE_URL never reads that file.
"""

import contextlib
import fcntl
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import environ

from senate_portal.lib import environment

FILE = "demonstration.env"
FIRST_PORT = 8000
LAST_PORT = 8099
# How long the programs of a killed run may hold their port before another one is chosen.
PORT_PATIENCE = 5.0  # seconds


class Refused(Exception):
    """Why no demonstration can start here, in a sentence."""


def take_up(var_dir: Path) -> None:
    """Lets `manage.py` in a second terminal use the settings of the demonstration that was made here."""
    file = var_dir / FILE
    if not os.environ.keys() & {"SECRET_KEY", "DATABASE_URL"} and os.access(file, os.R_OK):
        environ.Env.read_env(file)


@contextlib.contextmanager
def only_one(var_dir: Path) -> Iterator[Path]:
    """Holds the lock of this clone. Gives the file that says who holds it; a killed run leaves its words there."""
    var_dir.mkdir(parents=True, exist_ok=True)
    if var_dir.stat().st_uid != os.geteuid():
        raise Refused(f"{var_dir} belongs to another user. Run this as that user, or move the folder away.")
    path = var_dir / "demonstration.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = _read(path)
            raise Refused(
                f"The demonstration of this clone already runs at http://localhost:{running.get('port', FIRST_PORT)}/ "
                f"(process {running.get('process', 'unknown')}). Stop that one first, or use it."
            ) from None
        yield path
        path.write_text("")


def open_port(lock: Path) -> socket.socket:
    """A listening socket on PORT or else on the first free port from 8000; after a kill, on the port of that run. The
    web server is given it as it is, so no other program can take the port in between."""
    killed = _read(lock).get("port")
    wanted = environment.number("PORT", default=killed or FIRST_PORT, low=1, high=65535)
    listener = _listen(wanted)
    deadline = time.monotonic() + PORT_PATIENCE
    while killed and not listener and time.monotonic() < deadline:
        time.sleep(0.2)
        listener = _listen(wanted)
    if not listener and "PORT" in os.environ:
        raise Refused(f"Port {wanted} is taken by another program. Give another one: make demo PORT={wanted + 1}")
    listener = listener or next(filter(None, map(_listen, range(FIRST_PORT, LAST_PORT + 1))), None)
    if not listener:
        raise Refused(f"All ports from {FIRST_PORT} to {LAST_PORT} are taken. Give another one: make demo PORT=9000")
    lock.write_text(json.dumps({"process": os.getpid(), "port": listener.getsockname()[1]}))
    return listener


def _listen(port: int) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError:
        listener.close()
        return None
    return listener


def _read(lock: Path) -> dict[str, int]:
    try:
        return dict(json.loads(lock.read_text()))
    except ValueError:
        return {}


def set_up_settings(var_dir: Path, *, port: int) -> None:
    """Puts the settings into the environment, where they do not stand there already, and into the file."""
    file = var_dir / FILE
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines()) if file.exists() else {}
    settings = {
        "SECRET_KEY": kept.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "OBJECTION_KEY": kept.get("OBJECTION_KEY") or secrets.token_urlsafe(50),
        "DEMONSTRATION": "yes",
        "SEND_WINDOW": "always",
        "PORT": str(port),
    }
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    unfinished.replace(file)
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    os.environ["PORT"] = str(port)
