"""Whoever made a commitment and has not answered: why, and asking them once more before their next reminder is due.

Chasing brings a person's next reminder forward. So nobody gets more than three emails of a follow-up, nor two within
7 days, and whoever answers before the email leaves gets none: the outbox checks that as it sends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from commitments import answers, emails
from commitments.follow_ups import REMINDER_GAP
from commitments.models import Attendee, Chase, Message, Wave
from senate_portal.accounts.models import User
from senate_portal.lib.templates import day

SENT = [Message.State.ACCEPTED, Message.State.UNKNOWN]
LEFT = [Message.State.ACCEPTED, Message.State.BOUNCED_SOFT]
LEAVING = [Message.State.QUEUED, Message.State.DEFERRED, Message.State.CLAIMED, Message.State.UNKNOWN]


def unanswered() -> QuerySet[Attendee, Any]:
    """Those of forums with a follow-up, with when they were last asked, how often, and last chased."""
    sent = Q(messages__state__in=SENT) & ~Q(messages__kind=Message.Kind.SUMMARY)
    return (
        Attendee.objects.filter(forum__wave__isnull=False)
        .filter(Exists(Attendee.objects.with_commitments().filter(pk=OuterRef("pk"))))
        .exclude(Exists(Attendee.objects.answered().filter(pk=OuterRef("pk"))))
        .select_related("forum__wave", "area")
        .annotate(
            asked_at=Max("messages__settled_at", filter=sent),
            times_asked=Count("messages", filter=sent, distinct=True),
            chased_at=Max("chases__chased_at"),
        )
        .order_by("forum", "name", "pk")
    )


def why_silent(attendee: Attendee) -> str:
    """Why there is no answer, as far as the portal knows. For a person of `unanswered`."""
    wave: Wave = attendee.forum.wave
    if attendee.unreachable_because:
        return attendee.unreachable_because
    if attendee.ask_again_on:
        return f"They asked to be asked again on {day(attendee.ask_again_on)}."
    if wave.state == Wave.State.HELD:
        return "The follow-up is held."
    times = getattr(attendee, "times_asked", 0)
    if not times:
        return "They have not been asked yet."
    return "Asked once, no answer yet." if times == 1 else f"Asked {times} times, no answer yet."


@dataclass(frozen=True)
class Plan:
    """Who will get their next reminder now, and who will not, with the reason."""

    chased: tuple[tuple[Attendee, int], ...]
    left_out: tuple[tuple[Attendee, str], ...]


def plan(people: Iterable[int], now: datetime) -> Plan:
    """For people by their ids; those who have answered are not among them any more."""
    chased, left_out = [], []
    messages = Prefetch("messages", Message.objects.order_by("step"))
    for attendee in unanswered().filter(pk__in=people).prefetch_related(messages):
        reason = why_not(attendee, now)
        if reason:
            left_out.append((attendee, reason))
        else:
            chased.append((attendee, next_step(attendee)))
    return Plan(tuple(chased), tuple(left_out))


def why_not(attendee: Attendee, now: datetime) -> str:
    """Why nobody may be written to now, in words; nothing when they may. Reads prefetched messages."""
    wave: Wave = attendee.forum.wave
    sent = [message for message in attendee.messages.all() if message.state in LEFT]
    if attendee.unreachable_because:
        return attendee.unreachable_because
    if wave.state != Wave.State.OPEN:
        return f"The follow-up is {wave.get_state_display().lower()}."
    if attendee.ask_again_on:
        return f"They asked to be asked again on {day(attendee.ask_again_on)}."
    if any(message.state in LEAVING for message in attendee.messages.all()):
        return "An email to them is on its way already."
    if not sent:
        return "They have not been asked yet."
    if any(message.settled_at and now - message.settled_at < REMINDER_GAP for message in sent):
        return "The last email left less than 7 days ago."
    if next_step(attendee) > len(wave.reminder_offsets):
        return "They have had every email of this follow-up."
    return ""


def next_step(attendee: Attendee) -> int:
    return 1 + max(message.step for message in attendee.messages.all() if message.kind != Message.Kind.AGAIN)


@transaction.atomic
def chase(people: Iterable[int], *, now: datetime, by: User) -> Plan:
    """Queue the next reminder of these people. A reminder that is queued meanwhile is left alone."""
    decided = plan(people, now)
    Message.objects.bulk_create(
        (
            Message(
                wave=attendee.forum.wave,
                attendee=attendee,
                step=step,
                not_before=now,
                message_id=emails.new_message_id(),
                reason=f"Chased by {by}.",
            )
            for attendee, step in decided.chased
        ),
        ignore_conflicts=True,
    )
    return decided


@transaction.atomic
def log(attendee: Attendee, *, channel: str, note: str, by: User, ask_again_on: date | None = None) -> Chase:
    if ask_again_on and answers.may_choose_day(attendee):
        answers.ask_again(attendee, ask_again_on, by=by)
    return attendee.chases.create(channel=channel, note=note, by=by)
