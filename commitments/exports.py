"""Lists of people as files. Each takes a reason, which is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.http import HttpResponseBase

from commitments import chasing
from commitments.history import Change
from commitments.models import Attendee, Message, PeopleDownload
from commitments.rehearsals import Rehearsal
from senate_portal.accounts.models import User
from senate_portal.lib.spreadsheets import Sheet, csv_response, xlsx_response
from senate_portal.lib.templates import day, moment

CHASE_COLUMNS = {
    "Name": 30,
    "Email": 34,
    "Organisation": 30,
    "Role": 24,
    "STP area": 24,
    "Forum": 40,
    "Why there is no answer": 40,
    "Last asked": 28,
    "Last chased": 28,
}
REHEARSAL_COLUMNS = {
    "Name": 30,
    "Organisation": 30,
    "STP area": 24,
    "Email": 30,
    "Address": 34,
    "Why they get none": 50,
    "Link works until": 28,
    "Changed since it began": 40,
    "What became of it": 60,
}

TIMELINE_COLUMNS = {"When": 28, "What": 50, "By": 24, "Note": 60}


def timeline_rows(changes: Iterable[Change]) -> Iterator[list[str]]:
    """What `history.of` gives; of a changed field what it held before and after."""
    for change in changes:
        fields = [f"{field.name}: {field.before} → {field.after}" for field in change.fields]
        yield [moment(change.at), change.what, change.by, "; ".join(filter(None, [change.note, *fields]))]


def chase_rows(people: Iterable[Attendee]) -> Iterator[list[str]]:
    """People of `chasing.unanswered`."""
    for attendee in people:
        yield [
            attendee.name,
            attendee.email,
            attendee.organisation,
            attendee.role,
            attendee.area.name if attendee.area else "",
            attendee.forum.title,
            chasing.why_silent(attendee),
            day(getattr(attendee, "asked_at", None)),
            day(getattr(attendee, "chased_at", None)),
        ]


def rehearsal_rows(rehearsal: Rehearsal, people: Iterable[Attendee]) -> Iterator[list[str]]:
    for line in map(rehearsal.line, people):
        attendee, row = line.attendee, line.row
        became = [*map(state_of, line.messages), *(["Answered"] if line.has_answered else [])]
        yield [
            attendee.name,
            attendee.organisation,
            attendee.area.name if attendee.area else "",
            row.get_kind_display() if row else "",
            row.address if row else "",
            row.why_not if row else "",
            moment(getattr(attendee, "link_until", None)),
            line.change,
            "; ".join(became),
        ]


def state_of(message: Message) -> str:
    """In words, with its time and reason."""
    parts = [message.get_state_display(), moment(message.settled_at), message.reason]
    return f"{message.get_step_display()}: {', '.join(filter(None, parts))}"


def hand_out(
    *,
    name: str,
    what: str,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[str]],
    why: str,
    as_excel: bool,
    by: User,
) -> HttpResponseBase:
    """A list of people as a file, once it is noted who takes it away and why."""
    PeopleDownload.objects.create(what=what, why=why, rows=len(rows), by=by)
    if as_excel:
        return xlsx_response(name, what, [Sheet(what, list(columns), rows, list(columns.values()))])
    return csv_response(name, list(columns), rows)
