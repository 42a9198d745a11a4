import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse

from senate_portal.lib.natural_keys import NaturalKeyModel


@pghistory.track()
class STPArea(NaturalKeyModel):
    """One of London's five Sustainability and Transformation Partnership footprints of 2016."""

    NATURAL_KEY = ("code",)

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100, unique=True)
    leads: "models.ManyToManyField[models.Model, AreaLead]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="AreaLead", related_name="areas"
    )

    class Meta:
        verbose_name = "STP area"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("area", args=[self.code])

    @property
    def successor(self) -> "SuccessorBody | None":
        """Today's body. Reads all successors, so that a prefetch serves it."""
        return max(self.successors.all(), key=lambda body: body.since_on, default=None)


class SuccessorBody(NaturalKeyModel):
    """The body that took over an area on a day. The area keeps its own name in everything said before."""

    NATURAL_KEY = ("area__code", "since_on")

    area = models.ForeignKey(STPArea, models.CASCADE, related_name="successors")
    name = models.CharField(max_length=200)
    since_on = models.DateField("since")

    class Meta:
        verbose_name_plural = "successor bodies"
        ordering = ["area", "since_on"]
        constraints = [models.UniqueConstraint(fields=["area", "since_on"], name="successor_one_a_day")]

    def __str__(self) -> str:
        return self.name


class Borough(NaturalKeyModel):
    """One of London's 33 local authorities, with its place on the tile map."""

    NATURAL_KEY = ("slug",)

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(unique=True)
    short_name = models.CharField("short name on the map", max_length=3, unique=True)
    area = models.ForeignKey(STPArea, models.PROTECT, related_name="boroughs")
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["tile_row", "tile_column"], name="borough_tile_free")]

    def __str__(self) -> str:
        return self.name


class AreaLead(models.Model):
    """A person who answers for an area: reads its drafts and answers its points."""

    area = models.ForeignKey(STPArea, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "user"], name="area_lead_once")]

    def __str__(self) -> str:
        return f"{self.user} for {self.area}"
