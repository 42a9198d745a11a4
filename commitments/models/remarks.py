from django.conf import settings
from django.db import models
from django.utils import timezone

from commitments.models.attendees import Attendee


class RemarkQuerySet(models.QuerySet["Remark"]):
    def unsettled(self) -> "RemarkQuerySet":
        """Those that nobody has dealt with, nor are held."""
        return self.filter(seen_at=None).exclude(held_text__decision="")


class Remark(models.Model):
    """Anything else that somebody told us beside their answers: one free line at a time."""

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="remarks")
    text = models.CharField("anything else", max_length=500)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField("dealt with", null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Remark {self.pk}"
