import pghistory
from django.db import models

from senate_portal.lib.natural_keys import NaturalKeyModel


@pghistory.track()
class Theme(NaturalKeyModel):
    """What an initiative is about, from the list that staff keep."""

    NATURAL_KEY = ("slug",)

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(unique=True)
    description = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Population(NaturalKeyModel):
    """A group of people that initiatives are for, such as older people."""

    NATURAL_KEY = ("slug",)

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
