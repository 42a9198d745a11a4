"""Lists of people as files. Each takes a reason, which is kept."""

from collections.abc import Iterable, Iterator

from commitments import chasing
from commitments.models import Attendee
from senate_portal.lib.templates import day

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
