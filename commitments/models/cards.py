from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commitments.models.commitments import Commitment


class TypedCard(models.Model):
    """Who typed a card and, as their browser counted, with what effort."""

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="typed_card")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    seconds = models.PositiveIntegerField("seconds from the first key to saving", null=True, blank=True)
    keys = models.PositiveIntegerField("keys pressed", null=True, blank=True)
    typed_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Typed card {self.pk}"


class CardCheck(models.Model):
    """A second person held a card beside what was typed. A difference is kept here; the commitment is not touched."""

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="card_check")
    reads_as = models.TextField("what the card says", blank=True, help_text="Only where it differs")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(typed_by=None) | Q(by=None) | ~Q(by=F("typed_by")), name="card_check_takes_a_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"Card check {self.pk}"
