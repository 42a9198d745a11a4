"""What is kept for how long; settings.RETENTION holds the numbers. It runs each night and may run any number of times.

A person's details go some months after the follow-up closed, and at the latest some months after the forum. Their
commitments stay without a name, and with their wording unless it holds the person's name, an address or a long number:
at night nobody is there to read it.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pghistory.models
from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from commitments import privacy
from commitments.models import (
    AnswerLink,
    Attendee,
    AttendeeImport,
    Bounce,
    Commitment,
    FinishedImport,
    Message,
    PeopleDownload,
    RehearsalRow,
    Wave,
)
from commitments.models.imports import ABANDONED_AFTER
from initiatives.models import ImportFile, Initiative, ProblemReport, Submission
from senate_portal.accounts import idle
from senate_portal.accounts.models import AuditEntry
from senate_portal.lib.working_days import in_london
from stp_feedback.models import FeedbackPoint, Merge

logger = logging.getLogger(__name__)

ADDRESS_OR_NUMBER = re.compile(r"\S@\S|\d[\d ]{8,}\d")
PURGED = "purged-"
MERGES_ARE_KEPT = 30  # days
SHORTEST_NAME = 3  # letters; a shorter word stands in many texts by chance

Finder = Callable[[datetime], Sequence[QuerySet]]
Ender = Callable[[QuerySet, datetime], Any]


def delete(rows: QuerySet, now: datetime) -> None:
    rows.delete()


@dataclass(frozen=True)
class Rule:
    """`what` in words; the rows whose time is over; and how they end."""

    what: str
    rows: Finder
    end: Ender = delete


def apply(now: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """How many rows of each kind came to their end, or would."""
    done = {}
    for rule in RULES:
        found = rule.rows(now)
        done[rule.what] = sum(rows.count() for rows in found)
        for rows in found if not dry_run else []:
            rule.end(rows, now)
    return done


def before(now: datetime, **ago: int) -> datetime:
    return now - relativedelta(**ago)  # type: ignore[arg-type]


# People


def names(now: datetime) -> list[QuerySet]:
    today = in_london(now).date()
    keep = settings.RETENTION
    ended = Q(
        forum__wave__state__in=Wave.ENDED,
        forum__wave__closes_on__lte=today - relativedelta(months=keep["names_after_close_months"]),
    )
    longest_ago = today - relativedelta(months=keep["names_at_most_months"])
    too_long_ago = Q(forum__held_on__lte=longest_ago)
    # A forum that never got a day keeps nobody for ever.
    on_a_list_too_long = Q(forum__held_on=None, created_at__date__lte=longest_ago)
    return [Attendee.objects.filter(erased_at=None).filter(ended | too_long_ago | on_a_list_too_long)]


def erase_names(people: QuerySet, now: datetime) -> None:
    for person in people.iterator():
        kept = [commitment.pk for commitment in person.commitments.all() if names_nobody(commitment, person)]
        try:
            privacy.erase([person], kept_texts=kept, now=now)
        except privacy.CannotEraseError:
            logger.warning("Attendee %s is not erased tonight: an email to them is leaving", person.pk)


def names_nobody(commitment: Commitment, person: Attendee) -> bool:
    words = [word for word in re.findall(r"\w+", person.name.casefold()) if len(word) >= SHORTEST_NAME]
    text = commitment.text.casefold()
    return not ADDRESS_OR_NUMBER.search(text) and not any(re.search(rf"\b{word}\b", text) for word in words)


def old_emails(now: datetime) -> list[QuerySet]:
    settled = Message.objects.filter(settled_at__lt=before(now, days=settings.RETENTION["emails_days"]))
    return [settled.exclude(subject="", text="", html="")]


def empty_emails(messages: QuerySet, now: datetime) -> None:
    """Without the recipient too, so that one sent again is written afresh."""
    messages.update(recipient="", subject="", text="", html="")


def old_reports(now: datetime) -> list[QuerySet]:
    limit = before(now, days=settings.RETENTION["bounces_days"])
    return [Bounce.objects.filter(received_at__lt=limit).exclude(report="")]


def empty_reports(bounces: QuerySet, now: datetime) -> None:
    bounces.update(report="")


def old_messages(now: datetime) -> list[QuerySet]:
    """The row stays, without a word about how it left, so that every count stays right."""
    limit = before(now, months=settings.RETENTION["message_months"])
    return [
        Message.objects.filter(settled_at__lt=limit).exclude(message_id__startswith=PURGED),
        Bounce.objects.filter(received_at__lt=limit),
    ]


def empty_messages(rows: QuerySet, now: datetime) -> None:
    if rows.model is Bounce:
        rows.delete()
    else:
        rows.update(
            message_id=Concat(Value(PURGED), "pk", output_field=CharField()),
            service_id="",
            reason="",
            first_tried_at=None,
            data_started_at=None,
        )


def old_rehearsals(now: datetime) -> list[QuerySet]:
    """As long as we know how and when the emails left."""
    return [RehearsalRow.objects.filter(made_at__lt=before(now, months=settings.RETENTION["message_months"]))]


def dead_links(now: datetime) -> list[QuerySet]:
    closed_by = in_london(now).date() - timedelta(days=settings.RETENTION["links_after_close_days"])
    closed = Q(attendee__forum__wave__state__in=Wave.ENDED, attendee__forum__wave__closes_on__lt=closed_by)
    return [AnswerLink.objects.filter(expires_at__lt=now).filter(closed | Q(attendee__forum__wave=None))]


def abandoned_imports(now: datetime) -> list[QuerySet]:
    tables = ImportFile.objects.filter(uploaded_at__lt=now - ABANDONED_AFTER)
    done = FinishedImport.objects.filter(made_at__lt=now - FinishedImport.KEPT_FOR)
    return [AttendeeImport.objects.abandoned(), done, tables]


# Feedback and entries


def old_points(now: datetime) -> QuerySet[FeedbackPoint]:
    """Of a forum long ago, and untouched since."""
    limit = before(now, months=settings.RETENTION["feedback_months"])
    touched = events(FeedbackPoint).filter(pgh_obj_id=OuterRef("pk"), pgh_created_at__gte=limit)
    points: QuerySet[FeedbackPoint] = FeedbackPoint.objects.filter(~Exists(touched), forum__held_on__lt=limit)
    return points


def old_notes(now: datetime) -> list[QuerySet]:
    return [old_points(now).exclude(verbatim="")]


def empty_notes(points: QuerySet, now: datetime) -> None:
    ids = list(points.values_list("pk", flat=True))
    with transaction.atomic():
        FeedbackPoint.objects.filter(pk__in=ids).update(verbatim="")
        events(FeedbackPoint).filter(pgh_obj_id__in=ids).update(verbatim="")


def old_merges(now: datetime) -> list[QuerySet]:
    """Nobody parts two points any more, nor does a device send a note of theirs again."""
    return [Merge.objects.filter(merged_at__lt=before(now, days=MERGES_ARE_KEPT))]


def old_drafts(now: datetime) -> list[QuerySet]:
    return [old_points(now).filter(state=FeedbackPoint.State.DRAFT)]


def words_of_gone_points(now: datetime) -> list[QuerySet]:
    """What the history of a forum long ago still says of points that were deleted, or merged into others."""
    there = FeedbackPoint.objects.filter(pk=OuterRef("pgh_obj_id"))
    limit = before(now, months=settings.RETENTION["feedback_months"])
    gone = events(FeedbackPoint).filter(~Exists(there), forum__held_on__lt=limit)
    return [gone.exclude(verbatim="", text="", enabled_by="")]


def empty_gone_points(rows: QuerySet, now: datetime) -> None:
    rows.update(verbatim="", text="", enabled_by="")


def old_submitters(now: datetime) -> list[QuerySet]:
    decided = [Initiative.Publication.PUBLISHED, Initiative.Publication.ARCHIVED]
    limit = before(now, months=settings.RETENTION["submitters_months"])
    return [Submission.objects.filter(submitted_at__lt=limit, initiative__publication__in=decided)]


def old_reporters(now: datetime) -> list[QuerySet]:
    limit = before(now, months=settings.RETENTION["submitters_months"])
    return [ProblemReport.objects.filter(settled_at__lt=limit).exclude(email="")]


def forget_reporters(reports: QuerySet, now: datetime) -> None:
    reports.update(email="")


def rejected_entries(now: datetime) -> list[QuerySet]:
    """Offered by somebody outside, returned to them, and untouched since."""
    limit = before(now, days=settings.RETENTION["rejected_days"])
    returned = Initiative.objects.filter(publication=Initiative.Publication.NEEDS_CHANGES, submission__isnull=False)
    return [returned.filter(updated_at__lt=limit)]


# Records of what people did


def old_audit(now: datetime) -> list[QuerySet]:
    limit = before(now, months=settings.RETENTION["audit_months"])
    return [AuditEntry.objects.filter(at__lt=limit), PeopleDownload.objects.filter(made_at__lt=limit)]


def old_history(now: datetime) -> list[QuerySet]:
    limit = before(now, months=settings.RETENTION["history_months"])
    return [model._base_manager.filter(pgh_created_at__lt=limit) for model in event_models()]


def event_models() -> Iterator[Any]:
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event) and model._meta.managed and not model._meta.proxy:
            yield model


def events(model: Any) -> QuerySet:
    found: QuerySet = apps.get_model(model._meta.app_label, f"{model.__name__}Event")._base_manager.all()
    return found


RULES = [
    Rule("idle accounts told", lambda now: [idle.to_tell(now)], idle.tell),
    Rule("idle accounts closed", lambda now: [idle.to_close(now)], idle.close),
    Rule("offered entries that were returned deleted", rejected_entries),
    Rule("details of how emails left emptied", old_messages, empty_messages),
    Rule("rehearsals of follow-ups deleted", old_rehearsals),
    Rule("people erased, their commitments kept without a name", names, erase_names),
    Rule("emails emptied", old_emails, empty_emails),
    Rule("reports of undelivered emails emptied", old_reports, empty_reports),
    Rule("links deleted", dead_links),
    Rule("abandoned imports and details of finished ones deleted", abandoned_imports),
    Rule("notes of tables emptied", old_notes, empty_notes),
    Rule("merges of points made final", old_merges),
    Rule("drafts of feedback deleted", old_drafts),
    Rule("words of deleted points emptied", words_of_gone_points, empty_gone_points),
    Rule("submitters of entries deleted", old_submitters),
    Rule("addresses of those who reported a problem emptied", old_reporters, forget_reporters),
    Rule("records of views and downloads deleted", old_audit),
    Rule("records of changes deleted", old_history),
]
