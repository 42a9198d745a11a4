from django.db import models
from django.db.models import Q

from stp_feedback.models import Forum


class Suggestion(models.Model):
    """A commitment that staff offer on the page of the day. Nobody has it until they choose it."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="suggestions")
    text = models.CharField("what somebody could do", max_length=500)

    class Meta:
        ordering = ["forum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "text"],
                name="suggestion_once_in_forum",
                violation_error_message="This forum has this suggestion already.",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="suggestion_has_text"),
        ]

    def __str__(self) -> str:
        return self.text
