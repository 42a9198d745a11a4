"""The versions of an entry, from the history that triggers keep: what each changed, and the way back to one.

A version is all that one transaction changed, in the entry and in everything that belongs to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from pghistory.models import Events

from initiatives.models import (
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
}
NAMED: dict[str, type[models.Model]] = {
    "area_id": STPArea,
    "borough_id": Borough,
    "theme_id": Theme,
    "population_id": Population,
    "organisation_id": Organisation,
    "source_id": Source,
}
# What a person decides about an entry, and not what it says.
OF_THE_ENTRY = {"id", "created_by_id", "created_at", "updated_at", "edited_by_id", "reviewed_by_id"}
OF_THE_STATE = {"slug", "publication", "review_comment", "verified_on", "verified_by"}
TEXTS = [field for field in Initiative._meta.concrete_fields if field.name not in {"related_words", "search_vector"}]
TRACKED: list[type[models.Model]] = [Initiative, *PARTS.values()]
EVENTS = [f"{model._meta.label}Event" for model in TRACKED]


@dataclass(frozen=True)
class Difference:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """`rows` holds the whole entry as it was then: rows by their model's label and their key."""

    number: int
    at: datetime
    by: str
    differences: list[Difference]
    rows: Mapping[tuple[str, str], Row]


def latest(initiative: Initiative) -> int:
    """A number that grows with every change of the entry or of anything that belongs to it."""
    return int(Events.objects.references(initiative).across(*EVENTS).count())


def of(initiative: Initiative) -> list[Version]:
    """All versions, the newest first."""
    events = list(Events.objects.references(initiative).across(*EVENTS).order_by("pgh_created_at", "pgh_id"))
    users = dict(User.objects.filter(pk__in={_user(event) for event in events}).values_list("pk", "name"))
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
            by = users.get(_user(together[0]), "the portal, or somebody without an account")
            versions.append(Version(len(versions) + 1, at, by, differences, dict(rows)))
        before = after
    return versions[::-1]


def said(versions: list[Version]) -> dict[str, str]:
    """What the newest version says, a text for each of its fields and parts."""
    return _readable(versions[0].rows, _names()) if versions else {}


def restore(initiative: Initiative, version: Version) -> None:
    """Make the entry say what it said then. Its address, its state and who checked it stay as they are.

    What a list no longer holds, such as a theme that was removed, is left out.
    """
    said = version.rows[Initiative._meta.label, str(initiative.pk)]
    for field in TEXTS:
        if field.attname not in OF_THE_ENTRY | OF_THE_STATE:
            setattr(initiative, field.attname, field.to_python(said[field.attname]))
    initiative.save()
    known = {name: set(model._default_manager.values_list("pk", flat=True)) for name, model in NAMED.items()}
    for model in PARTS.values():
        model._default_manager.filter(initiative=initiative).delete()
        columns = [field.attname for field in model._meta.concrete_fields]
        model._default_manager.bulk_create(
            model(**{column: row[column] for column in columns if column in row})
            for (label, _), row in version.rows.items()
            if label == model._meta.label and all(row[name] in known[name] for name in NAMED if row.get(name))
        )


def _user(event: Events) -> int:
    """0, which no user has, where nobody was signed in."""
    return int((event.pgh_context or {}).get("user") or 0)


def _by_moment(events: Iterable[Events]) -> Iterator[tuple[datetime, list[Events]]]:
    """Triggers note the moment at which the transaction began, so its events share it."""
    together: dict[datetime, list[Events]] = {}
    for event in events:
        together.setdefault(event.pgh_created_at, []).append(event)
    return iter(together.items())


def _names() -> Name:
    names = {model: {row.pk: str(row) for row in model._default_manager.all()} for model in NAMED.values()}
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
        of_part.sort(key=lambda row: (row.get("position") or 0, row["id"]))
        said[title] = "\n".join(_line(model, row, name) for row in of_part)
    return said


def _line(model: type[models.Model], row: Row, name: Name) -> str:
    texts = []
    for field in model._meta.concrete_fields:
        value = row.get(field.attname)
        if field.attname in NAMED and value:
            texts.append(name(NAMED[field.attname], value))
        elif field.attname not in {"id", "initiative_id", "position", "is_public"} and value not in (None, ""):
            texts.append(_shown(field, value))
    if row.get("is_public") is False:
        texts.append("not shown to everyone")
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
