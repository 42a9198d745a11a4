from django.db import models
from django.db.models import Q

from commitments.models.waves import Message


class Bounce(models.Model):
    """What came back about a message: that it was not delivered, or that its reader complained."""

    class Kind(models.TextChoices):
        HARD = "hard", "The address does not work"
        SOFT = "soft", "Not delivered this time"
        COMPLAINT = "complaint", "Reported as unwanted"

    message = models.ForeignKey(Message, models.CASCADE, related_name="bounces")
    kind = models.CharField(max_length=10, choices=Kind)
    why = models.CharField("why, in words", max_length=500)
    report = models.TextField(blank=True, help_text="What the mail server wrote; emptied after a while")
    key = models.CharField(max_length=200, unique=True, help_text="The same report twice counts once")
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["hard", "soft", "complaint"]), name="bounce_of_a_known_kind")
        ]

    def __str__(self) -> str:
        return f"Bounce {self.pk}"
