import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from commitments.models.attendees import Attendee
from commitments.models.commitments import Commitment
from initiatives.models import Initiative
from stp_feedback.models import KeyTheme

LINK_LIFE = timedelta(days=180)


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def issue(self, attendee: Attendee, now: datetime) -> str:
        """A fresh secret for the attendee's present address; only its hash is kept, so it cannot be read again."""
        return self.issue_many([attendee], now)[0]

    def issue_many(self, attendees: Sequence[Attendee], now: datetime) -> list[str]:
        """One secret for each, in the same order."""
        tokens = [secrets.token_urlsafe(32) for _ in attendees]
        self.bulk_create(
            AnswerLink(
                attendee=attendee,
                token_hash=AnswerLink.hash_of(token),
                email=attendee.email,
                expires_at=now + LINK_LIFE,
            )
            for attendee, token in zip(attendees, tokens, strict=True)
        )
        return tokens

    def find(self, token: str) -> "AnswerLink | None":
        return self.select_related("attendee__forum").filter(token_hash=AnswerLink.hash_of(token)).first()


class AnswerLink(models.Model):
    """A mailed link to one person's answer page. It dies with the address it was sent to."""

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Link {self.pk}"

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def works(self, now: datetime) -> bool:
        return (
            self.revoked_at is None
            and now < self.expires_at
            and self.email == self.attendee.email
            and self.attendee.erased_at is None
        )


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of_present_holder(self) -> "AnswerQuerySet":
        """Given by whoever holds the commitment now: a colleague who took it over never sees what stood before."""
        return self.filter(Q(commitment__held_since=None) | Q(answered_at__gte=F("commitment__held_since")))

    def current(self) -> "AnswerQuerySet":
        """The latest answer of each commitment."""
        later = Answer.objects.filter(commitment=OuterRef("commitment")).filter(
            Q(answered_at__gt=OuterRef("answered_at")) | Q(answered_at=OuterRef("answered_at"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later))


class Answer(models.Model):
    """What became of a commitment, as told at one time. Never changed: a later answer is a new row."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        PART_DONE = "part-done", "Part done"
        UNDER_WAY = "under-way", "Under way"
        NOT_STARTED = "not-started", "Not started yet"
        CHANGED = "changed", "Changed into something else"
        STOPPED = "stopped", "Stopped"

    class TakenUpAs(models.TextChoices):
        ADOPTED = "adopted", "We adopted it as it is"
        ADAPTED = "adapted", "We adapted it"

    class Via(models.TextChoices):
        LINK = "link", "Their link"
        CO_OWNER = "co-owner", "The link of somebody who shares it"
        PHONE = "phone", "By phone"
        STAFF = "staff", "Staff on their behalf"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="answers")
    outcome = models.CharField("what became of it", max_length=20, choices=Outcome)
    what_happened = models.TextField(blank=True)
    helped = models.ManyToManyField(KeyTheme, blank=True, related_name="helped_answers")
    helped_text = models.CharField("what helped", max_length=500, blank=True)
    hindered = models.ManyToManyField(KeyTheme, blank=True, related_name="hindered_answers")
    hindered_text = models.CharField("what got in the way", max_length=500, blank=True)
    took_up = models.ForeignKey(Initiative, models.SET_NULL, null=True, blank=True, related_name="answers_taking_it_up")
    took_up_as = models.CharField("how it was taken up", max_length=10, choices=TakenUpAs, blank=True, db_default="")
    via = models.CharField(max_length=10, choices=Via, default=Via.LINK)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_late = models.BooleanField("given after the follow-up closed", default=False)
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "-answered_at", "-pk"]
        indexes = [
            models.Index(fields=["commitment", "-answered_at", "-id"], name="answer_current"),
            models.Index(fields=["id"], condition=Q(took_up__isnull=False), name="answer_took_up"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(via__in=["link", "co-owner"], by=None) | ~Q(via__in=["link", "co-owner"]),
                name="answer_by_link_has_no_staff",
            ),
            models.CheckConstraint(
                condition=Q(took_up=None) | ~Q(took_up_as=""), name="answer_took_something_up_somehow"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
