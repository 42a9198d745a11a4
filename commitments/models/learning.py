from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from commitments.models.answers import Answer
from commitments.models.consents import Consent
from commitments.models.waves import Wave
from initiatives.models import Initiative


class StoryQuerySet(models.QuerySet["Story"]):
    def allowed(self) -> "StoryQuerySet":
        """Approved, and the person still allows to be quoted. Whoever withdraws that takes their story down."""
        allowed = Consent.objects.standing().filter(
            use=Consent.Use.QUOTE, attendee=OuterRef("answer__commitment__attendee")
        )
        return self.filter(Exists(allowed), approved_at__isnull=False)

    def public(self) -> "StoryQuerySet":
        """What anybody may read: once the follow-up of a published forum has closed, and enough people answered."""
        closed = Wave.objects.closed().answered_by_enough().filter(forum__is_published=True)
        return self.allowed().filter(answer__commitment__attendee__forum__wave__in=closed.order_by())


class Story(models.Model):
    """A story of change told in an answer, as staff edited it for publication. A second person approves it."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="story")
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        help_text="The entry on whose page it shows too",
    )
    title = models.CharField("a title", max_length=200)
    text = models.TextField("the story, without names")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(written_by=None) | ~Q(approved_by=F("written_by")),
                name="story_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TakeUp(models.Model):
    """Staff released where an initiative was taken up, and what was changed. Without a row only the count shows."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="take_up")
    place = models.CharField("where", max_length=200)
    what_changed = models.CharField("what they changed", max_length=500, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-released_at", "-pk"]

    def __str__(self) -> str:
        return self.place


class ClosingSummary(models.Model):
    """What participants are told after the follow-up has closed. Sending it once is all there is to it."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="summary")
    text = models.TextField("what the follow-up taught")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "closing summaries"

    def __str__(self) -> str:
        return f"Summary of {self.wave}"
