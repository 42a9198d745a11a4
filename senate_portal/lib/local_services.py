"""What stands in for servers on a machine that has none: an embedded PostgreSQL and Celery's file-system broker.

This file says where they are; embedded_postgres.py runs the database.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

DATABASE_NAME = DATABASE_USER = "senate"
SERVICE_DATA = Path("/var/lib/senate-portal")
# A socket's whole path must stay under 104 bytes on some systems; `/.s.PGSQL.5432` takes 15 of them.
LONGEST_SOCKET_FOLDER = 85


def postgres_home(var_dir: Path) -> Path:
    """The folder of the embedded PostgreSQL that belongs to this clone.

    Root runs the server as an ordinary user. Where that user may not enter `var_dir`, or its path is too long for a
    socket, the folder is in the system's place for service data instead.
    """
    home = var_dir.resolve() / "postgresql"
    if os.geteuid() == 0 and not (open_to_all(var_dir.resolve()) and _short(home)):
        return SERVICE_DATA / digest(var_dir)
    return home


def socket_folder(var_dir: Path) -> Path:
    """The data folder, which nobody else may enter, or a private short one when that path is too long."""
    home = postgres_home(var_dir)
    if _short(home):
        return home / "data"
    return Path(tempfile.gettempdir()) / f"senate-portal-{os.geteuid()}-{digest(var_dir)}"


def digest(var_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(var_dir.resolve())).hexdigest()[:16]


def open_to_all(path: Path) -> bool:
    """Whether any user of this machine can enter the folder, or the nearest of its parents that is there."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def _short(home: Path) -> bool:
    return len(os.fsencode(home / "data")) <= LONGEST_SOCKET_FOLDER


def database(var_dir: Path) -> dict[str, Any]:
    """How to connect to the embedded server that `make demo` runs over its socket."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(socket_folder(var_dir)),
        "NAME": DATABASE_NAME,
        "USER": DATABASE_USER,
        "OPTIONS": {"passfile": str(postgres_home(var_dir) / "pgpass")},
    }


def broker_options(var_dir: Path) -> dict[str, Any]:
    folder = str(var_dir / "broker")
    return {
        "data_folder_in": folder,
        "data_folder_out": folder,
        "control_folder": str(var_dir / "broker-control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
