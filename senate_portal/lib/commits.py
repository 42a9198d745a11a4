from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection


@contextmanager
def commits_not_awaiting_disk() -> Iterator[None]:
    """Commits return before they are on disk. Everybody sees them at once, and they outlive this process.

    A crash of the database, and nothing less, loses those of the last second at most; the next commit that awaits the
    disk takes all before it along.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # a lost connection has no setting any more
            cursor.execute("RESET synchronous_commit")
