"""Takes back what an import did, but for entries that somebody has touched or used since: those are left alone.

History tells what it did: all that one transaction changes bears the moment at which that began.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from initiatives import publishing, versions
from initiatives.importing import Tell
from initiatives.models import CatalogueVersion, ImportFile, Initiative
from senate_portal.accounts.history import acting


@dataclass(frozen=True)
class Undo:
    """Entries of an import: those to remove, those to say again what they said, and those to leave alone."""

    removed: list[Initiative]
    restored: list[Initiative]
    left: list[Initiative]


def preview(file: ImportFile) -> Undo:
    """What would be undone now; a few queries, however many entries."""
    assert file.done_at  # noqa: S101 - for mypy
    events = versions.events_of(Initiative)
    of_import = dict(events.filter(pgh_created_at=file.done_at).order_by("-pgh_id").values_list("pgh_obj", "pgh_label"))
    made = {pk for pk, first in of_import.items() if first == "insert"}
    known = set(events.filter(pgh_created_at__lt=file.done_at, pgh_obj__in=of_import).values_list("pgh_obj", flat=True))
    untouched = set(of_import) - versions.touched_since(file.done_at, of_import)
    removable = made & untouched - named_elsewhere(made)
    entries = Initiative.objects.filter(pk__in=of_import).order_by("title", "pk")
    return Undo(
        removed=[entry for entry in entries if entry.pk in removable],
        restored=[entry for entry in entries if entry.pk in known & untouched],
        left=[entry for entry in entries if entry.pk not in removable | known & untouched],
    )


def named_elsewhere(pks: Collection[int]) -> set[int]:
    """Those to which anything refers that is no part of the entry: a forum, a report, another entry."""
    found: set[int] = set()
    for relation in Initiative._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        is_part = model in versions.PARTS.values() and name == "initiative"
        if not is_part and not hasattr(model, "pgh_tracked_model"):
            found.update(model._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    return found


@transaction.atomic
def undo(file: ImportFile, *, tell: Tell) -> Undo:
    """As edits by whoever uploaded the file."""
    CatalogueVersion.objects.select_for_update().first()
    found = preview(file)
    with acting(file.by, why="An import was undone"):
        for entry in found.removed:
            entry.delete()
        for done, entry in enumerate(found.restored):
            tell(done, len(found.restored))
            versions.restore(entry, versions.of(entry)[1])
            publishing.sign(entry, by=file.by)
    return found
