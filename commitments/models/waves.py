from datetime import date, datetime, timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from commitments.models.attendees import Attendee
from senate_portal.lib import working_days
from stp_feedback.models import Forum

FEWEST_SHOWN = 5  # people: what fewer of them said is for staff alone


def default_reminder_offsets() -> list[int]:
    return [14, 28]


class WaveQuerySet(models.QuerySet["Wave"]):
    def open(self) -> "WaveQuerySet":
        """Those whose messages may leave."""
        return self.filter(state=Wave.State.OPEN)

    def sending(self) -> "WaveQuerySet":
        """Those with something to send: open, or closed with an email that leaves after closing."""
        after = Message.objects.filter(wave=OuterRef("pk"), kind__in=Message.AFTER_CLOSING).unsent()
        return self.filter(Q(state=Wave.State.OPEN) | Q(Exists(after), state=Wave.State.CLOSED))

    def closed(self) -> "WaveQuerySet":
        """Those that ran to their end, the latest first."""
        return self.filter(state=Wave.State.CLOSED).order_by("-closes_on", "-pk")

    def answered_by_enough(self) -> "WaveQuerySet":
        """Those in which so many people told something that none of them shows through."""
        people = Attendee.objects.filter(
            forum=OuterRef("forum"), commitments__withdrawn_at=None, commitments__answers__isnull=False
        )
        counted = people.order_by().values("forum").annotate(number=Count("pk", distinct=True))
        return self.filter(Exists(counted.filter(number__gte=FEWEST_SHOWN)))


@pghistory.track()
class Wave(models.Model):
    """The follow-up of one forum: when it is due, whom it asks and how far it has come."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        OPEN = "open", "Open"
        STOPPED = "stopped", "Stopped"
        CLOSED = "closed", "Closed"

    ENDED = [State.STOPPED, State.CLOSED]

    forum = models.OneToOneField(Forum, models.CASCADE, related_name="wave")
    due_on = models.DateField()
    due_why = models.CharField("why it is due on this day", max_length=300)
    follows_forum = models.BooleanField(
        default=True, help_text="The due date moves with the forum's date. Not so when staff chose another day"
    )
    reminder_offsets = ArrayField(models.PositiveSmallIntegerField(), size=2, default=default_reminder_offsets)
    closes_on = models.DateField()
    asks_those_without = models.BooleanField("also asks people who made no commitment", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    state_why = models.CharField("why it is held or stopped", max_length=300, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="To write to many people takes two: one asks for the release, another releases",
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="wave_due")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gt=models.F("due_on")), name="wave_closes_after_due"),
            models.CheckConstraint(
                condition=Q(released_at=None) | ~Q(state="planned"), name="wave_released_is_no_longer_planned"
            ),
            models.CheckConstraint(
                condition=Q(release_asked_by=None) | Q(released_by=None) | ~Q(released_by=models.F("release_asked_by")),
                name="wave_released_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Follow-up of {self.forum}"

    def days_overdue(self, today: date) -> int:
        return max((today - self.due_on).days, 0)

    @property
    def began_on(self) -> date:
        """The day from which reminders count: the due date, or the day of a later release."""
        if self.released_at is None:
            return self.due_on
        return max(self.due_on, working_days.in_london(self.released_at).date())

    def reminder_due_on(self, step: int) -> date:
        return self.began_on + timedelta(days=self.reminder_offsets[step - 1])


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Rows that a worker may claim: never tried and due, or put off until now."""
        return self.filter(state__in=[Message.State.QUEUED, Message.State.DEFERRED], not_before__lte=now)

    def left(self) -> "MessageQuerySet":
        """Rows that a mail server took, and that came back at worst for now: the next email may follow."""
        return self.filter(state__in=[Message.State.ACCEPTED, Message.State.BOUNCED_SOFT])

    def unsent(self) -> "MessageQuerySet":
        """Rows that may still leave, now or later."""
        return self.filter(
            Q(state__in=[Message.State.QUEUED, Message.State.DEFERRED])
            | Q(state=Message.State.UNKNOWN, times_unknown__lte=Message.RETRIES_OF_UNKNOWN)
        )

    def for_staff_to_decide(self) -> "MessageQuerySet":
        """Sent once or twice with no word from the mail server: only a person can say whether to send again."""
        return self.filter(state=Message.State.UNKNOWN, times_unknown__gt=Message.RETRIES_OF_UNKNOWN)

    def still_wanted(self) -> "MessageQuerySet":
        """Rows whose wave is open and whose person, at the address frozen on the row, may and need be written to.

        Written without joins, so that an update checks it in the same statement as the row's fence.
        """
        people = Attendee.objects.filter(pk=OuterRef("attendee_id"))
        committed = Exists(people.with_commitments())
        silent = Exists(people.filter(ask_again_on=None)) & ~Exists(people.answered())
        return self.filter(
            self.may_leave(),
            Exists(people.reachable().filter(email=OuterRef("recipient"))),
            Q(kind=Message.Kind.COMMITMENTS) & silent & committed
            | Q(kind=Message.Kind.NO_COMMITMENT) & silent & ~committed
            | Q(kind=Message.Kind.AGAIN) & Exists(people.to_ask_again()) & committed
            | Q(kind=Message.Kind.SUMMARY),
        )

    @staticmethod
    def may_leave() -> Q:
        """The wave is open; for what is sent after closing, it may have closed."""
        waves = Wave.objects.filter(pk=OuterRef("wave_id"))
        closed = Exists(waves.filter(state=Wave.State.CLOSED))
        return Q(Exists(waves.open())) | Q(closed, kind__in=Message.AFTER_CLOSING)


class Message(models.Model):
    """One email of a follow-up: a row of the outbox. It exists once per person and step, whatever happens."""

    RETRIES_OF_UNKNOWN = 1

    class Step(models.IntegerChoices):
        ASK = 0, "First email"
        FIRST_REMINDER = 1, "First reminder"
        SECOND_REMINDER = 2, "Second reminder"
        AS_THEY_WISHED = 3, "Asked again on the day they chose"
        CLOSING = 4, "What the follow-up taught"

    class Kind(models.TextChoices):
        COMMITMENTS = "commitments", "About their commitments"
        NO_COMMITMENT = "no-commitment", "To somebody without a commitment"
        AGAIN = "again", "To somebody who asked to be asked later"
        SUMMARY = "summary", "The summary after closing"

    AFTER_CLOSING = [Kind.AGAIN, Kind.SUMMARY]  # these may leave when the wave has closed

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        CLAIMED = "claimed", "Being sent"
        ACCEPTED = "accepted", "Accepted by the mail server"
        DEFERRED = "deferred", "Put off, will be tried again"
        UNKNOWN = "unknown", "May have been sent"
        BOUNCED_SOFT = "bounced-soft", "Came back this time"
        BOUNCED_HARD = "bounced-hard", "Came back for good"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Not needed"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="messages")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="messages")
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.ASK)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMITMENTS)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    reason = models.CharField("why, in words", max_length=500, blank=True)
    not_before = models.DateTimeField("not to be sent before")
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(
        default=0, help_text="Counts claims, so that only the latest can settle the row"
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    data_started_at = models.DateTimeField("content handed to the mail server from", null=True, blank=True)
    times_unknown = models.PositiveSmallIntegerField("attempts that may have been sent", default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    service_id = models.CharField("the mail service's own name for it", max_length=200, blank=True, db_default="")
    wording = models.ForeignKey(
        "Wording", models.PROTECT, null=True, blank=True, related_name="+", help_text="None for the standard wording"
    )
    recipient = models.EmailField(blank=True, help_text="Frozen at the first attempt")
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True, help_text="Frozen at the first attempt, with a blank where the link goes")
    html = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "step", "attendee"]
        indexes = [
            models.Index(
                fields=["wave", "not_before", "id"], condition=Q(state__in=["queued", "deferred"]), name="message_due"
            ),
            models.Index(fields=["lease_until"], condition=Q(state="claimed"), name="message_lease"),
            models.Index(fields=["not_before"], condition=Q(state="unknown"), name="message_unknown"),
            models.Index(fields=["service_id"], condition=~Q(service_id=""), name="message_service_id"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["wave", "attendee", "step"], name="message_once_per_person_and_step"),
            models.CheckConstraint(
                condition=Q(state="claimed", lease_until__isnull=False) | ~Q(state="claimed") & Q(lease_until=None),
                name="message_lease_while_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "unknown"]) | ~Q(recipient="") | Q(subject="", text="", html=""),
                name="message_sent_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"
