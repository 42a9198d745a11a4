import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from commitments.models.attendees import Attendee


@pghistory.track()
class Chase(models.Model):
    """Somebody was asked outside the emails: by phone, in person, in a reply. The person can ask to see the note."""

    class Channel(models.TextChoices):
        PHONE = "phone", "By phone"
        IN_PERSON = "in-person", "In person"
        EMAIL = "email", "In an email of ours or theirs"
        OTHER = "other", "Another way"

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="chases")
    channel = models.CharField("how", max_length=20, choices=Channel)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    chased_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-chased_at", "-pk"]

    def __str__(self) -> str:
        return f"Chase {self.pk}"


class PeopleDownload(models.Model):
    """Somebody took a list of people out of the portal: who, when, how many and why."""

    what = models.CharField(max_length=100)
    why = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Download {self.pk}"
