"""Entries from a file with the columns of the catalogue's own download. All rows are taken or none.

A column that the file lacks is left alone. What a cell of a download cannot hold whole, such as a contact, is not
changed by a file: such a cell must say what it said.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from initiatives import entries, exports, publishing, slugs
from initiatives.forms import reading
from initiatives.models import (
    Adaptation,
    Basis,
    Borough,
    CatalogueVersion,
    EvidenceStrength,
    Initiative,
    Link,
    Organisation,
    STPArea,
    Theme,
)
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from senate_portal.lib import tables

MOST_PROBLEMS = 20
NEEDED = ["title", "summary", "who it is for", "stage"]
TEXTS = {
    "title": "title",
    "acronyms": "acronyms",
    "summary": "summary",
    "who it is for": "who_for",
    "evaluation note": "evaluation_note",
    "why that strong": "evidence_reason",
    "problem": "problem",
    "how it works and what it took": "how_it_works",
    "cost": "cost",
    "funding": "funding",
    "workforce": "workforce",
    "time to set up": "set_up_time",
    "prerequisites": "prerequisites",
    "pitfalls": "pitfalls",
    "start here": "start_here",
    "lessons": "lessons",
}
CHOICES: dict[str, tuple[str, Any]] = {
    "stage": ("stage", Initiative.Stage),
    "evaluation status": ("evaluation_status", Initiative.Evaluation),
    "strength of the evidence": ("evidence_strength", EvidenceStrength),
}
LONDON_WIDE = {"no": (False, Basis.STATED), "yes": (True, Basis.STATED), "yes, inferred": (True, Basis.INFERRED)}
LISTS: dict[str, tuple[Any, str]] = {
    "STP areas": (STPArea, "code"),
    "STP areas inferred": (STPArea, "code"),
    "boroughs": (Borough, "name"),
    "boroughs inferred": (Borough, "name"),
    "themes": (Theme, "name"),
    "organisations": (Organisation, "name"),
}
# Fields that must agree with each other; see Initiative.clean.
DECIDED = (
    "evaluation_status",
    "results_expected_on",
    "london_wide",
    "london_wide_basis",
    "evidence_strength",
    "evidence_reason",
)
CHANGEABLE = {*TEXTS, *CHOICES, *LISTS, "results expected", "London-wide", "links", "made after"}


@dataclass(frozen=True)
class Table:
    """`rows` are pairs of the row's number as the spreadsheet shows it and its texts by the name of their column."""

    header: list[str]
    rows: list[tuple[int, dict[str, str]]]

    def cell(self, number: int, column: str) -> str:
        """C4, as the spreadsheet calls it."""
        return f"{get_column_letter(self.header.index(column) + 1)}{number}"


@dataclass(frozen=True)
class Change:
    column: str
    before: str
    after: str


@dataclass
class Row:
    """What is to be done for one row: `values` holds the fields, `lists` what a cell with several lines names."""

    number: int
    slug: str
    title: str
    pk: int | None
    changes: list[Change]
    values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)


@dataclass
class Plan:
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    same: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for two plans that would do the same."""
        told = [(row.slug, row.pk, row.changes) for row in [*self.new, *self.changed]]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class ChangedMeanwhileError(Exception):
    """The catalogue is not what it was when the preview was made."""


def read(content: bytes) -> Table:
    """The uploaded table; raises tables.UnreadableTableError with a sentence."""
    (_, header), *rows = tables.numbered(content, clean=tables.lines_kept)
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise tables.UnreadableTableError(f"Two columns are named “{twice[0]}”. Name each column once.")
    if not set(header) & set(exports.HEADER):
        raise tables.UnreadableTableError(
            "The first row holds none of the headings of the catalogue's download. Put them there, with commas, "
            "semicolons or tabs between them."
        )
    for number, row in rows:
        if any(row[len(header) :]):
            raise tables.UnreadableTableError(
                f"Row {number} has more cells than there are headings. Put quotation marks around a cell with commas."
            )
        if unnamed := [place for place, name in enumerate(header, start=1) if not name and row[place - 1]]:
            raise tables.UnreadableTableError(
                f"Column {get_column_letter(unnamed[0])} has no heading. Give it one, or delete it."
            )
    return Table(header, [(number, dict(zip(header, row, strict=True))) for number, row in rows])


def plan(table: Table) -> Plan:
    """What the file would do; nothing is saved."""
    made = Plan()
    for column in table.header:
        if column and column not in exports.HEADER:
            made.problems.append(f"Column “{column}” is not one of the catalogue's. Delete it or rename it.")
    made.problems += [f"Column “{name}” is missing." for name in ["slug", "title"] if name not in table.header]
    if made.problems:
        return made
    known = dict(Initiative.objects.values_list("slug", "pk"))
    named = {texts["slug"] for _, texts in table.rows} & set(known)
    stored = {entry["slug"]: entry for entry in entries.whole([known[slug] for slug in sorted(named)])}
    said = {slug: _said(entry) for slug, entry in stored.items()}
    lists = {column: {getattr(row, key): row for row in model.objects.all()} for column, (model, key) in LISTS.items()}
    lists["made after"] = known
    seen: set[str] = set()
    for number, texts in table.rows:
        slug = texts["slug"]
        if slug and slug in seen:
            made.problems.append(f"{table.cell(number, 'slug')}: “{slug}” stands in an earlier row too.")
        seen.add(slug)
        before = said.get(slug, {})
        changes = [
            Change(name, before.get(name, ""), texts[name])
            for name in table.header
            if name and name not in {"slug", *exports.WORKED_OUT} and texts[name] != before.get(name, "")
        ]
        row = Row(number, slug, texts["title"], known.get(slug), changes)
        made.problems += _read(row, texts, stored.get(slug, {}), table, lists)
        if row.pk is None:
            made.new.append(row)
        elif changes:
            made.changed.append(row)
        else:
            made.same += 1
    return made


# Told how many rows are done, and of how many.
Tell = Callable[[int, int], None]


@transaction.atomic
def carry_out(table: Table, *, digest: str, by: User, tell: Tell) -> Plan:
    """Do what the preview with that digest said. New entries wait for review by somebody else."""
    CatalogueVersion.objects.select_for_update().first()
    made = plan(table)
    if made.problems or made.digest != digest:
        raise ChangedMeanwhileError
    rows = made.new + made.changed
    with acting(by, why="From an uploaded file"):
        for done, row in enumerate(rows):
            tell(done, len(rows))
            _save(_entry(row, by), row, by)
    return made


def _entry(row: Row, by: User) -> Initiative:
    if row.pk:
        return Initiative.objects.get(pk=row.pk)
    slug = row.slug or slugs.free(row.title)
    return Initiative(slug=slug, publication=Initiative.Publication.IN_REVIEW, created_by=by)


def _said(entry: dict[str, Any]) -> dict[str, str]:
    """An entry's cells as a file that comes back holds them."""
    texts = {}
    for name, value in zip(exports.HEADER, exports.row(entry), strict=True):
        text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
        texts[name] = text.replace("\r\n", "\n").strip()
    return texts


def _read(
    row: Row, texts: dict[str, str], before: dict[str, Any], table: Table, lists: dict[str, dict[str, Any]]
) -> Iterable[str]:
    """Fills the row's values. Gives what is wrong, each with the name of its cell."""
    problems = []
    if row.pk is None:
        problems += [f"Row {row.number}: a new entry needs “{name}”." for name in NEEDED if not texts.get(name)]
        if row.slug and row.slug != slugify(row.slug):
            problems.append(f"{table.cell(row.number, 'slug')}: use small letters, digits and hyphens.")
    for change in row.changes:
        try:
            _read_cell(row, change, lists)
        except ValidationError as problem:
            cell = table.cell(row.number, change.column)
            problems.append(f"{cell}, {change.column}: {' '.join(problem.messages)}")
    try:
        Initiative(**{name: before[name] for name in DECIDED if name in before} | row.values).clean()
    except ValidationError as problem:
        problems.append(f"Row {row.number}: {' '.join(problem.messages)}.")
    return problems


def _read_cell(row: Row, change: Change, lists: dict[str, dict[str, Any]]) -> None:
    name, text = change.column, change.after
    if name not in CHANGEABLE:
        raise ValidationError("This is not changed by a file. Change it on the page of the entry.")
    if name in TEXTS:
        row.values[TEXTS[name]] = _field(TEXTS[name]).clean(text, None)
    elif name in CHOICES:
        attribute, choices = CHOICES[name]
        row.values[attribute] = _chosen(text, {str(label): value for value, label in choices.choices})
    elif name == "London-wide":
        row.values["london_wide"], row.values["london_wide_basis"] = _chosen(text, LONDON_WIDE)
    elif name == "results expected":
        row.values |= _expected(text)
    elif name == "links":
        row.lists[name] = [_link(line) for line in text.splitlines() if line.strip()]
    elif name == "made after":
        row.lists[name] = [_adaptation(row, line, lists[name]) for line in text.splitlines() if line.strip()]
    else:
        row.lists[name] = [_chosen(line.strip(), lists[name]) for line in text.splitlines() if line.strip()]


def _field(name: str) -> Any:
    return Initiative._meta.get_field(name)


def _chosen(text: str, known: dict[str, Any]) -> Any:
    if text not in known:
        raise ValidationError(f"“{text[:60]}” is not one of: {', '.join(list(known)[:40])}.")
    return known[text]


def _expected(text: str) -> dict[str, Any]:
    """A date such as 2026-11-25, or the words of the source."""
    if text.isdecimal() and len(text) > 4:
        raise ValidationError(f"“{text[:20]}” is a date that lost its format. Write it as 2026-11-25.")
    try:
        return {"results_expected_on": date.fromisoformat(text), "results_expected_note": ""}
    except ValueError:
        return {"results_expected_note": _field("results_expected_note").clean(text, None)}


def _link(line: str) -> tuple[str, str]:
    found = reading(line.strip()) if "://" in line else None
    label, address = (found.label, found.address) if found else (line.strip(), "")
    if len(label) > 200:
        raise ValidationError("A label must be 200 characters or fewer.")
    return label, address


def _adaptation(row: Row, line: str, known: dict[str, int]) -> tuple[int, str]:
    """The key of the entry that this one was made after, and what changed."""
    slug, _, changed = (part.strip() for part in line.partition(":"))
    if slug not in known or known[slug] == row.pk:
        raise ValidationError(f"“{slug[:60]}” is not the end of another entry's address.")
    if not changed:
        raise ValidationError(f"Say after “{slug}:” what changed.")
    return known[slug], Adaptation._meta.get_field("what_changed").clean(changed, None)


def _save(entry: Initiative, row: Row, by: User) -> None:
    for name, value in row.values.items():
        setattr(entry, name, value)
    entry.save()
    for name, values in row.lists.items():
        SAVERS[name](entry, values)
    publishing.sign(entry, by=by)


def _placed(name: str, basis: Basis) -> Callable[[Initiative, list[Any]], None]:
    def save(entry: Initiative, places: list[Any]) -> None:
        through = getattr(entry, name).through
        through.objects.filter(initiative=entry, basis=basis).delete()
        getattr(entry, name).add(*places, through_defaults={"basis": basis})

    return save


def _save_links(entry: Initiative, links: list[tuple[str, str]]) -> None:
    """A link that keeps its label and address keeps its kind and note."""
    old = {(link.label, link.address): link for link in entry.links.all()}
    entry.links.all().delete()
    for position, (label, address) in enumerate(links, start=1):
        link = old.get((label, address), Link(label=label, address=address))
        link.pk, link.initiative, link.position = None, entry, position
        link.save(force_insert=True)


def _save_adaptations(entry: Initiative, adaptations: list[tuple[int, str]]) -> None:
    """A file tells of published originals alone, so the others stay."""
    told = entry.adapted_from.filter(original__publication=Initiative.Publication.PUBLISHED)
    told.exclude(original__in=[original for original, _ in adaptations]).delete()
    for original, changed in adaptations:
        entry.adapted_from.update_or_create(original_id=original, defaults={"what_changed": changed})


SAVERS: dict[str, Callable[[Initiative, list[Any]], Any]] = {
    "STP areas": _placed("areas", Basis.STATED),
    "STP areas inferred": _placed("areas", Basis.INFERRED),
    "boroughs": _placed("boroughs", Basis.STATED),
    "boroughs inferred": _placed("boroughs", Basis.INFERRED),
    "themes": lambda entry, themes: entry.themes.set(themes),
    "organisations": lambda entry, organisations: entry.organisations.set(organisations),
    "links": _save_links,
    "made after": _save_adaptations,
}
