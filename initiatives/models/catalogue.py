import uuid

from django.db import models
from django.db.models import Q

from senate_portal.lib.natural_keys import NaturalKeyModel


class CatalogueVersion(models.Model):
    """One row that triggers renew when anything changes that the catalogue shows; see initiatives/catalogue.py."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_version_one_row")]

    def __str__(self) -> str:
        return str(self.version)


class ThesaurusEntry(NaturalKeyModel):
    """Words that mean the same to people who search."""

    NATURAL_KEY = ("terms",)

    terms = models.CharField(max_length=300, unique=True, help_text="Separated by commas: ED, emergency department")

    class Meta:
        verbose_name_plural = "thesaurus entries"
        ordering = ["terms"]

    def __str__(self) -> str:
        return self.terms
