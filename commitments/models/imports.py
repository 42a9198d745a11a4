from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from stp_feedback.models import Forum

ABANDONED_AFTER = timedelta(days=7)


class AttendeeImportQuerySet(models.QuerySet["AttendeeImport"]):
    def abandoned(self) -> "AttendeeImportQuerySet":
        return self.filter(made_at__lt=timezone.now() - ABANDONED_AFTER)


class AttendeeImport(models.Model):
    """A list of people that somebody uploaded and has not confirmed. It goes when it is confirmed, or in a week."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    header = models.JSONField()
    rows = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AttendeeImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Import {self.pk}"
