from django.conf import settings
from django.db import models
from django.db.models import Q

from commitments.models.waves import Wave


class WordingQuerySet(models.QuerySet["Wording"]):
    def current(self, wave: Wave) -> dict[str, "Wording"]:
        """The latest version of each letter that staff wrote themselves."""
        latest = {wording.letter: wording for wording in self.filter(wave=wave).order_by("version")}
        return {letter: wording for letter, wording in latest.items() if wording.body}


class Wording(models.Model):
    """One version of an email of a follow-up in the words of staff. A change is a new version; emails name theirs.

    An empty one says that the standard wording is used again.
    """

    class Letter(models.TextChoices):
        ASK = "ask", "First email"
        REMINDER = "reminder", "Reminder"
        WITHOUT = "without", "Email to people without a commitment"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="wordings")
    letter = models.CharField(max_length=10, choices=Letter)
    version = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "letter", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "letter", "version"], name="wording_version_once"),
            models.CheckConstraint(
                condition=Q(subject="", body="") | ~Q(subject="") & ~Q(body=""), name="wording_with_subject_and_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_letter_display()}, version {self.version}"
