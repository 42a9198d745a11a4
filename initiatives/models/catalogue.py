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


class CatalogueDump(models.Model):
    """The whole catalogue as one file, made anew each night. It stands in the database, which every process reaches."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField()
    entries = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="in bytes")
    content = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_dump_one_row")]

    def __str__(self) -> str:
        return f"Dump of {self.made_at:%Y-%m-%d}"


class ThesaurusEntry(NaturalKeyModel):
    """Words that mean the same to people who search."""

    NATURAL_KEY = ("terms",)

    terms = models.CharField(max_length=300, unique=True, help_text="Separated by commas: ED, emergency department")

    class Meta:
        verbose_name_plural = "thesaurus entries"
        ordering = ["terms"]

    def __str__(self) -> str:
        return self.terms
