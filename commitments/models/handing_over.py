from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commitments.models.attendees import Attendee
from commitments.models.commitments import Commitment


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def offered(self) -> "HandOverQuerySet":
        """Those on which the colleague has not decided yet."""
        return self.filter(state=HandOver.State.OFFERED)


class HandOver(models.Model):
    """One person offers a commitment to a colleague, who takes it on or does not. It says who held it when."""

    class State(models.TextChoices):
        OFFERED = "offered", "Offered"
        TAKEN = "taken", "Taken on"
        REFUSED = "refused", "Not taken on"
        TAKEN_BACK = "taken-back", "Taken back"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(Attendee, models.CASCADE, related_name="given")
    colleague = models.ForeignKey(Attendee, models.CASCADE, related_name="offered")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("colleague")), name="hand_over_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at=None) | ~Q(state="offered") & Q(decided_at__isnull=False),
                name="hand_over_decided_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(state="offered"), name="hand_over_one_offer_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"
