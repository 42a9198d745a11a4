import pghistory
from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet

from initiatives.models.initiatives import Initiative
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet


class SourceQuerySet(NaturalKeyQuerySet):
    """Sources, the latest first, with the places at which published entries refer to them."""

    def with_entries(self) -> "SourceQuerySet":
        """All places as `references`."""
        return self._latest_first().prefetch_related(Prefetch("references", _published()))

    def with_first_entries(self, most: int) -> "SourceQuerySet":
        """So many places of each as `first_references`."""
        return self._latest_first().prefetch_related(Prefetch("references", _published()[:most], "first_references"))

    def _latest_first(self) -> "SourceQuerySet":
        return self.order_by(F("published_on").desc(nulls_last=True), "title")


def _published() -> "QuerySet[SourceReference]":
    published = SourceReference.objects.filter(initiative__publication=Initiative.Publication.PUBLISHED)
    return (
        published.select_related("initiative")
        .only("source", "place", "initiative__slug", "initiative__title")
        .order_by("initiative__title", "place")
    )


@pghistory.track()
class Source(NaturalKeyModel):
    """A document that the record comes from or points to."""

    NATURAL_KEY = ("slug",)

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    date_as_printed = models.CharField(max_length=100, blank=True)
    published_on = models.DateField(null=True, blank=True, help_text="The first day it may mean, for sorting")
    address = models.URLField(blank=True)
    note = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-published_on", "title"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class SourceReference(NaturalKeyModel):
    """Where in a source an initiative stands."""

    NATURAL_KEY = ("initiative__slug", "source__slug", "place")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="source_references")
    source = models.ForeignKey(Source, models.PROTECT, related_name="references")
    place = models.CharField("where in it", max_length=200)

    class Meta:
        ordering = ["source__title", "place"]
        constraints = [models.UniqueConstraint(fields=["initiative", "source", "place"], name="source_reference_once")]

    def __str__(self) -> str:
        return f"{self.source}, {self.place}"


@pghistory.track()
class Outcome(NaturalKeyModel):
    """One thing a source claims for an initiative. An aim is not a result, so the kind of claim is never left out."""

    NATURAL_KEY = ("initiative__slug", "position")

    class Claim(models.TextChoices):
        EVALUATED = "evaluated", "Evaluated"
        MEASURED = "measured", "Measured"
        EARLY = "early", "Early result"
        AIM = "aim", "Aim"

    class Direction(models.TextChoices):
        UP = "up", "Up"
        DOWN = "down", "Down"
        BETTER = "better", "Better"
        WORSE = "worse", "Worse"
        SAME = "same", "No change"
        NOT_STATED = "not-stated", "Direction not stated"

    class Measured(models.TextChoices):
        """What was measured, in the few groups that people filter by."""

        ATTENDANCES = "attendances", "Emergency attendances"
        ADMISSIONS = "admissions", "Hospital admissions"
        LENGTH_OF_STAY = "length-of-stay", "Length of stay"
        REFERRALS = "referrals", "Referrals"
        PRIMARY_CARE = "primary-care", "Use of primary care"
        HEALTH = "health", "Health and wellbeing"
        EXPERIENCE = "experience", "Experience"
        QUALITY = "quality", "Quality and safety"
        COST = "cost", "Cost and efficiency"
        REACH = "reach", "People reached"
        WAYS_OF_WORKING = "ways-of-working", "Ways of working"

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    claim = models.CharField("kind of claim", max_length=10, choices=Claim)
    measured = models.CharField("what was measured", max_length=20, choices=Measured)
    measure = models.CharField("measure in our words", max_length=200)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.NOT_STATED)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    as_printed = models.CharField("figure as printed", max_length=200, blank=True)
    period = models.CharField(max_length=100, blank=True)
    note = models.CharField("note on an odd figure", max_length=300, blank=True)

    class Meta:
        ordering = ["initiative", "position"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="outcome_position"),
            models.CheckConstraint(
                condition=Q(value=None, unit="") | Q(value__isnull=False) & ~Q(unit=""),
                name="outcome_value_and_unit_together",
            ),
            models.CheckConstraint(condition=Q(value=None) | ~Q(as_printed=""), name="outcome_value_as_printed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_claim_display()}: {self.measure}"
