from datetime import date

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q
from django.db.models.functions import Greatest, TruncDate
from django.urls import reverse
from django.utils import timezone

from initiatives import freshness
from initiatives.freshness import Freshness
from initiatives.models.organisations import Organisation
from initiatives.models.places import Borough, STPArea
from initiatives.models.themes import Population, Theme
from initiatives.search import WEIGHTED_WORDS
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet


class Basis(models.TextChoices):
    """How we know that something belongs to a place."""

    STATED = "stated", "Stated in the source"
    INFERRED = "inferred", "Inferred"


class EvidenceStrength(models.TextChoices):
    """How far one can rely on what is said of an initiative, whatever the size of the effect."""

    NOT_ASSESSED = "not-assessed", "Not assessed"
    SUGGESTIVE = "suggestive", "Suggestive"
    MODERATE = "moderate", "Moderate"
    STRONG = "strong", "Strong"


class InitiativeQuerySet(NaturalKeyQuerySet):
    def published(self) -> "InitiativeQuerySet":
        return self.filter(publication=Initiative.Publication.PUBLISHED)

    def reachable(self) -> "InitiativeQuerySet":
        """Those that have a page for everybody: what is published, and what was and is archived now."""
        return self.filter(Q(publication=Initiative.Publication.PUBLISHED) | Q(archived_on__isnull=False))

    def without_expected_result(self, today: date) -> "InitiativeQuerySet":
        """A result was expected by now, and none is recorded."""
        return self.filter(results_expected_on__lte=today).exclude(evaluation_status=Initiative.Evaluation.COMPLETED)

    def edited_since_review(self) -> "InitiativeQuerySet":
        """Published, and corrected by somebody whose correction nobody else has looked at."""
        return self.published().filter(edited_by__isnull=False, reviewed_by=None)

    def due_to_be_checked(self, today: date) -> "InitiativeQuerySet":
        """Published, and due or overdue by the rule of initiatives/freshness.py."""
        return self.published().filter(Q(verified_on=None) | Q(verified_on__lte=freshness.last_check_due(today)))

    def latest_news_first(self) -> "InitiativeQuerySet":
        """By the day on which each first was published or last was checked, as `news_on`. An edit is no news."""
        published = Min("events__pgh_created_at", filter=Q(events__publication=Initiative.Publication.PUBLISHED))
        found: InitiativeQuerySet = self.annotate(news_on=Greatest("verified_on", TruncDate(published)))
        return found.order_by("-news_on", "title")

    def in_area(self, area: STPArea) -> "InitiativeQuerySet":
        """Those placed in the area; London-wide ones are not among them unless they are also placed there."""
        return self.filter(initiativearea__area=area)


# Words that stand where a slug would in the addresses of the catalogue.
TAKEN_SLUGS = ["compare", "matrix", "submit"]


@pghistory.track(exclude=["related_words", "search_vector"])
class Initiative(NaturalKeyModel):
    """Something that keeps patients out of hospital: one entry of the catalogue, which may hold several services."""

    NATURAL_KEY = ("slug",)

    class Stage(models.TextChoices):
        PLANNED = "planned", "Planned"
        PILOT = "pilot", "Pilot"
        LIVE = "live", "Live"
        SCALED = "scaled", "Scaled up"
        PAUSED = "paused", "Paused"
        STOPPED = "stopped", "Stopped"

    class Evaluation(models.TextChoices):
        NONE_STATED = "none-stated", "None stated"
        PLANNED = "planned", "Planned"
        IN_PROGRESS = "in-progress", "In progress"
        PRELIMINARY = "preliminary", "Preliminary results"
        COMPLETED = "completed", "Completed"

    class Publication(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        NEEDS_CHANGES = "needs-changes", "Needs changes"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"
        HIDDEN = "hidden", "Hidden at once"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    acronyms = models.CharField(max_length=200, blank=True, help_text="Separated by commas")
    summary = models.TextField()
    problem = models.TextField("the problem it meets", blank=True)
    how_it_works = models.TextField("how it works and what it took", blank=True)
    # What it took and what others should know first. Empty where the source says nothing, and shown as "not stated".
    cost = models.CharField(max_length=500, blank=True)
    funding = models.CharField("who pays for it", max_length=500, blank=True)
    workforce = models.CharField("who does the work", max_length=500, blank=True)
    set_up_time = models.CharField("time to set up", max_length=500, blank=True)
    prerequisites = models.TextField("what must be in place first", blank=True)
    pitfalls = models.TextField("what to look out for", blank=True)
    start_here = models.TextField("where to start", blank=True)
    lessons = models.TextField("what they would do differently", blank=True)
    who_for = models.CharField("who it is for", max_length=300)
    stage = models.CharField(max_length=10, choices=Stage)
    evaluation_status = models.CharField(max_length=20, choices=Evaluation, default=Evaluation.NONE_STATED)
    evaluation_note = models.TextField(blank=True)
    evidence_strength = models.CharField(
        "strength of the evidence", max_length=20, choices=EvidenceStrength, default=EvidenceStrength.NOT_ASSESSED
    )
    evidence_reason = models.CharField("why the evidence is that strong", max_length=500, blank=True)
    results_expected_on = models.DateField("results expected on", null=True, blank=True)
    results_expected_note = models.CharField(
        "when results are expected, as the source says it", max_length=200, blank=True
    )
    london_wide = models.BooleanField("London-wide", default=False)
    london_wide_basis = models.CharField(
        "how we know that it is London-wide", max_length=10, choices=Basis, default=Basis.STATED
    )
    publication = models.CharField(max_length=20, choices=Publication, default=Publication.DRAFT)
    archive_on = models.DateField("to be archived on", null=True, blank=True, editable=False)
    archive_reason = models.CharField("why it is archived", max_length=500, blank=True, editable=False)
    # When it left the catalogue; empty for what never was in it, which nobody but staff may read.
    archived_on = models.DateField("archived on", null=True, blank=True, editable=False)
    verified_on = models.DateField("last checked on", null=True, blank=True)
    verified_by = models.CharField("last checked by", max_length=200, blank=True)
    areas: "models.ManyToManyField[STPArea, InitiativeArea]" = models.ManyToManyField(
        STPArea, through="InitiativeArea", related_name="initiatives"
    )
    boroughs: "models.ManyToManyField[Borough, InitiativeBorough]" = models.ManyToManyField(
        Borough, through="InitiativeBorough", related_name="initiatives"
    )
    themes = models.ManyToManyField(Theme, related_name="initiatives", blank=True)
    populations = models.ManyToManyField(Population, related_name="initiatives", blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="initiatives", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="initiatives_created"
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="last edited by",
    )
    # Whoever approved the entry as it stands; nobody once it was edited again.
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    review_comment = models.CharField("comment of the reviewer", max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Names of places, people, organisations and outcomes, kept by triggers so that search finds the entry by them.
    related_words = models.TextField(blank=True, editable=False)
    search_vector = models.GeneratedField(expression=WEIGHTED_WORDS, output_field=SearchVectorField(), db_persist=True)

    objects = InitiativeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            GinIndex(fields=["search_vector"], name="initiative_search"),
            models.Index(fields=["publication", "title", "id"], name="initiative_list"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(evaluation_status="none-stated") | Q(results_expected_on=None),
                name="initiative_no_result_expected_without_evaluation",
            ),
            models.CheckConstraint(
                condition=Q(evidence_strength="not-assessed", evidence_reason="")
                | ~Q(evidence_strength="not-assessed") & ~Q(evidence_reason=""),
                name="initiative_evidence_assessed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None, verified_by="") | Q(verified_on__isnull=False) & ~Q(verified_by=""),
                name="initiative_checked_on_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(london_wide=True) | Q(london_wide_basis=Basis.STATED),
                name="initiative_london_wide_before_inferred",
            ),
            models.CheckConstraint(
                condition=~Q(publication__in=["needs-changes", "hidden"]) | ~Q(review_comment=""),
                name="initiative_returned_or_hidden_with_comment",
            ),
            models.CheckConstraint(
                condition=Q(archived_on=None) | Q(publication="archived") & ~Q(archive_reason=""),
                name="initiative_archived_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(archive_on=None) | Q(publication="published") & ~Q(archive_reason=""),
                name="initiative_to_be_archived_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | Q(edited_by=None) | ~Q(reviewed_by=F("edited_by")),
                name="initiative_reviewer_is_not_author",
            ),
            models.CheckConstraint(condition=~Q(slug__in=TAKEN_SLUGS), name="initiative_slug_not_taken_by_a_page"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_old_slug",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Condition("OLD.slug <> NEW.slug"),
                func="""
                    INSERT INTO initiatives_oldslug (slug, initiative_id) VALUES (OLD.slug, NEW.id)
                    ON CONFLICT (slug) DO UPDATE SET initiative_id = excluded.initiative_id;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:detail", args=[self.slug])

    def clean(self) -> None:
        """What the constraints refuse, in words beside the field."""
        problems = {}
        if self.evaluation_status == self.Evaluation.NONE_STATED and self.results_expected_on:
            problems["results_expected_on"] = "Choose another evaluation status, or leave this empty"
        if self.london_wide_basis == Basis.INFERRED and not self.london_wide:
            problems["london_wide_basis"] = "Choose “Stated in the source” where it is not London-wide"
        assessed = self.evidence_strength != EvidenceStrength.NOT_ASSESSED
        if assessed and not self.evidence_reason:
            problems["evidence_reason"] = "Say what the strength rests on"
        if self.evidence_reason and not assessed:
            problems["evidence_strength"] = "Choose how strong the evidence is, or empty the reason"
        if problems:
            raise ValidationError(problems)

    @property
    def last_edited_by(self) -> str:
        if self.edited_by:
            return self.edited_by.name
        return f"{self.submission.name}, who offered it" if hasattr(self, "submission") else "The published record"

    @property
    def freshness(self) -> Freshness:
        return freshness.of(self.verified_on, timezone.localdate())

    @property
    def review_by(self) -> date | None:
        return freshness.review_by(self.verified_on)


class OldSlug(models.Model):
    """A slug that an entry once had, kept by a trigger: its old address leads to the new one for ever."""

    slug = models.SlugField(max_length=100, unique=True)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


@pghistory.track()
class InitiativeTheme(Initiative.themes.through):  # type: ignore[misc,name-defined]
    """The row that ties an entry to a theme, so that its history is kept too."""

    class Meta:
        proxy = True


@pghistory.track()
class InitiativePopulation(Initiative.populations.through):  # type: ignore[misc,name-defined]
    """The row that ties an entry to a group of people."""

    class Meta:
        proxy = True


@pghistory.track()
class InitiativeOrganisation(Initiative.organisations.through):  # type: ignore[misc,name-defined]
    """The row that ties an entry to an organisation."""

    class Meta:
        proxy = True


@pghistory.track()
class InitiativeArea(NaturalKeyModel):
    """An area in which an initiative runs; inferred when the source does not print it."""

    NATURAL_KEY = ("initiative__slug", "area__code")

    initiative = models.ForeignKey(Initiative, models.CASCADE)
    area = models.ForeignKey(STPArea, models.PROTECT)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED)

    class Meta:
        ordering = ["area__name"]
        constraints = [models.UniqueConstraint(fields=["initiative", "area"], name="initiative_area_once")]

    def __str__(self) -> str:
        return f"{self.initiative} in {self.area}"


@pghistory.track()
class InitiativeBorough(NaturalKeyModel):
    """A borough in which an initiative runs; inferred when the source does not print it."""

    NATURAL_KEY = ("initiative__slug", "borough__slug")

    initiative = models.ForeignKey(Initiative, models.CASCADE)
    borough = models.ForeignKey(Borough, models.PROTECT)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.STATED)

    class Meta:
        ordering = ["borough__name"]
        constraints = [models.UniqueConstraint(fields=["initiative", "borough"], name="initiative_borough_once")]

    def __str__(self) -> str:
        return f"{self.initiative} in {self.borough}"


@pghistory.track()
class Adaptation(NaturalKeyModel):
    """An initiative that was made after another one, which may run elsewhere."""

    NATURAL_KEY = ("initiative__slug", "original__slug")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="adapted_from")
    original = models.ForeignKey(Initiative, models.CASCADE, related_name="adaptations")
    what_changed = models.CharField("what changed", max_length=500)

    class Meta:
        ordering = ["initiative", "original"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "original"], name="adaptation_once"),
            models.CheckConstraint(condition=~Q(initiative=F("original")), name="adaptation_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} after {self.original}"


@pghistory.track()
class Service(NaturalKeyModel):
    """One of several services that share an entry."""

    NATURAL_KEY = ("initiative__slug", "position")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="services")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["initiative", "position"]
        constraints = [models.UniqueConstraint(fields=["initiative", "position"], name="service_position")]

    def __str__(self) -> str:
        return self.name
