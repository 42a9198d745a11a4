from datetime import date

import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from initiatives.models import Initiative, Source, STPArea
from senate_portal.accounts.access import is_senate_staff
from senate_portal.accounts.models import User
from senate_portal.lib import working_days
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet


class Series(NaturalKeyModel):
    """A run of forums that belong together."""

    NATURAL_KEY = ("slug",)

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class KeyTheme(NaturalKeyModel):
    """An overarching issue that forums raise, also used to code what helped and what hindered a commitment."""

    NATURAL_KEY = ("slug",)

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, unique=True, help_text="For checkboxes and charts")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ForumQuerySet(NaturalKeyQuerySet):
    def published(self) -> "ForumQuerySet":
        return self.filter(is_published=True)

    def with_feedback(self) -> "ForumQuerySet":
        return self.published().filter(feedback_published_at__isnull=False)

    def before(self, forum: "Forum") -> "ForumQuerySet":
        return self.filter(Q(held_on__lt=forum.held_on) | Q(held_on=forum.held_on, title__gt=forum.title))

    def after(self, forum: "Forum") -> "ForumQuerySet":
        return self.filter(Q(held_on__gt=forum.held_on) | Q(held_on=forum.held_on, title__lt=forum.title))

    def for_calendar(self) -> "ForumQuerySet":
        """With how often and when they were last changed, as history tells."""
        forums: ForumQuerySet = self.order_by("-held_on", "title").annotate(
            changes=models.Count("events"), changed_at=models.Max("events__pgh_created_at")
        )
        return forums

    def whole(self) -> "ForumQuerySet":
        """With what a page or report tells of a forum itself."""
        return self.select_related("series", "source").prefetch_related(
            "sessions", "recommendations__updates", "further_sources", "forumkeytheme_set__key_theme"
        )

    def visible_to(self, user: User | AnonymousUser) -> "ForumQuerySet":
        return self.all() if is_senate_staff(user) else self.published()

    def with_feedback_for(self, user: User | AnonymousUser) -> "ForumQuerySet":
        """Those whose feedback the person may open; leads see their own area's before it is published."""
        if is_senate_staff(user):
            return self.all()
        if not user.is_authenticated:
            return self.with_feedback()
        own = FeedbackPoint.objects.filter(forum=models.OuterRef("pk"), area__in=user.areas.all())
        return self.published().filter(Q(feedback_published_at__isnull=False) | models.Exists(own))


@pghistory.track(exclude=["join_code", "capture_code"])
class Forum(NaturalKeyModel):
    """One day on which people showed initiatives, gave feedback by area and made commitments."""

    NATURAL_KEY = ("slug",)

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="forums")
    held_on = models.DateField()
    date_note = models.CharField("note on the date", max_length=300, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True)
    feedback_note = models.TextField("how the feedback was gathered", blank=True)
    attendees = models.PositiveIntegerField("attendees as reported", null=True, blank=True)
    committers = models.PositiveIntegerField("people who made commitments, as reported", null=True, blank=True)
    commitments = models.PositiveIntegerField("commitments as reported", null=True, blank=True)
    follow_up_months = models.PositiveSmallIntegerField(default=3)
    follow_up_due_on = models.DateField("follow-up due on", editable=False)
    is_published = models.BooleanField("published", default=False)
    feedback_published_at = models.DateTimeField(null=True, blank=True)
    is_invented = models.BooleanField("invented for demonstration", default=False)
    join_code = models.CharField(max_length=20, blank=True)
    capture_code = models.CharField("code for note-takers", max_length=20, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="forums")
    source_place = models.CharField("where in the source", max_length=200, blank=True)
    further_sources = models.ManyToManyField(Source, blank=True, related_name="further_reading_of")
    initiatives: "models.ManyToManyField[Initiative, ForumInitiative]" = models.ManyToManyField(
        Initiative, through="ForumInitiative", related_name="forums"
    )
    key_themes: "models.ManyToManyField[KeyTheme, ForumKeyTheme]" = models.ManyToManyField(
        KeyTheme, through="ForumKeyTheme", related_name="forums"
    )

    objects = ForumQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-held_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_months__gte=1, follow_up_months__lte=24), name="forum_follow_up_months_sensible"
            ),
            models.CheckConstraint(
                condition=Q(committers=None) | Q(attendees=None) | Q(committers__lte=models.F("attendees")),
                name="forum_committers_attended",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.follow_up_due_on = self.promised_follow_up_on
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.slug])

    @property
    def promised_follow_up_on(self) -> date:
        return working_days.months_later(self.held_on, self.follow_up_months)


class Session(NaturalKeyModel):
    """A part of a forum's programme."""

    NATURAL_KEY = ("forum__slug", "position")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    speaker = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    source_place = models.CharField("where in the source", max_length=200, blank=True)

    class Meta:
        ordering = ["forum", "position"]
        constraints = [models.UniqueConstraint(fields=["forum", "position"], name="session_position")]

    def __str__(self) -> str:
        return self.title


class ForumInitiativeQuerySet(NaturalKeyQuerySet):
    def shown(self) -> "ForumInitiativeQuerySet":
        """Those whose entry everyone may read, in the order of the forum."""
        return self.filter(initiative__in=Initiative.objects.published()).order_by("position")


class ForumInitiative(NaturalKeyModel):
    """An initiative shown at a forum, in the order of its report."""

    NATURAL_KEY = ("forum__slug", "initiative__slug")

    forum = models.ForeignKey(Forum, models.CASCADE)
    initiative = models.ForeignKey(Initiative, models.CASCADE)
    position = models.PositiveSmallIntegerField()

    objects = ForumInitiativeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["forum", "position"]
        constraints = [models.UniqueConstraint(fields=["forum", "initiative"], name="forum_initiative_once")]

    def __str__(self) -> str:
        return f"{self.initiative} at {self.forum}"


class ForumKeyTheme(NaturalKeyModel):
    """What one forum said about a key theme."""

    NATURAL_KEY = ("forum__slug", "key_theme__slug")

    forum = models.ForeignKey(Forum, models.CASCADE)
    key_theme = models.ForeignKey(KeyTheme, models.PROTECT)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    source_place = models.CharField("where in the source", max_length=200, blank=True)

    class Meta:
        ordering = ["forum", "position"]
        constraints = [models.UniqueConstraint(fields=["forum", "key_theme"], name="forum_key_theme_once")]

    def __str__(self) -> str:
        return f"{self.key_theme} at {self.forum}"


class FeedbackPointQuerySet(NaturalKeyQuerySet):
    def published(self) -> "FeedbackPointQuerySet":
        return self.filter(
            state=FeedbackPoint.State.PUBLISHED, forum__is_published=True, forum__feedback_published_at__isnull=False
        )

    def visible_to(self, user: User | AnonymousUser) -> "FeedbackPointQuerySet":
        """Published points; drafts too for staff, and for leads those of their own area at a published forum."""
        if is_senate_staff(user):
            return self.all()
        if user.is_authenticated:
            return self.published() | self.filter(forum__is_published=True, area__in=user.areas.all())
        return self.published()

    def answerable_by(self, user: User | AnonymousUser) -> "FeedbackPointQuerySet":
        """Published points that the person may answer for the area: its leads, and staff on their behalf."""
        if is_senate_staff(user):
            return self.published()
        return self.published().filter(area__leads=user) if user.is_authenticated else self.none()

    def for_reading(self, *, with_contacts: bool = False) -> "FeedbackPointQuerySet":
        """With everything a page says about a point; on request also whom to ask about the initiatives it names."""
        initiatives = Initiative.objects.published()
        if with_contacts:
            initiatives = initiatives.prefetch_related("contacts__organisation")
        return self.select_related("forum", "area", "response").prefetch_related(
            "key_themes", models.Prefetch("initiatives", initiatives)
        )


@pghistory.track()
class FeedbackPoint(NaturalKeyModel):
    """One point that an area's group wrote down at a forum."""

    NATURAL_KEY = ("forum__slug", "area__code", "section", "position")

    class Section(models.TextChoices):
        OPPORTUNITIES = "opportunities", "Opportunities and enablers"
        INNOVATION = "innovation", "Promoting and adopting innovation"
        SUPPORT = "support", "Support that would add most value"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="points")
    area = models.ForeignKey(STPArea, models.PROTECT, related_name="points")
    section = models.CharField(max_length=20, choices=Section)
    position = models.PositiveSmallIntegerField()
    verbatim = models.TextField("as written at the table", blank=True)
    text = models.TextField("edited for clarity")
    enabled_by = models.TextField(blank=True)
    is_unclear = models.BooleanField("unclear or hard to read", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    corrected_on = models.DateField("corrected after publication on", null=True, blank=True)
    sent_key = models.UUIDField(
        "what the note-taker's device calls it",
        null=True,
        unique=True,
        editable=False,
        help_text="So that a note sent twice is kept once",
    )
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    key_themes = models.ManyToManyField(KeyTheme, blank=True, related_name="points")
    initiatives = models.ManyToManyField(Initiative, blank=True, related_name="points")
    source_place = models.CharField("where in the source", max_length=200, blank=True)

    objects = FeedbackPointQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        # The three sections are read in the order in which the groups were asked, which is not that of the alphabet.
        ordering = [
            "forum",
            "area__name",
            models.Case(
                models.When(section="opportunities", then=1), models.When(section="innovation", then=2), default=3
            ),
            "position",
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "area", "section", "position"],
                name="feedback_point_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_point_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.area.code}, {self.get_section_display()}, {self.position}"

    def get_absolute_url(self) -> str:
        """Its place on the page of its forum's feedback. Needs forum and area."""
        return f"{reverse('stp_feedback:feedback', args=[self.forum.slug])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"{self.area.code.lower()}-{self.section}-{self.position}"


@pghistory.track()
class AreaResponse(NaturalKeyModel):
    """What an area's lead says became of a point."""

    NATURAL_KEY = ("point__forum__slug", "point__area__code", "point__section", "point__position")

    class Answer(models.TextChoices):
        TAKEN_UP = "taken-up", "Taken up"
        IN_PLAN = "in-plan", "In plan"
        NOT_NOW = "not-now", "Not now"

    point = models.OneToOneField(FeedbackPoint, models.CASCADE, related_name="response")
    answer = models.CharField(max_length=10, choices=Answer)
    why = models.TextField("what was done, is planned, or why not now", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["taken-up", "in-plan", "not-now"]), name="area_response_known"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="area_response_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.point}"


@pghistory.track()
class Recommendation(NaturalKeyModel):
    """What a forum asked of somebody."""

    NATURAL_KEY = ("forum__slug", "number")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    addressed_to = models.CharField(max_length=300)
    text = models.TextField()
    source_place = models.CharField("where in the source", max_length=200, blank=True)

    class Meta:
        ordering = ["forum", "number"]
        constraints = [models.UniqueConstraint(fields=["forum", "number"], name="recommendation_number")]

    def __str__(self) -> str:
        return f"{self.forum}, recommendation {self.number}"


@pghistory.track()
class RecommendationUpdate(NaturalKeyModel):
    """What became of a recommendation by a day."""

    NATURAL_KEY = ("recommendation__forum__slug", "recommendation__number", "told_on", "text")

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="updates")
    told_on = models.DateField("as of")
    text = models.TextField("what was done", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["recommendation", "told_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="recommendation_update_says_something")]

    def __str__(self) -> str:
        return f"{self.recommendation}, as of {self.told_on}"
