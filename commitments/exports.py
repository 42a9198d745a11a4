"""Lists of people as files. Each takes a reason, which is kept."""

from collections.abc import Iterable, Iterator

from commitments import chasing
from commitments.history import Change
from commitments.models import Attendee
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
