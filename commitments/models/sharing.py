from django.db import models

from commitments.models.attendees import Attendee
from commitments.models.commitments import Commitment


class CoOwner(models.Model):
    """Somebody who made a commitment together with its holder. The holder is asked about it; any of them may answer."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="co_owners")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="co_owned")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["commitment", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "attendee"], name="co_owner_once")]

    def __str__(self) -> str:
        return f"Co-owner {self.pk}"
