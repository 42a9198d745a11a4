from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from commitments.models.attendees import Attendee


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def waiting(self) -> "ErasureQuerySet":
        return self.filter(executed_at=None)


class Erasure(models.Model):
    """A person's details are to be erased, or were: one member of staff prepares it, an administrator executes it.

    It holds ids and nothing about the person, so it stays.
    """

    attendee = models.ForeignKey(Attendee, models.PROTECT, related_name="erasures")
    kept_texts = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Ids of the commitments whose text may stay"
    )
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    executed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    executed_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(executed_by=None) | ~Q(executed_by=F("prepared_by")), name="erasure_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(executed_by=None, executed_at=None)
                | Q(executed_by__isnull=False, executed_at__isnull=False),
                name="erasure_executed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["attendee"], condition=Q(executed_at=None), name="erasure_waits_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"
