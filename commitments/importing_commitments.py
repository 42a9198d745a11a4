"""Commitments from somebody else's list: match its columns, see what would be added, then all or nothing.

A person is known by the forum and the email address, or by the name where there is no address; somebody new is added.
Words are never altered: a commitment that the person has already, in the same words, is left alone. So importing the
same list again changes nothing. An import gives nobody's agreement to be followed up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from commitments import importing
from commitments.importing import CannotImportError, Kind, Reader
from commitments.models import Attendee, AttendeeImport, Commitment, FinishedImport, Objection
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from stp_feedback.models import Forum, KeyTheme

HEADINGS = importing.HEADINGS | {
    "text": {"commitment", "commitments", "my commitment", "what will you do", "in their own words", "action", "text"},
    "key_themes": {"key themes", "key theme", "themes"},
}
LONGEST_TEXT = 5000


@dataclass
class Row:
    """A row of the file; `problems` are (cell such as C7, what is wrong with it)."""

    number: int
    kind: Kind
    attendee: Attendee
    text: str
    key_themes: list[KeyTheme] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    rows: tuple[Row, ...]

    def of(self, kind: Kind) -> list[Row]:
        return [row for row in self.rows if row.kind == kind]

    @property
    def can_be_imported(self) -> bool:
        return not self.of(Kind.WRONG) and bool(self.of(Kind.NEW))

    @property
    def new_people(self) -> list[Attendee]:
        """Whom the import would add, each once."""
        return list({id(row.attendee): row.attendee for row in self.of(Kind.NEW) if row.attendee.pk is None}.values())


def guess(header: Sequence[str]) -> dict[str, int]:
    return importing.guess(header, HEADINGS)


def preview(forum: Forum, rows: Sequence[Sequence[str]], columns: dict[str, int]) -> Preview:
    """What importing would do. A constant number of queries, however many rows."""
    found = Found(forum)
    return Preview(tuple(found.check(number, cells, columns) for number, cells in enumerate(rows, start=2)))


class Found:
    """The people of a forum and their words, as on record and as the rows before add to them."""

    def __init__(self, forum: Forum) -> None:
        self.forum = forum
        self.people: dict[str, list[Attendee]] = {}
        self.words: set[tuple[int, str]] = set()
        self.themes = {
            word.casefold(): theme for theme in KeyTheme.objects.all() for word in (theme.short_name, theme.name)
        }
        for attendee in forum.people.filter(erased_at=None).prefetch_related("commitments"):
            self.know(attendee)
            self.words |= {(id(attendee), same_words(one.text)) for one in attendee.commitments.all()}

    def know(self, attendee: Attendee) -> None:
        for key in {attendee.email, attendee.name.casefold()} - {""}:
            self.people.setdefault(key, []).append(attendee)

    def check(self, number: int, cells: Sequence[str], columns: dict[str, int]) -> Row:
        reader = Reader(number, cells, columns, {})
        attendee = self.person(reader)
        text = cells[columns["text"]] if "text" in columns else ""
        if not text:
            reader.problem("text", "The commitment is missing")
        if len(text) > LONGEST_TEXT:
            reader.problem("text", f"Longer than {LONGEST_TEXT:,} characters")
        themes = self.key_themes(reader)
        if reader.problems:
            return Row(number, Kind.WRONG, attendee, text, themes, reader.problems)
        words = (id(attendee), same_words(text))
        kind = Kind.SAME if words in self.words else Kind.NEW
        self.words.add(words)
        return Row(number, kind, attendee, text, themes)

    def person(self, reader: Reader) -> Attendee:
        email = reader.email()
        known = self.people.get(email, [])
        if len(known) == 1:
            return known[0]
        name = reader.name()
        namesakes = self.people.get(name.casefold(), []) if not email else []
        if len(namesakes) > 1:
            reader.problem("name", "Several people have this name: add the email address")
        if namesakes:
            return namesakes[0]
        attendee = Attendee(forum=self.forum, name=name, email=email, organisation=reader.text("organisation"))
        if not reader.problems:
            self.know(attendee)
        return attendee

    def key_themes(self, reader: Reader) -> list[KeyTheme]:
        words = [word.strip() for word in reader.text("key_themes").split(";")]
        unknown = [word for word in words if word and word.casefold() not in self.themes]
        if unknown:
            reader.problem("key_themes", f"Not a key theme: {unknown[0]}")
        return [self.themes[word.casefold()] for word in words if word and word not in unknown]


def same_words(text: str) -> str:
    return " ".join(text.split()).casefold()


@transaction.atomic
def confirm(upload: AttendeeImport, columns: dict[str, int], *, by: User) -> Preview:
    """Save every row or none. What was looked at may have changed meanwhile, so it is checked anew."""
    Forum.objects.select_for_update().get(pk=upload.forum_id)
    found = preview(upload.forum, upload.rows, columns)
    if found.of(Kind.WRONG):
        raise CannotImportError("Some rows are wrong, so nothing was imported. Mend them and upload the file again.")
    new = found.new_people
    stopped = Objection.objects.addresses_of({attendee.email for attendee in new if attendee.email})
    for attendee in new:
        attendee.objected_at = timezone.now() if attendee.email in stopped else None
    with acting(by):
        Attendee.objects.bulk_create(new, batch_size=500)
        made = add(found.of(Kind.NEW))
    FinishedImport.objects.create(
        forum=upload.forum,
        file_name=upload.file_name,
        people=[attendee.pk for attendee in new],
        commitments=[commitment.pk for commitment in made],
        by=by,
    )
    upload.delete()
    return found


def add(rows: Sequence[Row]) -> list[Commitment]:
    """Behind each person's others."""
    people = {row.attendee.pk for row in rows}
    last: dict[int, int] = {}
    for attendee, position in Commitment.objects.filter(attendee__in=people).values_list("attendee", "position"):
        last[attendee] = max(position, last.get(attendee, 0))
    made = []
    for row in rows:
        last[row.attendee.pk] = position = last.get(row.attendee.pk, 0) + 1
        made.append(Commitment(attendee=row.attendee, position=position, text=row.text))
    Commitment.objects.bulk_create(made, batch_size=500)
    through = Commitment.key_themes.through
    through.objects.bulk_create(
        through(commitment_id=commitment.pk, keytheme_id=theme.pk)
        for commitment, row in zip(made, rows, strict=True)
        for theme in row.key_themes
    )
    return made
