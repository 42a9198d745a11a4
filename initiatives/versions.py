"""The versions of an entry, from the history that triggers keep: what each changed, and the way back to one.

A version is all that one transaction changed, in the entry and in everything that belongs to it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.apps import apps
from django.db import models
from pghistory.models import Events

from initiatives.models import (
    Adaptation,
    Borough,
    Contact,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    InitiativeOrganisation,
    InitiativePopulation,
    InitiativeTheme,
    Link,
    Organisation,
    Outcome,
    Population,
    Service,
    Source,
    SourceReference,
    STPArea,
    Theme,
    ThemeMerge,
)
from senate_portal.accounts.models import User

Row = dict[str, Any]
Name = Callable[[type[models.Model], Any], str]

PARTS: dict[str, type[models.Model]] = {
    "STP areas": InitiativeArea,
    "boroughs": InitiativeBorough,
    "themes": InitiativeTheme,
    "groups of people": InitiativePopulation,
    "organisations": InitiativeOrganisation,
    "services": Service,
    "outcomes": Outcome,
    "contacts": Contact,
    "links": Link,
    "sources": SourceReference,
    "adapted from": Adaptation,
}
NAMED: dict[str, type[models.Model]] = {
    "area_id": STPArea,
    "borough_id": Borough,
    "theme_id": Theme,
    "population_id": Population,
    "organisation_id": Organisation,
    "source_id": Source,
    "original_id": Initiative,
}
# What a person decides about an entry, and not what it says.
OF_THE_ENTRY = {"id", "created_by_id", "created_at", "updated_at", "edited_by_id", "reviewed_by_id"}
OF_THE_STATE = {
    "slug",
    "publication",
    "review_comment",
    "archive_on",
    "archive_reason",
    "archived_on",
    "verified_on",
    "verified_by",
}
TEXTS = [field for field in Initiative._meta.concrete_fields if field.name not in {"related_words", "search_vector"}]
# What can be undone, by the name that people read.
FIELDS = {str(field.verbose_name): field for field in TEXTS if field.attname not in OF_THE_ENTRY | OF_THE_STATE}
# Fields that make no sense without each other.
TOGETHER = {
    "strength of the evidence": ["why the evidence is that strong"],
    "why the evidence is that strong": ["strength of the evidence"],
    "London-wide": ["how we know that it is London-wide"],
    "how we know that it is London-wide": ["London-wide"],
    "evaluation status": ["results expected on"],
    "results expected on": ["evaluation status"],
}
# What can be taken out at once.
TEXTS_AND_PARTS = [
    name
    for name, field in FIELDS.items()
    if isinstance(field, models.CharField | models.TextField) and not field.choices
] + list(PARTS)
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
TRACKED: list[type[models.Model]] = [Initiative, *PARTS.values()]
EVENTS = [f"{model._meta.label}Event" for model in TRACKED]


@dataclass(frozen=True)
class Difference:
    name: str
    before: str
    after: str

    @property
    def words(self) -> list[tuple[str, str]]:
        """The text in pieces, each with what became of it: same, gone or new."""
        before, after = (WORDS.findall(text) for text in (self.before, self.after))
        pieces = []
        for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if what == "equal":
                pieces.append(("same", "".join(before[start:end])))
                continue
            pieces += [("gone", "".join(before[start:end])), ("new", "".join(after[new_start:new_end]))]
        return [(what, text) for what, text in pieces if text]

    @property
    def can_be_undone(self) -> bool:
        return self.name in FIELDS or self.name in PARTS


@dataclass(frozen=True)
class Version:
    """`rows` holds the whole entry as it was then: rows by their model's label and their key."""

    number: int
    at: datetime
    by: str
    why: str
    differences: list[Difference]
    rows: Mapping[tuple[str, str], Row]


def latest(initiative: Initiative) -> int:
    """A number that grows with every change of the entry or of anything that belongs to it."""
    return int(Events.objects.references(initiative).across(*EVENTS).count())


def events_of(model: type[models.Model]) -> "models.QuerySet[Any]":
    """The history of all rows of a model."""
    events: models.QuerySet[Any] = apps.get_model(f"{model._meta.label}Event")._default_manager.all()
    return events


def touched_since(moment: datetime, pks: Collection[int]) -> set[int]:
    """Of these entries, the keys of those that changed after that moment, or to which something that belongs did."""
    found: set[int] = set()
    for model in TRACKED:
        key = "pgh_obj" if model is Initiative else "initiative"
        later = events_of(model).filter(pgh_created_at__gt=moment, **{f"{key}__in": pks})
        found.update(later.values_list(key, flat=True))
    return found


def of(initiative: Initiative) -> list[Version]:
    """All versions, the newest first."""
    events = list(Events.objects.references(initiative).across(*EVENTS).order_by("pgh_created_at", "pgh_id"))
    users = dict(User.objects.filter(pk__in={user_of(event) for event in events}).values_list("pk", "name"))
    name = _names()
    rows: dict[tuple[str, str], Row] = {}
    versions: list[Version] = []
    before: dict[str, str] = {}
    for at, together in _by_moment(events):
        for event in together:
            key = (event.pgh_obj_model, str(event.pgh_obj_id))
            if event.pgh_label == "delete":
                rows.pop(key, None)
            else:
                rows[key] = event.pgh_data
        after = _readable(rows, name)
        if differences := _differences(before, after):
            by = users.get(user_of(together[0]), "the portal, or somebody without an account")
            why = str((together[0].pgh_context or {}).get("why", ""))
            versions.append(Version(len(versions) + 1, at, by, why, differences, dict(rows)))
        before = after
    return versions[::-1]


def said(versions: list[Version]) -> dict[str, str]:
    """What the newest version says, a text for each of its fields and parts."""
    return _readable(versions[0].rows, _names()) if versions else {}


def restore(initiative: Initiative, version: Version, *, only: str = "") -> None:
    """Make the entry, or `only` one of its fields or parts, say what it said then.

    Its address, its state and who checked it stay as they are. What a list no longer holds is left out; of a theme that
    went into another one, that other one is taken. A field that the entry did not have then is left alone.
    """
    said = version.rows[Initiative._meta.label, str(initiative.pk)]
    for name, field in FIELDS.items():
        if field.attname in said and only in {"", name, *TOGETHER.get(name, ())}:
            setattr(initiative, field.attname, field.to_python(said[field.attname]))
    initiative.save()
    known = {name: set(model._default_manager.values_list("pk", flat=True)) for name, model in NAMED.items()}
    for title, model in PARTS.items():
        if only and only != title:
            continue
        model._default_manager.filter(initiative=initiative).delete()
        columns = [field.attname for field in model._meta.concrete_fields]
        rows = [_as_now(row) for (label, _), row in version.rows.items() if label == model._meta.label]
        model._default_manager.bulk_create(
            (
                model(**{column: row[column] for column in columns if column in row})
                for row in rows
                if all(row[name] in known[name] for name in NAMED if row.get(name))
            ),
            ignore_conflicts=model is InitiativeTheme,  # two themes may be one now
        )


def _as_now(row: Row) -> Row:
    if "theme_id" not in row:
        return row
    went = ThemeMerge.objects.standing().filter(gone=row["theme_id"]).first()
    return row | {"theme_id": went.kept_id} if went else row


def empty(initiative: Initiative, name: str, *, instead: str) -> bool:
    """Take the text of a field or a part out of the entry. Contacts are no longer shown, other rows are deleted.

    `instead` stands where a field cannot be empty. False where there is no such text.
    """
    field = FIELDS.get(name)
    if name in PARTS:
        rows = PARTS[name]._default_manager.filter(initiative=initiative)
        if PARTS[name] is Contact:
            rows.update(is_public=False)
        else:
            rows.delete()
    elif field and name in TEXTS_AND_PARTS:
        setattr(initiative, field.attname, "" if field.blank else instead)
        for other in TOGETHER.get(name, ()):
            setattr(initiative, FIELDS[other].attname, FIELDS[other].get_default())
        initiative.save()
    else:
        return False
    return True


def user_of(event: Events) -> int:
    """0, which no user has, where nobody was signed in."""
    return int((event.pgh_context or {}).get("user") or 0)


def _by_moment(events: Iterable[Events]) -> Iterator[tuple[datetime, list[Events]]]:
    """Triggers note the moment at which the transaction began, so its events share it."""
    together: dict[datetime, list[Events]] = {}
    for event in events:
        together.setdefault(event.pgh_created_at, []).append(event)
    return iter(together.items())


def _names() -> Name:
    titled = {Source, Initiative}
    names: dict[type[models.Model], dict[Any, str]] = {
        model: dict(model._default_manager.values_list("pk", "title" if model in titled else "name"))
        for model in NAMED.values()
    }
    names[Contact] = dict(Contact.objects.values_list("pk", "name"))
    names[Theme] = dict(ThemeMerge.objects.values_list("gone", "name")) | names[Theme]
    return lambda model, pk: names[model].get(pk, "something removed since")


def _readable(rows: Mapping[tuple[str, str], Row], name: Name) -> dict[str, str]:
    """What the entry says, a text for each of its fields and parts."""
    said = {}
    for (label, _), row in rows.items():
        if label == Initiative._meta.label:
            for field in TEXTS:
                if field.attname not in OF_THE_ENTRY:
                    said[str(field.verbose_name)] = _shown(field, row.get(field.attname))
    for title, model in PARTS.items():
        of_part = [row for (label, _), row in rows.items() if label == model._meta.label]
        # What has no position stands by its words: the keys of such rows come in any order.
        lines = sorted((row.get("position") or 0, _line(model, row, name)) for row in of_part)
        said[title] = "\n".join(line for _, line in lines)
    return said


def _line(model: type[models.Model], row: Row, name: Name) -> str:
    texts = []
    for field in model._meta.concrete_fields:
        value = row.get(field.attname)
        if field.attname in NAMED and value:
            texts.append(name(NAMED[field.attname], value))
        elif field.attname == "successor_id" and value:
            texts.append(f"followed by {name(Contact, value)}")
        elif field.attname == "left_on" and value:
            texts.append(f"left on {value}")
        elif field.attname not in {"id", "initiative_id", "position", "is_public", "kind"} and value not in (None, ""):
            texts.append(_shown(field, value))
    if row.get("is_public") is False:
        texts.append("not shown to everyone")
    if row.get("kind") == Contact.Kind.MAILBOX:
        texts.append("a mailbox")
    return ", ".join(text for text in texts if text)


def _shown(field: models.Field, value: Any) -> str:
    if value is True or value is False:
        return "yes" if value else "no"
    words = {str(key): str(label) for key, label in field.choices or []}
    return "" if value is None else words.get(str(value), str(value))


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    return [
        Difference(name, before.get(name, ""), text) for name, text in after.items() if before.get(name, "") != text
    ]
