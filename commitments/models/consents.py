from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commitments.models.attendees import Attendee


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """Somebody allows one use of what they told us, and may end it at any time. Without a row, it is not allowed."""

    class Use(models.TextChoices):
        QUOTE = "quote", "The Senate may quote what I wrote, without my name"
        PEERS = "peers", "People who came to the same forum may see what I wrote, with my name"
        CONTACTS = "contacts", "My name and email address may stand on a contact list for people of my forum"

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="consents")
    use = models.CharField(max_length=10, choices=Use)
    wording = models.TextField("the sentence agreed to")
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendee", "use"], condition=Q(withdrawn_at=None), name="consent_stands_once_per_use"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")), name="consent_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"
