"""The list of themes that staff keep: a theme is renamed, or goes into another one and can be taken out again.

Whatever becomes of a theme, the addresses that name it by a slug of its own lead to the theme that stands for it. Its
entries do not count as changed: nobody looked at them.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from pghistory.models import Events

from initiatives import slugs, versions
from initiatives.models import CatalogueVersion, Initiative, InitiativeTheme, OldThemeSlug, Theme, ThemeMerge
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User

logger = logging.getLogger(__name__)

UNKNOWN = "the portal, or somebody without an account"


class NotAllowedError(Exception):
    """Why it cannot be done, in a sentence."""


class ChangedMeanwhileError(Exception):
    """The entries are not those that the person saw."""


@dataclass(frozen=True)
class Preview:
    """What merging would do: keys of the entries of the theme that goes."""

    moved: list[int]
    had_both: list[int]
    published: int

    @property
    def entries(self) -> int:
        return len(self.moved) + len(self.had_both)


def save(theme: Theme) -> None:
    """A new name gives a new slug; a trigger keeps the old one."""
    theme.slug = slugs.of_theme(theme)
    theme.save()


def preview(kept: Theme, gone: Theme) -> Preview:
    entries = Initiative.objects.filter(themes=gone).order_by("pk")
    both = Exists(InitiativeTheme.objects.filter(initiative=OuterRef("pk"), theme=kept))
    return Preview(
        moved=list(entries.exclude(both).values_list("pk", flat=True)),
        had_both=list(entries.filter(both).values_list("pk", flat=True)),
        published=entries.published().count(),
    )


@transaction.atomic
def merge(kept: Theme, gone: Theme, *, seen: int, by: User) -> ThemeMerge:
    """`seen` is the number of entries that the person was shown."""
    kept, gone = _locked(kept.pk, gone.pk)
    found = preview(kept, gone)
    if found.entries != seen:
        raise ChangedMeanwhileError
    made = ThemeMerge(kept=kept, into=kept.pk, gone=gone.pk, by=by, moved=found.moved, had_both=found.had_both)
    made.name, made.slug, made.description = gone.name, gone.slug, gone.description
    made.old_slugs = list(gone.old_slugs.values_list("slug", flat=True))
    with acting(by):
        InitiativeTheme.objects.filter(theme=gone, initiative__in=found.moved).update(theme=kept)
        gone.old_slugs.update(theme=kept)
        gone.merges.update(kept=kept)
        gone.delete()
        OldThemeSlug.objects.update_or_create(slug=made.slug, defaults={"theme": kept})
        made.save()
    logger.info("Theme %s went into %s by user %s", made.gone, made.into, by.pk)
    return made


def may_be_undone(merge: ThemeMerge) -> bool:
    """The last theme that went into the one that is there: earlier ones are mixed with those that came after them."""
    return merge.kept_id == merge.into and merge == merge.kept.merges.standing().first()


@transaction.atomic
def undo(merge: ThemeMerge, *, by: User) -> Theme:
    """The theme is there again, with the entries it had that are still about the one it went into."""
    CatalogueVersion.objects.select_for_update().first()
    merge = ThemeMerge.objects.select_related("kept").get(pk=merge.pk)
    if merge.undone_at or not may_be_undone(merge):
        raise NotAllowedError("This cannot be undone any more: other themes were merged since.")
    taken = Theme.objects.filter(Q(name__iexact=merge.name) | Q(slug=merge.slug)).first()
    if taken:
        raise NotAllowedError(f"There is a theme “{taken}” now. Rename it first.")
    with acting(by):
        theme = Theme.objects.create(pk=merge.gone, name=merge.name, slug=merge.slug, description=merge.description)
        still = InitiativeTheme.objects.filter(theme=merge.kept)
        still.filter(initiative__in=merge.moved).update(theme=theme)
        both = still.filter(initiative__in=merge.had_both).values_list("initiative", flat=True)
        InitiativeTheme.objects.bulk_create(InitiativeTheme(initiative_id=pk, theme=theme) for pk in both)
        OldThemeSlug.objects.filter(slug=merge.slug).delete()
        OldThemeSlug.objects.filter(slug__in=merge.old_slugs, theme=merge.kept).update(theme=theme)
        ThemeMerge.objects.filter(into=theme.pk).update(kept=theme)
        ThemeMerge.objects.filter(pk=merge.pk).update(undone_at=timezone.now(), undone_by=by)
    logger.info("Theme %s was taken out of %s by user %s", theme.pk, merge.into, by.pk)
    return theme


def _locked(*pks: int) -> list[Theme]:
    """The themes as they are now and stay until the end of the transaction; see publishing._locked."""
    CatalogueVersion.objects.select_for_update().first()
    found = Theme.objects.select_for_update().in_bulk(pks)
    if len(found) < len(set(pks)) or len(set(pks)) < len(pks):
        raise ChangedMeanwhileError
    return [found[pk] for pk in pks]


@dataclass(frozen=True)
class Event:
    at: datetime
    by: str
    what: str


def history(theme: Theme) -> list[Event]:
    """What became of the theme, the newest first."""
    return sorted([*_named(theme), *_merged(theme)], key=lambda event: event.at, reverse=True)


def _named(theme: Theme) -> Iterator[Event]:
    events = list(Events.objects.tracks(theme).exclude(pgh_label="delete").order_by("pgh_created_at", "pgh_id"))
    users = dict(User.objects.filter(pk__in=map(versions.user_of, events)).values_list("pk", "name"))
    before: dict[str, str] = {}
    for event in events:
        now = event.pgh_data
        by = users.get(versions.user_of(event), UNKNOWN)
        if not before:
            if event.pgh_label == "insert":  # the oldest history is forgotten in time
                yield Event(event.pgh_created_at, by, f"Added as “{now['name']}”")
        elif now["name"] != before["name"]:
            yield Event(event.pgh_created_at, by, f"Renamed from “{before['name']}” to “{now['name']}”")
        elif now["description"] != before["description"]:
            yield Event(event.pgh_created_at, by, "Described anew")
        before = now


def _merged(theme: Theme) -> Iterator[Event]:
    """Others that went into it, and the other one that it went into for a while."""
    for merge in ThemeMerge.objects.filter(Q(kept=theme) | Q(gone=theme.pk)).select_related("kept", "by", "undone_by"):
        two = (f"“{merge.name}”", "it") if merge.kept_id == theme.pk else ("It", f"“{merge.kept}”")
        yield Event(merge.at, str(merge.by or UNKNOWN), f"{two[0]} went into {two[1]}")
        if merge.undone_at:
            by = str(merge.undone_by or UNKNOWN)
            yield Event(merge.undone_at, by, f"{two[0]} was taken out of {two[1]} again")
