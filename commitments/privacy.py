"""Erases what is held about a person, on request, when its time is over, and again after a backup was restored.

In one transaction the name, address, organisation, role, the texts of answers, the emails, links, notes of calls and
their history go. What stays is a row without a name, so that every count stays right, with the commitments and the
outcomes; the wording of a commitment stays only where somebody, or the rule of retention, found that it names nobody.

Each erasure adds a line of ids to a file that stands outside the database. A restored backup brings erased people
back; `replay_erasures` erases them again from that file before anything is sent.
"""

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from commitments.models import (
    Answer,
    AnswerLink,
    Attendee,
    AttendeeImport,
    Bounce,
    CardCheck,
    Chase,
    Commitment,
    Consent,
    Erasure,
    FinishedImport,
    HandOver,
    Message,
    RehearsalRow,
    Remark,
    Story,
)
from senate_portal.accounts.models import User
from senate_portal.lib import mail_files
from senate_portal.lib.clock import database_now

PRIVATE_FILE = 0o600
REASON = "Their details were erased."


class CannotEraseError(Exception):
    """The text says why, for staff."""


def same_person(attendee: Attendee) -> QuerySet[Attendee]:
    """The person at every forum: by the email address, and without one only this row."""
    people = Attendee.objects.filter(erased_at=None)
    return people.filter(email=attendee.email) if attendee.email else people.filter(pk=attendee.pk)


# On request, by two people


def prepare(attendee: Attendee, *, kept_texts: Collection[int], by: User) -> Erasure:
    return Erasure.objects.get_or_create(
        attendee=attendee, executed_at=None, defaults={"kept_texts": sorted(kept_texts), "prepared_by": by}
    )[0]


@transaction.atomic
def execute(erasure: Erasure, *, by: User) -> int:
    """Returns the number of forums at which the person was erased."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if erasure.executed_at:
        raise CannotEraseError("This was done already.")
    if not by.is_administrator:
        raise CannotEraseError("Only an administrator can erase a person.")
    if by == erasure.prepared_by:
        raise CannotEraseError("You prepared this. It takes a second person to execute it.")
    now = database_now()
    people = list(same_person(erasure.attendee).select_for_update())
    erase(people, kept_texts=erasure.kept_texts, now=now)
    erasure.executed_by, erasure.executed_at = by, now
    erasure.save()
    return len(people)


# What erasing is


@transaction.atomic
def erase(people: Sequence[Attendee], *, kept_texts: Collection[int], now: datetime) -> None:
    forget(people, kept_texts=kept_texts, now=now)
    if people:
        note([Line.of(people, kept_texts=kept_texts, now=now)])


def forget(people: Sequence[Attendee], *, kept_texts: Collection[int], now: datetime) -> None:
    """Inside a transaction. Leaves no trace in the ledger."""
    ids = [person.pk for person in people]
    addresses = {person.email for person in people if person.email}
    messages = Message.objects.filter(attendee__in=ids)
    held = list(messages.select_for_update())
    if any(message.lease_until and message.lease_until > now for message in held):
        raise CannotEraseError("An email to this person is leaving at this moment. Try again in a few minutes.")
    messages.filter(state__in=[Message.State.QUEUED, Message.State.DEFERRED]).update(
        state=Message.State.CANCELLED, settled_at=now
    )
    messages.update(recipient="", subject="", text="", html="", reason=REASON)
    Bounce.objects.filter(message__attendee__in=ids).update(why=REASON, report="")
    with pgtrigger.ignore("commitments.RehearsalRow:never_changed"):
        rehearsed = RehearsalRow.objects.filter(attendee__in=ids)
        rehearsed.update(address="", erased_at=now)
        rehearsed.exclude(why_not="").update(why_not=REASON)
    AnswerLink.objects.filter(attendee__in=ids).delete()
    Remark.objects.filter(attendee__in=ids).delete()
    Story.objects.filter(answer__commitment__attendee__in=ids).delete()
    HandOver.objects.offered().filter(Q(giver__in=ids) | Q(colleague__in=ids)).update(
        state=HandOver.State.TAKEN_BACK, decided_at=now
    )
    Consent.objects.filter(attendee__in=ids, withdrawn_at=None).update(withdrawn_at=now)
    with pgtrigger.ignore("commitments.Answer:append_only"):
        Answer.objects.filter(commitment__attendee__in=ids).update(what_happened="", helped_text="", hindered_text="")
    commitments = Commitment.objects.filter(attendee__in=ids)
    commitments.update(withdrawn_why="", organisation="")
    CardCheck.objects.filter(commitment__in=commitments).update(reads_as="")
    commitments.exclude(pk__in=kept_texts).update(text="")
    chases = Chase.objects.filter(attendee__in=ids)
    chase_ids, commitment_ids = [list(rows.values_list("pk", flat=True)) for rows in (chases, commitments)]
    chases.delete()
    Attendee.objects.filter(pk__in=ids).update(
        name="",
        email="",
        organisation="",
        role="",
        address_failure="",
        erased_at=now,
    )
    forget_history(Attendee, ids)
    forget_history(Commitment, commitment_ids)
    forget_history(Chase, chase_ids)
    drop_imports(people)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Attendee), object_id__in=map(str, ids)
    ).update(object_repr="Erased attendee", change_message="")
    transaction.on_commit(partial(mail_files.forget, addresses))


def drop_imports(people: Sequence[Attendee]) -> None:
    """Lists that wait to be confirmed and name the person would bring them back."""
    waiting = AttendeeImport.objects.annotate(words=Cast("rows", TextField()))
    done = FinishedImport.objects.annotate(words=Cast("changes", TextField()))
    for person in people:
        for word in filter(None, [person.email, person.name]):
            waiting.filter(words__icontains=word).delete()
            done.filter(words__icontains=word).delete()


def forget_history(model: type[Model], ids: Sequence[int]) -> None:
    """Last of all, since erasing writes history too."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    events._base_manager.filter(pgh_obj_id__in=ids).delete()


# The ledger


@dataclass(frozen=True)
class Line:
    """One erasure. A row is known again by its id and the time at which it was made."""

    erased_at: str
    people: dict[str, str]
    kept_texts: list[int]

    @classmethod
    def of(cls, people: Sequence[Attendee], *, kept_texts: Collection[int], now: datetime) -> "Line":
        made = {str(person.pk): person.created_at.isoformat() for person in people}
        return cls(now.isoformat(), made, sorted(kept_texts))


def note(lines: Sequence[Line]) -> None:
    """On disk before the transaction ends: a line too many erases nobody who was not to be erased."""
    path = settings.ERASURE_LEDGER
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE), "w") as file:
        file.writelines(json.dumps(vars(line)) + "\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


@transaction.atomic
def replay() -> int:
    """Erase again whom a restored backup brought back. Returns how many rows; a second time none."""
    if not settings.ERASURE_LEDGER.exists():
        return 0
    now = database_now()
    erased = 0
    for text in settings.ERASURE_LEDGER.read_text().splitlines():
        line = Line(**json.loads(text))
        people = [
            person
            for person in Attendee.objects.select_for_update().filter(pk__in=line.people, erased_at=None)
            if person.created_at.isoformat() == line.people[str(person.pk)]
        ]
        forget(people, kept_texts=line.kept_texts, now=now)
        erased += len(people)
    return erased
