import uuid

from django.db import models
from django.db.models import Q


class FeedbackVersion(models.Model):
    """One row that triggers renew when anything changes that pages about forums and what they said show."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="feedback_version_one_row")]

    def __str__(self) -> str:
        return str(self.version)
