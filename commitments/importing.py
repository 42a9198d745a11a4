"""An attendee list from somebody else's system: match its columns, see what would change, then all or nothing.

A person is known by forum and email address, or by the name where there is no address. Importing the same list again
changes nothing. An import gives nobody's agreement to be followed up: that is theirs to give.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from commitments.models import Attendee, AttendeeImport, Commitment, FinishedImport, Objection
from initiatives.models import STPArea
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from stp_feedback.models import Forum

# Our fields, and headings under which other systems export them.
HEADINGS = {
    "name": {"name", "full name", "attendee", "attendee name", "delegate", "delegate name"},
    "first_name": {"first name", "forename", "given name", "attendee first name"},
    "last_name": {"last name", "surname", "family name", "attendee last name", "attendee surname"},
    "email": {"email", "e-mail", "email address", "attendee email", "work email"},
    "organisation": {"organisation", "organization", "company", "employer", "trust", "organisation name"},
    "role": {"role", "job title", "title of post", "position", "job role"},
    "area": {"stp area", "area", "stp", "footprint"},
}
LONGEST = 200
CHANGEABLE = ["name", "organisation", "role", "area", "came"]


class Kind(Enum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass
class Row:
    """A row of the file; `problems` are (cell such as C7, what is wrong with it)."""

    number: int
    kind: Kind
    attendee: Attendee
    problems: list[tuple[str, str]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    """What a changed person's fields held until now."""


@dataclass(frozen=True)
class Preview:
    rows: tuple[Row, ...]

    def of(self, kind: Kind) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def can_be_imported(self) -> bool:
        return not self.of(Kind.WRONG) and bool(self.of(Kind.NEW) or self.of(Kind.CHANGED))


class CannotImportError(Exception):
    """The text says why, for staff."""


def guess(header: Sequence[str], headings: dict[str, set[str]] = HEADINGS) -> dict[str, int]:
    """Our field to the place of its column, where a heading is known."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        for name, known in headings.items():
            if heading.casefold().replace("_", " ") in known:
                found.setdefault(name, place)
    return found


def preview(forum: Forum, rows: Sequence[Sequence[str]], columns: dict[str, int], *, came: bool) -> Preview:
    """What importing would do. Two queries, however many rows."""
    people = list(Attendee.objects.filter(forum=forum, erased_at=None))
    known = {attendee.email or attendee.name.casefold(): attendee for attendee in people}
    areas = {word.casefold(): area for area in STPArea.objects.all() for word in (area.code, area.name)}
    seen: dict[str, Row] = {}
    checked = []
    for number, cells in enumerate(rows, start=2):
        row = check(Reader(number, cells, columns, areas), forum, known, came=came)
        key = row.attendee.email or row.attendee.name.casefold()
        earlier = seen.setdefault(key, row)
        if earlier is not row and row.kind != Kind.WRONG:
            if earlier.attendee.name.casefold() != row.attendee.name.casefold():
                cell = f"{get_column_letter(columns['email'] + 1)}{number}"
                row.problems.append((cell, f"Row {earlier.number} has this address with another name"))
                row.kind = Kind.WRONG
            else:
                row.kind = Kind.SAME
        checked.append(row)
    return Preview(tuple(checked))


@dataclass
class Reader:
    """Reads our fields out of a row of theirs and notes what is wrong, by cell."""

    number: int
    cells: Sequence[str]
    columns: dict[str, int]
    areas: dict[str, STPArea]
    problems: list[tuple[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        value = self.cells[self.columns[name]] if name in self.columns else ""
        if len(value) > LONGEST:
            self.problem(name, f"Longer than {LONGEST} characters")
        return value

    def problem(self, name: str, what: str) -> None:
        place = self.columns.get(name, next(iter(self.columns.values()), 0))
        self.problems.append((f"{get_column_letter(place + 1)}{self.number}", what))

    def name(self) -> str:
        name = self.text("name") or f"{self.text('first_name')} {self.text('last_name')}".strip()
        if not name:
            self.problem("name" if "name" in self.columns else "first_name", "The name is missing")
        return name

    def email(self) -> str:
        email = self.text("email").lower()
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self.problem("email", "Not an email address")
        return email

    def area(self) -> STPArea | None:
        word = self.text("area")
        if word and word.casefold() not in self.areas:
            self.problem("area", "Not one of the five STP areas")
        return self.areas.get(word.casefold())


def check(reader: Reader, forum: Forum, known: dict[str, Attendee], *, came: bool) -> Row:
    values: dict[str, Any] = {
        "name": reader.name(),
        "email": reader.email(),
        "organisation": reader.text("organisation"),
        "role": reader.text("role"),
        "area": reader.area(),
    }
    attendee = known.get(values["email"] or values["name"].casefold())
    if reader.problems:
        return Row(reader.number, Kind.WRONG, Attendee(forum=forum, **values), reader.problems)
    if attendee is None:
        return Row(reader.number, Kind.NEW, Attendee(forum=forum, came=came, **values))
    # An empty cell says nothing, so it takes nothing away.
    changes = {name: value for name, value in values.items() if value and getattr(attendee, name) != value}
    if came and not attendee.came:
        changes["came"] = True
    before = {name: getattr(attendee, name) for name in changes}
    for name, value in changes.items():
        setattr(attendee, name, value)
    return Row(reader.number, Kind.CHANGED if changes else Kind.SAME, attendee, before=before)


@transaction.atomic
def confirm(upload: AttendeeImport, columns: dict[str, int], *, came: bool, by: User) -> Preview:
    """Save every row or none. What was looked at may have changed meanwhile, so it is checked anew."""
    Forum.objects.select_for_update().get(pk=upload.forum_id)
    found = preview(upload.forum, upload.rows, columns, came=came)
    if found.of(Kind.WRONG):
        raise CannotImportError("Some rows are wrong, so nothing was imported. Mend them and upload the file again.")
    new = [row.attendee for row in found.of(Kind.NEW)]
    stopped = Objection.objects.addresses_of({attendee.email for attendee in new if attendee.email})
    for attendee in new:
        attendee.objected_at = timezone.now() if attendee.email in stopped else None
    with acting(by):
        Attendee.objects.bulk_create(new, batch_size=500)
        changed = [row.attendee for row in found.of(Kind.CHANGED)]
        Attendee.objects.bulk_update(changed, CHANGEABLE, batch_size=500)
    FinishedImport.objects.create(
        forum=upload.forum,
        file_name=upload.file_name,
        people=[attendee.pk for attendee in new],
        changes=[change(row) for row in found.of(Kind.CHANGED)],
        by=by,
    )
    upload.delete()
    return found


def change(row: Row) -> dict[str, Any]:
    """The id of a changed person and, of each changed field, what it held before and holds now."""
    return {
        "person": row.attendee.pk,
        "fields": {name: [key_of(before), key_of(getattr(row.attendee, name))] for name, before in row.before.items()},
    }


def key_of(value: Any) -> Any:
    return value.pk if isinstance(value, STPArea) else value


@transaction.atomic
def undo(done: FinishedImport, *, by: User) -> None:
    """Take back everything an import added and changed, or nothing where somebody has used it since."""
    done = FinishedImport.objects.select_for_update().get(pk=done.pk)
    if done.undone_at:
        raise CannotImportError("This import was undone already.")
    people = Attendee.objects.filter(pk__in=done.people)
    list(people.select_for_update())  # nobody answers or is written to meanwhile
    commitments = Commitment.objects.filter(pk__in=done.commitments)
    if commitments.filter(Q(answers__isnull=False) | Q(hand_overs__isnull=False)).exists():
        raise CannotImportError("Some of these commitments have been answered or handed over since.")
    others = Commitment.objects.filter(attendee__in=done.people).exclude(pk__in=done.commitments)
    used = Q(messages__isnull=False) | Q(chases__isnull=False) | Q(remarks__isnull=False) | Q(offered__isnull=False)
    if others.exists() or people.filter(used | Q(agreed_at__isnull=False) | Q(erasures__isnull=False)).exists():
        raise CannotImportError("Some of these people made commitments, agreed or were written to since.")
    with acting(by):
        commitments.delete()
        people.delete()
        for one in done.changes:
            put_back(one)
    done.changes, done.undone_at, done.undone_by = [], timezone.now(), by
    done.save()


def put_back(one: dict[str, Any]) -> None:
    """Each field that still holds what the import wrote."""
    for name, (before, after) in one["fields"].items():
        Attendee.objects.filter(pk=one["person"], erased_at=None, **{name: after}).update(**{name: before})
