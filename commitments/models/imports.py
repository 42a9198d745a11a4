from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from stp_feedback.models import Forum

ABANDONED_AFTER = timedelta(days=7)


class AttendeeImportQuerySet(models.QuerySet["AttendeeImport"]):
    def abandoned(self) -> "AttendeeImportQuerySet":
        return self.filter(made_at__lt=timezone.now() - ABANDONED_AFTER)


class AttendeeImport(models.Model):
    """A list of people, or of their commitments, that somebody uploaded and has not confirmed.

    It goes when it is confirmed, or in a week.
    """

    class What(models.TextChoices):
        PEOPLE = "people", "Attendees"
        COMMITMENTS = "commitments", "Commitments"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="imports")
    what = models.CharField(max_length=20, choices=What, default=What.PEOPLE, db_default="people")
    file_name = models.CharField(max_length=200)
    header = models.JSONField()
    rows = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AttendeeImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Import {self.pk}"


class FinishedImportQuerySet(models.QuerySet["FinishedImport"]):
    def undoable(self) -> "FinishedImportQuerySet":
        return self.filter(undone_at=None)


class FinishedImport(models.Model):
    """What a confirmed import added and changed, so that it can be undone for a week. Then it goes."""

    KEPT_FOR = timedelta(days=7)

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="finished_imports")
    file_name = models.CharField(max_length=200)
    people = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of the people it added")
    commitments = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of the commitments it added")
    changes = models.JSONField(default=list, help_text="Of each person it changed: id, fields before and after")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = FinishedImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(changes=[]), name="finished_import_undone_keeps_no_details"
            ),
        ]

    def __str__(self) -> str:
        return f"Finished import {self.pk}"
