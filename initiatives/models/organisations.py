import pghistory
from django.db import models

from senate_portal.lib.natural_keys import NaturalKeyModel


@pghistory.track()
class Organisation(NaturalKeyModel):
    """A body that runs, pays for or supports initiatives, under the name its source prints."""

    NATURAL_KEY = ("slug",)

    class Kind(models.TextChoices):
        TRUST = "trust", "NHS trust"
        COMMISSIONER = "commissioner", "NHS commissioner"
        COUNCIL = "council", "Council"
        PRIMARY_CARE = "primary-care", "Primary care"
        ACADEMIC = "academic", "University or academic health science network"
        PARTNERSHIP = "partnership", "Partnership or network"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
