"""The follow-up of a forum, as promised to the people who made commitments.

Three months after the forum, or on the next working day in London, everybody who made a commitment, came, and agreed
to be followed up is sent one email that quotes all their commitments. Those who have not answered are reminded after
14 and after 28 days, never sooner than 7 days after the email before. The follow-up then closes.

Where staff chose so, the day is that of the next forum of the series, and moves with it.

Whoever chose a day on which to be asked again gets one email on that day instead, also when the follow-up has closed.

"Due" means due and not sent: a night on which nothing ran is caught up. What is more than 14 days overdue is held until
staff release it, so that an old forum, a restored backup or a worker back after weeks never writes to anybody unasked.

A wave has messages (commitments/outbox.py) only once it is open. `prepare` brings all waves up to date and may run at
any time and any number of times.
"""

import itertools
import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pghistory
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from commitments import emails, rehearsals
from commitments.models import Attendee, Message, Wave
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from senate_portal.lib.clock import database_now
from senate_portal.lib.working_days import in_london, start_of
from stp_feedback.models import Forum

OVERDUE_AFTER = timedelta(days=14)
REMINDER_GAP = timedelta(days=7)
CLOSES_AFTER = timedelta(days=42)
SECOND_PERSON_ABOVE = 500  # people that one member of staff may release emails to
BATCH = 1000
SOMEBODY_CHOSE_A_DAY = Exists(Attendee.objects.filter(forum=OuterRef("forum"), ask_again_on__isnull=False))

logger = logging.getLogger(__name__)


class CannotFollowUpError(Exception):
    """What was asked for makes no sense for this forum or wave; the text says why, for staff."""


# What staff do


@transaction.atomic
def plan(forum: Forum, *, by: User | None) -> Wave:
    """The forum's wave, made where it has none. A forum with totals only, nobody's name, is never followed up."""
    wave = Wave.objects.filter(forum=forum).first()
    if wave:
        return wave
    if not forum.people.exists():
        raise CannotFollowUpError("This forum has no attendees on record, so there is nobody to ask.")
    due_on = forum.promised_follow_up_on
    if due_on is None:
        raise CannotFollowUpError("This forum has no day yet, and the follow-up counts from it.")
    with acting(by):
        return Wave.objects.get_or_create(
            forum=forum,
            defaults={"due_on": due_on, "due_why": forum.follow_up_basis, "closes_on": due_on + CLOSES_AFTER},
        )[0]


@transaction.atomic
def reschedule(wave: Wave, *, dates: "Dates", why: str, by: User) -> None:
    """Other dates, for a reason. The due date no longer moves with the forum's. What was sent stays as it is."""
    wave = locked(wave)
    if wave.state in Wave.ENDED:
        raise CannotFollowUpError("This follow-up has ended.")
    if problem := dates.problem:
        raise CannotFollowUpError(problem)
    with acting(by), pghistory.context(why=why):
        wave.reminder_offsets = list(dates.reminder_offsets)
        wave.asks_those_without = dates.asks_those_without
        if dates.due_on == wave.due_on:
            wave.closes_on = dates.closes_on
            wave.save()
        else:
            wave.follows_forum = False
            move(wave, dates.due_on, why, dates.closes_on)


def hold(wave: Wave, *, why: str, by: User | None) -> None:
    """Nothing leaves until the wave is released, not even what a worker has claimed."""
    change(wave, [Wave.State.PLANNED, Wave.State.OPEN], Wave.State.HELD, why, by)


@transaction.atomic
def release(wave: Wave, *, by: User) -> bool:
    """Let a held wave go on. If it is due it opens, however old; reminders then count from today.

    Returns False where that would write to so many people that somebody else must release it too.
    """
    wave = locked(wave)
    if wave.state != Wave.State.HELD:
        raise CannotFollowUpError("Only a follow-up that is held can be released.")
    now = database_now()
    today = in_london(now).date()
    with acting(by):
        many = to_be_written_to(wave).count() > SECOND_PERSON_ABOVE
        if many and wave.release_asked_by_id in {None, by.pk}:
            wave.release_asked_by = by
            wave.save()
            return False
        wave.state_why = ""
        if not many:
            wave.release_asked_by = None
        if wave.due_on > today:
            wave.state = Wave.State.PLANNED
            wave.released_at = wave.released_by = wave.release_asked_by = None
        else:
            wave.closes_on = max(wave.closes_on, today + (wave.closes_on - wave.due_on))
            wave.state, wave.released_at, wave.released_by = Wave.State.OPEN, now, by
            rehearsals.keep(wave)
            queue_first_emails(wave, now)
        wave.save()
    return True


@transaction.atomic
def stop(wave: Wave, *, why: str, by: User) -> None:
    """End the wave for good. What has not left is cancelled."""
    change(wave, [Wave.State.PLANNED, Wave.State.OPEN, Wave.State.HELD], Wave.State.STOPPED, why, by)
    cancel_unsent(database_now())


# What the sweep does


def prepare() -> None:
    """Bring every wave up to date: plan, re-date, queue, hold what is too old, open what is due, close."""
    now = database_now()
    Forum.objects.redate_follow_ups()
    for forum in Forum.objects.filter(wave=None, follow_up_due_on__isnull=False).filter(
        Exists(Attendee.objects.filter(forum=OuterRef("pk")))
    ):
        plan(forum, by=None)
    follow_corrected_dates()
    for wave in Wave.objects.open():
        queue_first_emails(wave, now)
        queue_reminders(wave, now)
    hold_overdue(now)
    open_due(now)
    for wave in Wave.objects.filter(SOMEBODY_CHOSE_A_DAY, state__in=[Wave.State.OPEN, Wave.State.CLOSED]):
        queue_again(wave, now)
    close_ended(now)
    cancel_unsent(now)


def follow_corrected_dates() -> None:
    """A wave whose forum lost its day waits for staff, and moves on when the forum has one again."""
    for wave in Wave.objects.filter(state=Wave.State.PLANNED, forum__follow_up_due_on=None):
        hold(wave, why="The forum has no day any more. Release it once it has one.", by=None)
    waves = Wave.objects.filter(follows_forum=True, forum__follow_up_due_on__isnull=False)
    waves = waves.exclude(due_on=F("forum__follow_up_due_on"))
    for wave in waves.exclude(state__in=Wave.ENDED).select_related("forum"):
        if due_on := wave.forum.follow_up_due_on:
            with transaction.atomic():
                move(locked(wave), due_on, wave.forum.follow_up_basis, due_on + (wave.closes_on - wave.due_on))


def hold_overdue(now: datetime) -> None:
    """What should have left more than 14 days ago, by its due date or its release, waits for staff."""
    limit = start_of(in_london(now).date()) - OVERDUE_AFTER
    late = Message.objects.unsent().filter(wave=OuterRef("pk"), not_before__lt=limit)
    too_late = Wave.objects.filter(
        Q(state=Wave.State.PLANNED, due_on__lt=limit.date())
        | Q(Exists(late), state=Wave.State.OPEN) & (Q(released_at=None) | Q(released_at__lt=limit))
    )
    for wave in too_late:
        hold(wave, why="It is more than 14 days overdue. Check who would be written to before you release it.", by=None)
        logger.warning("Wave %s is held: more than 14 days overdue", wave.pk)


def open_due(now: datetime) -> None:
    """Opens a wave, keeps its rehearsal and queues its first emails in one transaction: none is open and empty."""
    for wave in Wave.objects.filter(state=Wave.State.PLANNED, due_on__lte=in_london(now).date()):
        with transaction.atomic():
            if Wave.objects.filter(pk=wave.pk, state=Wave.State.PLANNED).update(state=Wave.State.OPEN):
                rehearsals.keep(wave)
                queue_first_emails(wave, start_of(wave.due_on))
                logger.info("Wave %s is open", wave.pk)


def close_ended(now: datetime) -> None:
    Wave.objects.open().filter(closes_on__lt=in_london(now).date()).update(state=Wave.State.CLOSED)


def cancel_unsent(now: datetime) -> None:
    """Nothing is sent for a wave that has ended, but for what leaves after closing, and that within 14 days.

    What may have been sent stays on record as that.
    """
    waiting = Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.DEFERRED])
    closed, stopped = (
        Exists(Wave.objects.filter(pk=OuterRef("wave_id"), state=state))
        for state in (Wave.State.CLOSED, Wave.State.STOPPED)
    )
    after = Q(kind__in=Message.AFTER_CLOSING)
    waiting.filter(after, closed, not_before__lt=now - OVERDUE_AFTER).update(
        state=Message.State.CANCELLED,
        reason="More than 14 days overdue. Send it again if it is wanted.",
        settled_at=now,
    )
    waiting.filter(stopped | Q(closed) & ~after).update(
        state=Message.State.CANCELLED, reason="The follow-up has ended.", settled_at=now
    )


def queue_first_emails(wave: Wave, not_before: datetime) -> None:
    committed = Exists(Attendee.objects.with_commitments().filter(pk=OuterRef("pk")))
    people = people_to_ask(wave, Message.Step.ASK)
    queue(wave, people.filter(committed), Message.Step.ASK, Message.Kind.COMMITMENTS, not_before)
    if wave.asks_those_without:
        sharing = Exists(Attendee.objects.sharing().filter(pk=OuterRef("pk")))
        queue(
            wave, people.exclude(committed).exclude(sharing), Message.Step.ASK, Message.Kind.NO_COMMITMENT, not_before
        )


def queue_again(wave: Wave, now: datetime) -> None:
    """For those who chose a day that has come. What could not be sent for 14 days is left to staff."""
    today = in_london(now).date()
    people = (
        Attendee.objects.filter(forum=wave.forum_id, ask_again_on__gt=today - OVERDUE_AFTER, ask_again_on__lte=today)
        .reachable()
        .with_commitments()
        .to_ask_again()
        .exclude(Exists(Message.objects.filter(attendee=OuterRef("pk"), wave=wave, step=Message.Step.AS_THEY_WISHED)))
    )
    queue(wave, people, Message.Step.AS_THEY_WISHED, Message.Kind.AGAIN, now)


def queue_reminders(wave: Wave, now: datetime) -> None:
    """For those whose email before was accepted at least 7 days ago and who have not answered, while the wave lasts."""
    today = in_london(now).date()
    if wave.closes_on < today:
        return
    for step in range(1, len(wave.reminder_offsets) + 1):
        due_on = wave.reminder_due_on(step)
        if due_on > today:
            break
        before = Message.objects.left().filter(attendee=OuterRef("pk"), wave=wave, step=step - 1)
        people = (
            people_to_ask(wave, step)
            .filter(Exists(Attendee.objects.with_commitments().filter(pk=OuterRef("pk"))))
            .annotate(earliest=Subquery(before.values("settled_at")[:1]) + REMINDER_GAP)
            .filter(earliest__lte=now)
        )
        queue(wave, people, step, Message.Kind.COMMITMENTS, start_of(due_on))


# Parts of the above


@dataclass(frozen=True)
class Dates:
    """When a wave writes, and to whom beside those who made commitments."""

    due_on: date
    closes_on: date
    reminder_offsets: tuple[int, ...]
    asks_those_without: bool = False

    @property
    def problem(self) -> str:
        """Why they make no sense, in words; nothing when they do."""
        gaps = pairwise((0, *self.reminder_offsets))
        if any(later - sooner < REMINDER_GAP.days for sooner, later in gaps):
            return f"Emails to one person must be {REMINDER_GAP.days} days apart or more."
        if self.closes_on <= self.due_on + timedelta(days=max(self.reminder_offsets, default=0)):
            return "The closing date must be after the due date and the reminders."
        return ""


def to_be_written_to(wave: Wave) -> QuerySet[Attendee]:
    """Those with an email waiting in this wave, and those for whom one would be made."""
    waiting = Message.objects.unsent().filter(wave=wave, attendee=OuterRef("pk"))
    committed = Attendee.objects.with_commitments().filter(pk=OuterRef("pk"))
    sharing = Attendee.objects.sharing().filter(pk=OuterRef("pk"))
    without = Q(~Exists(sharing)) if wave.asks_those_without else Q(pk__in=[])
    to_ask = people_to_ask(wave, Message.Step.ASK).filter(Q(Exists(committed)) | without)
    people = Attendee.objects.filter(forum=wave.forum_id).reachable()
    return people.filter(Exists(waiting) | Q(pk__in=to_ask.values("pk"))).exclude(
        Exists(Attendee.objects.answered().filter(pk=OuterRef("pk")))
    )


def people_to_ask(wave: Wave, step: int) -> QuerySet[Attendee]:
    """Those who may be written to, have not answered, and have no message of this step yet."""
    return (
        Attendee.objects.filter(forum=wave.forum_id, ask_again_on=None)
        .reachable()
        .exclude(Exists(Message.objects.filter(attendee=OuterRef("pk"), wave=wave, step=step)))
        .exclude(Exists(Attendee.objects.answered().filter(pk=OuterRef("pk"))))
    )


def queue(wave: Wave, people: QuerySet[Attendee], step: int, kind: Message.Kind, not_before: datetime) -> None:
    """One row per person. A row that another worker made just now is left alone."""
    rows = (
        Message(
            wave=wave,
            attendee=person,
            step=step,
            kind=kind,
            not_before=max(not_before, getattr(person, "earliest", not_before)),
            message_id=emails.new_message_id(),
        )
        for person in people.order_by("pk").iterator(BATCH)
    )
    while batch := list(itertools.islice(rows, BATCH)):
        Message.objects.bulk_create(batch, ignore_conflicts=True)
        logger.info("Wave %s: up to %s messages of step %s queued", wave.pk, len(batch), step)


def locked(wave: Wave) -> Wave:
    return Wave.objects.select_for_update().get(pk=wave.pk)


def change(wave: Wave, allowed: list[Wave.State], state: Wave.State, why: str, by: User | None) -> None:
    with transaction.atomic(), acting(by):
        wave = locked(wave)
        if wave.state not in allowed:
            raise CannotFollowUpError(f"This follow-up is {wave.get_state_display().lower()}.")
        wave.state, wave.state_why = state, why
        if state == Wave.State.HELD:
            # Its next release counts, not an earlier one.
            wave.released_at = wave.released_by = wave.release_asked_by = None
        wave.save()


def move(wave: Wave, due_on: date, why: str, closes_on: date) -> None:
    """A new due date for the wave and for its first emails that have not been tried."""
    wave.due_on, wave.due_why, wave.closes_on = due_on, why, closes_on
    wave.save()
    waiting = wave.messages.filter(step=Message.Step.ASK, state=Message.State.QUEUED, attempts=0)
    waiting.update(not_before=start_of(due_on))
