import pgtrigger
from django.db import models
from django.db.models import Q

from commitments.models.attendees import Attendee
from commitments.models.waves import Message, Wave


class RehearsalRow(models.Model):
    """What one person was to get as a follow-up began, or why nothing. Never changed, so that it is a receipt."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="rehearsal")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="rehearsed")
    kind = models.CharField("which email", max_length=20, choices=Message.Kind, blank=True)
    address = models.EmailField("to what address", blank=True)
    why_not = models.CharField("why they get none", max_length=600, blank=True)
    link_until = models.DateTimeField("an earlier link of theirs worked until", null=True, blank=True)
    made_at = models.DateTimeField("as it stood on")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["wave", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "attendee"], name="rehearsal_names_a_person_once"),
            models.CheckConstraint(
                condition=Q(kind="") & ~Q(why_not="")
                | Q(kind__in=[Message.Kind.COMMITMENTS, Message.Kind.NO_COMMITMENT], why_not=""),
                name="rehearsal_has_an_email_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | ~Q(address="") | Q(erased_at__isnull=False),
                name="rehearsal_email_has_an_address",
            ),
            models.CheckConstraint(condition=Q(erased_at=None) | Q(address=""), name="rehearsal_erased_has_no_address"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Row {self.pk} of a rehearsal"
