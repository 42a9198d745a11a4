import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from stp_feedback.models import Forum


@pghistory.track()
class CloseDown(models.Model):
    """Staff are done with a forum, whatever the records say is left to do. Taken away when they open it again."""

    forum = models.OneToOneField(Forum, models.CASCADE, related_name="close_down")
    why = models.CharField("why nothing more is to be done", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="close_down_says_why")]

    def __str__(self) -> str:
        return f"Close-down of {self.forum}"
