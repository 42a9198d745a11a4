from django.conf import settings
from django.db import models
from django.db.models import Q

from commitments.models.answers import Answer
from commitments.models.remarks import Remark


class HeldTextQuerySet(models.QuerySet["HeldText"]):
    def waiting(self) -> "HeldTextQuerySet":
        """Those that nobody has decided about."""
        return self.filter(decision="")


class HeldText(models.Model):
    """What somebody wrote seems to hold an NHS number or an address: a member of staff looks at it before others do."""

    class Decision(models.TextChoices):
        RELEASED = "released", "Released as it is"
        MASKED = "masked", "Released without it"

    answer = models.OneToOneField(Answer, models.CASCADE, null=True, blank=True, related_name="held_text")
    remark = models.OneToOneField(Remark, models.CASCADE, null=True, blank=True, related_name="held_text")
    found = models.CharField("what it seems to hold", max_length=100)
    held_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = HeldTextQuerySet.as_manager()

    class Meta:
        ordering = ["held_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=None, remark__isnull=False) | Q(answer__isnull=False, remark=None),
                name="held_text_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="held_text_decided_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Held text {self.pk}"
