import calendar
from datetime import date
from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models import Source
from senate_portal.lib.natural_keys import NaturalKeyModel
from senate_portal.lib.numbers import plain
from senate_portal.lib.vague_dates import Known, words
from stp_feedback.models.forums import Series


@pghistory.track()
class Measure(NaturalKeyModel):
    """What a series of forums wants to reach, and by when. An aim: only a reading tells how things are."""

    NATURAL_KEY = ("series__slug", "position")

    class Comparator(models.TextChoices):
        FEWER_THAN = "fewer-than", "Fewer than"
        AT_MOST = "at-most", "At most"
        EXACTLY = "exactly", "Exactly"
        AT_LEAST = "at-least", "At least"
        MORE_THAN = "more-than", "More than"

    series = models.ForeignKey(Series, models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("what is measured", max_length=200)
    comparator = models.CharField("how it compares", max_length=10, choices=Comparator)
    target = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=60)
    by_when = models.DateField("by when", null=True, blank=True, help_text="A month is kept as its first day")
    by_known = models.CharField("how well that is known", max_length=10, choices=Known, default=Known.NOT_YET)
    as_printed = models.CharField("target as printed", max_length=200, blank=True)
    note = models.CharField("note on the target", max_length=300, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="measures")
    source_place = models.CharField("where in the source", max_length=200, blank=True)

    class Meta:
        ordering = ["series", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "position"], name="measure_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(unit=""), name="measure_says_what_it_counts"),
            models.CheckConstraint(condition=Q(target__gte=0), name="measure_target_is_no_debt"),
            models.CheckConstraint(
                condition=Q(by_known=Known.DAY, by_when__isnull=False)
                | Q(by_known=Known.MONTH, by_when__day=1)
                | Q(by_known=Known.NOT_YET, by_when=None),
                name="measure_date_as_well_as_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_words(self) -> str:
        """fewer than 15% by March 2018"""
        by = f" by {words(self.by_when, self.by_known)}" if self.by_when else ""
        return f"{self.limit}{by}"

    @property
    def limit(self) -> str:
        """fewer than 15%. What is to be exact is named alone."""
        compared = (
            "" if self.comparator == self.Comparator.EXACTLY else f"{self.Comparator(self.comparator).label.lower()} "
        )
        return f"{compared}{self.figure(self.target)}"

    def figure(self, value: Decimal) -> str:
        return f"{plain(value)}%" if self.unit == "%" else f"{plain(value)} {self.unit}"

    @property
    def ends_on(self) -> date | None:
        """The last day on which it is in time."""
        if self.by_when and self.by_known == Known.MONTH:
            return self.by_when.replace(day=calendar.monthrange(self.by_when.year, self.by_when.month)[1])
        return self.by_when

    def is_reached_by(self, value: Decimal) -> bool:
        match self.comparator:
            case self.Comparator.FEWER_THAN:
                return value < self.target
            case self.Comparator.AT_MOST:
                return value <= self.target
            case self.Comparator.EXACTLY:
                return value == self.target
            case self.Comparator.AT_LEAST:
                return value >= self.target
        return value > self.target

    @property
    def latest(self) -> "Reading | None":
        """The latest reading since the start. Where things stood before is none."""
        since = [reading for reading in self.readings.all() if not reading.is_baseline]
        return since[-1] if since else None


@pghistory.track()
class Reading(NaturalKeyModel):
    """How things stood with a measure on a day."""

    NATURAL_KEY = ("measure__series__slug", "measure__position", "read_on")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="readings")
    read_on = models.DateField("as of")
    value = models.DecimalField(max_digits=12, decimal_places=3)
    is_baseline = models.BooleanField("where things stood at the start", default=False)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["measure", "read_on"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "read_on"], name="reading_once_a_day"),
            models.UniqueConstraint(fields=["measure"], condition=Q(is_baseline=True), name="reading_one_baseline"),
            models.CheckConstraint(condition=Q(value__gte=0), name="reading_value_is_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, as of {self.read_on}"

    @property
    def figure(self) -> str:
        return self.measure.figure(self.value)

    @property
    def reaches_target(self) -> bool:
        return self.measure.is_reached_by(self.value)

    @property
    def is_late(self) -> bool:
        """Of a day after the one by which the target was to be reached."""
        return self.measure.ends_on is not None and self.read_on > self.measure.ends_on
