from datetime import datetime

from django.db import models


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def note(self, part: "Heartbeat.Part", now: datetime) -> None:
        self.update_or_create(part=part, defaults={"at": now})


class Heartbeat(models.Model):
    """When a part of the machinery was last seen alive."""

    class Part(models.TextChoices):
        WORKER = "worker", "The worker, which sends"
        BEAT = "beat", "Beat, which wakes the worker every minute"

    part = models.CharField(max_length=10, choices=Part, primary_key=True)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(part__in=["worker", "beat"]), name="heartbeat_of_a_known_part")
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.at}"
