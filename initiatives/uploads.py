"""A table that staff uploaded, looked at and said yes to: a worker does what they saw, all of it or nothing.

The row of the file is the queue, and a Celery message only wakes a worker. When all is saved the file's cells are
forgotten; when nothing could be, it waits for another look. A worker undoes it too, as long as the row is there.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.postgres.functions import TransactionNow
from django.db import connection, transaction
from django.utils import timezone

from initiatives import importing, undoing
from initiatives.models import ImportFile

logger = logging.getLogger(__name__)

TOLD_EVERY = 1.0  # seconds between two words on how far it is
LOCK = 8_271_001  # of the one who carries out; a number that no other part of the portal uses
CHANGED_MEANWHILE = "Nothing was saved: the catalogue changed after you looked, or a row is wrong. Look again."
NOT_UNDONE = "Nothing was undone: something went wrong, and those who run the portal can see what. Try again later."
WENT_WRONG = "Nothing was saved: something went wrong, and those who run the portal can see what. Try again later."


def table(file: ImportFile) -> importing.Table:
    return importing.Table(file.header, [(number, texts) for number, texts in file.rows])


def confirm(file: ImportFile, *, digest: str) -> None:
    """Counts once, however often somebody says yes."""
    unconfirmed = ImportFile.objects.filter(pk=file.pk, confirmed_at=None)
    unconfirmed.update(confirmed_at=timezone.now(), digest=digest, told="", rows_done=0, rows_to_do=0)


def ask_undo(file: ImportFile) -> None:
    """Counts once, however often somebody says yes."""
    undone = ImportFile.objects.filter(pk=file.pk, undo_asked_at=None, done_at__isnull=False)
    undone.update(undo_asked_at=timezone.now(), rows_done=0, rows_to_do=0)


def undo_asked() -> None:
    for pk in ImportFile.objects.to_undo().values_list("pk", flat=True):
        try:
            _undo(pk)
        except Exception:
            logger.exception("Import %s: nothing was undone", pk)
            ImportFile.objects.to_undo().filter(pk=pk).update(undo_asked_at=None, told=NOT_UNDONE)


@transaction.atomic
def _undo(pk: int) -> None:
    file = ImportFile.objects.to_undo().select_related("by").filter(pk=pk).first()
    if file is None or not _is_alone():
        return
    with _telling(pk) as tell:
        done = undoing.undo(file, tell=tell)
    file.undone_at = timezone.now()
    file.told = (
        f"Removed: {len(done.removed):,}. Say again what they said before: {len(done.restored):,}. "
        f"Left alone, since somebody changed or used them: {len(done.left):,}."
    )
    file.save()
    logger.info("Import %s undone: %s, %s, %s", pk, len(done.removed), len(done.restored), len(done.left))


def carry_out_confirmed() -> None:
    for pk in ImportFile.objects.confirmed().values_list("pk", flat=True):
        try:
            _carry_out(pk)
        except importing.ChangedMeanwhileError:
            _look_again(pk, CHANGED_MEANWHILE)
        except Exception:
            logger.exception("Import %s: nothing was saved", pk)
            _look_again(pk, WENT_WRONG)


@transaction.atomic
def _carry_out(pk: int) -> None:
    file = ImportFile.objects.confirmed().select_related("by").filter(pk=pk).first()
    # Another worker that carries out an import is not waited for: the next bell comes within a minute.
    if file is None or not _is_alone():
        return
    with _telling(pk) as tell:
        done = importing.carry_out(table(file), digest=file.digest, by=file.by, tell=tell)
    file.header, file.rows, file.done_at = [], [], TransactionNow()  # as in the history of what it changed
    file.told = f"{len(done.new):,} new entries wait for review, {len(done.changed):,} were changed."
    file.save()
    logger.info("Import %s: %s new, %s changed", pk, len(done.new), len(done.changed))


def _look_again(pk: int, why: str) -> None:
    ImportFile.objects.confirmed().filter(pk=pk).update(confirmed_at=None, digest="", told=why)


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


@contextmanager
def _telling(pk: int) -> Iterator[importing.Tell]:
    """How far the work is, told on a connection of its own: what the work itself writes is seen once all is done."""
    aside = connection.copy()
    last = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            with aside.cursor() as cursor:
                cursor.execute(
                    "UPDATE initiatives_importfile SET rows_done = %s, rows_to_do = %s WHERE id = %s", [done, of, pk]
                )

    try:
        yield tell
    finally:
        aside.close()
