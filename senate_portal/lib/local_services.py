"""What stands in for servers on a machine that has none: an embedded PostgreSQL and Celery's file-system broker."""

from pathlib import Path
from typing import Any

DATABASE_NAME = DATABASE_USER = "senate"


def database(var_dir: Path) -> dict[str, Any]:
    """How to connect to the embedded server that `manage.py demo` runs over its socket."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(var_dir / "postgresql"),
        "NAME": DATABASE_NAME,
        "USER": DATABASE_USER,
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
