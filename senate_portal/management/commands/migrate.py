"""Django's own command, made safe to run while people use the portal."""

import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg2.errors import DeadlockDetected, LockNotAvailable  # type: ignore[import-untyped]

WAIT_FOR_A_LOCK = "2s"
TRIES = 60
PAUSE = 1  # seconds


class Command(migrate.Command):
    """A change to a table waits for whoever reads it, and everybody who comes later waits behind the change.

    So it waits for two seconds at a time and lets the others pass. What was migrated before stays done.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [WAIT_FOR_A_LOCK])
        for _ in range(TRIES):
            try:
                super().handle(*args, **options)
            except OperationalError as problem:
                if not isinstance(problem.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                self.stderr.write(f"A table is in use. Trying again in {PAUSE} s.")
                time.sleep(PAUSE)
            else:
                break
        else:
            raise CommandError(
                "A table stayed in use. Nothing is half done: see in pg_stat_activity who holds it, and run this again."
            )
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
