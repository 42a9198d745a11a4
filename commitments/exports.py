"""Lists of people as files, with the rows and the order of the screen. Each takes a reason, which is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpResponseBase

from commitments import chasing
from commitments.history import Change
from commitments.models import Answer, Attendee, Erasure, Message, PeopleDownload, Story
from commitments.rehearsals import Rehearsal
from senate_portal.accounts.models import User
from senate_portal.lib.spreadsheets import ListFile, Sheet, csv_response, xlsx_response
from senate_portal.lib.templates import day, moment

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


def rehearsal_file(rehearsal: Rehearsal) -> ListFile:
    """For rows of its `people`."""

    def row_of(attendee: Attendee) -> list[str]:
        line = rehearsal.line(attendee)
        row = line.row
        became = [*map(state_of, line.messages), *(["Answered"] if line.has_answered else [])]
        return [
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

    return ListFile(
        name=f"rehearsal-{rehearsal.wave.forum.slug}",
        title="The rehearsal of a follow-up",
        columns=REHEARSAL_COLUMNS,
        row=row_of,
    )


def state_of(message: Message) -> str:
    """In words, with its time and reason."""
    parts = [message.get_state_display(), moment(message.settled_at), message.reason]
    return f"{message.get_step_display()}: {', '.join(filter(None, parts))}"


def hand_out(
    *,
    name: str,
    what: str,
    columns: Mapping[str, int],
    rows: Sequence[Sequence[Any]],
    why: str,
    as_excel: bool,
    by: User,
) -> HttpResponseBase:
    """A list of people as a file, once it is noted who takes it away and why."""
    PeopleDownload.objects.create(what=what, why=why, rows=len(rows), by=by)
    if as_excel:
        return xlsx_response(name, what, [Sheet(what, list(columns), rows, list(columns.values()))])
    return csv_response(name, list(columns), rows)


def person(attendee: Attendee) -> list[str]:
    return [
        attendee.name,
        attendee.email,
        attendee.organisation,
        attendee.role,
        attendee.area.name if attendee.area else "",
        attendee.forum.title,
    ]


PERSON_COLUMNS = {"Name": 30, "Email": 34, "Organisation": 30, "Role": 24, "STP area": 24, "Forum": 40}


def attendee_row(attendee: Attendee) -> list[str | int]:
    """Of people with the counts of their list."""
    counts = [getattr(attendee, name) for name in ("commitment_count", "answered_count")]
    return [
        *person(attendee),
        "Yes" if attendee.came else "No",
        *counts,
        attendee.unreachable_because or "May be written to",
    ]


ATTENDEES = ListFile(
    name="attendees",
    title="Attendees",
    columns=PERSON_COLUMNS | {"Came": 8, "Commitments": 14, "Answered": 12, "State": 40},
    row=attendee_row,
)


def chase_row(attendee: Attendee) -> list[str]:
    """Of people of `chasing.unanswered`."""
    asked, chased = getattr(attendee, "asked_at", None), getattr(attendee, "chased_at", None)
    return [*person(attendee), chasing.why_silent(attendee), day(asked), day(chased)]


UNANSWERED = ListFile(
    name="no-answer-yet",
    title="People who have not answered",
    columns=PERSON_COLUMNS | {"Why there is no answer": 40, "Last asked": 28, "Last chased": 28},
    row=chase_row,
)


def message_row(message: Message) -> list[str | int]:
    return [
        message.attendee.name,
        message.recipient or message.attendee.email,
        message.wave.forum.title,
        message.get_step_display(),
        message.get_state_display(),
        message.reason,
        moment(message.not_before),
        moment(message.settled_at),
        message.attempts,
    ]


MESSAGES = ListFile(
    name="messages",
    title="Messages",
    columns={
        "Name": 30,
        "To": 34,
        "Forum": 40,
        "Email": 30,
        "State": 30,
        "Why": 40,
        "Not before": 36,
        "Settled": 36,
        "Attempts": 10,
    },
    row=message_row,
)


def answer_row(answer: Answer) -> list[str]:
    """What the screen shows: words that are held stay out."""
    attendee = answer.commitment.attendee
    hidden = hasattr(answer, "held_text") and not answer.held_text.decision
    words = [answer.what_happened, answer.helped_text, answer.hindered_text]
    happened, helped, hindered = ["Held"] * 3 if hidden else words
    return [
        attendee.name,
        attendee.forum.title,
        attendee.area.name if attendee.area else "",
        answer.commitment.text,
        answer.get_outcome_display(),
        happened,
        ", ".join(theme.short_name for theme in answer.helped.all()),
        helped,
        ", ".join(theme.short_name for theme in answer.hindered.all()),
        hindered,
        answer.took_up.title if answer.took_up else "",
        answer.get_via_display(),
        answer.by.name if answer.by else "",
        moment(answer.answered_at),
        "Yes" if answer.is_late else "No",
    ]


ANSWERS = ListFile(
    name="answers",
    title="Answers",
    columns={
        "Name": 30,
        "Forum": 40,
        "STP area": 24,
        "Commitment": 60,
        "What became of it": 24,
        "What happened": 60,
        "Helped": 30,
        "Helped, in words": 40,
        "Got in the way": 30,
        "Got in the way, in words": 40,
        "Took up": 40,
        "Answered by": 24,
        "Entered by": 24,
        "Answered": 36,
        "After closing": 14,
    },
    row=answer_row,
)


def story_row(story: Story) -> list[str]:
    attendee = story.answer.commitment.attendee
    return [
        story.title,
        story.text,
        story.initiative.title if story.initiative else "",
        attendee.name,
        attendee.forum.title,
        story.written_by.name if story.written_by else "",
        story.approved_by.name if story.approved_by else "",
        day(story.approved_at),
    ]


STORIES = ListFile(
    name="stories",
    title="Stories of change",
    columns={
        "Title": 40,
        "Story": 60,
        "About the initiative": 40,
        "Told by": 30,
        "Forum": 40,
        "Written by": 24,
        "Approved by": 24,
        "Approved on": 28,
    },
    row=story_row,
)


def take_up_row(answer: Answer) -> list[str]:
    attendee = answer.commitment.attendee
    return [
        answer.took_up.title if answer.took_up else "",
        answer.get_took_up_as_display(),
        attendee.name,
        attendee.area.name if attendee.area else "",
        attendee.forum.title,
        day(answer.answered_at),
    ]


TAKE_UPS = ListFile(
    name="taken-up",
    title="Initiatives taken up",
    columns={"Initiative": 40, "How": 24, "Who": 30, "STP area": 24, "Forum": 40, "Answered on": 28},
    row=take_up_row,
)


def erasure_row(erasure: Erasure) -> list[str]:
    return [
        str(erasure.attendee),
        erasure.attendee.forum.title,
        day(erasure.prepared_at),
        erasure.prepared_by.name,
        day(erasure.executed_at),
        erasure.executed_by.name if erasure.executed_by else "",
    ]


ERASURES = ListFile(
    name="erasures",
    title="Erasures",
    columns={"Person": 30, "Forum": 40, "Prepared on": 28, "By": 24, "Executed on": 28, "Executed by": 24},
    row=erasure_row,
)
