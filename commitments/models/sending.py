from datetime import datetime

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class SendingQuerySet(models.QuerySet["Sending"]):
    def load(self) -> "Sending":
        """The row as it stands, made where it is missing."""
        return self.get_or_create(pk=1)[0]

    def lock(self) -> "Sending":
        """The row, kept from other workers until this transaction ends."""
        self.bulk_create([Sending(pk=1)], ignore_conflicts=True)
        return self.select_for_update().get(pk=1)


@pghistory.track(exclude=["minute", "claimed_in_minute"])
class Sending(models.Model):
    """The one row that says whether emails may leave at all, and how many were claimed in the present minute."""

    paused_at = models.DateTimeField(null=True, blank=True)
    paused_why = models.CharField("why sending is paused", max_length=500, blank=True)
    minute = models.DateTimeField(null=True, blank=True)
    claimed_in_minute = models.PositiveIntegerField(default=0)

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "sending"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="sending_is_one_row"),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_why="") | Q(paused_at__isnull=False) & ~Q(paused_why=""),
                name="sending_paused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return "Sending is paused" if self.paused_at else "Sending is on"

    def left_in_minute(self, now: datetime) -> int:
        if self.minute != now.replace(second=0, microsecond=0):
            return settings.MESSAGES_PER_MINUTE
        return max(settings.MESSAGES_PER_MINUTE - self.claimed_in_minute, 0)

    def count(self, claimed: int, now: datetime) -> None:
        minute = now.replace(second=0, microsecond=0)
        if self.minute != minute:
            self.minute, self.claimed_in_minute = minute, 0
        self.claimed_in_minute += claimed
        self.save(update_fields=["minute", "claimed_in_minute"])


class DatabaseRun(models.Model):
    """Stands for the time since the database last crashed: a crash empties this table, which is unlogged, and no other.

    A crash is also what loses commits that did not await the disk. So where no row is left, some may be missing.
    """

    began_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"Since {self.began_at}"
