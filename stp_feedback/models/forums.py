from datetime import date

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Initiative, Source, STPArea
from senate_portal.accounts.access import is_senate_staff
from senate_portal.accounts.models import User
from senate_portal.lib import working_days
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from senate_portal.lib.vague_dates import Known, words

# Lines of words with a number at the end.
POLL_RESULTS = r"^(\S.* \d{1,6}\n)*\S.* \d{1,6}$"


class SeriesQuerySet(NaturalKeyQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> "SeriesQuerySet":
        """Those of which there is something to read: a forum, or a measure."""
        if is_senate_staff(user):
            return self.all()
        return self.filter(Q(forums__is_published=True) | Q(measures__isnull=False)).distinct()


class Series(NaturalKeyModel):
    """A run of forums that belong together."""

    NATURAL_KEY = ("slug",)

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)

    objects = SeriesQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name_plural = "series"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stp_feedback:series", args=[self.slug])


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
        """A forum whose date is not known yet comes after all whose date is."""
        earlier = Q(held_on__isnull=False) if forum.held_on is None else Q(held_on__lt=forum.held_on)
        return self.filter(earlier | Q(held_on=forum.held_on, title__gt=forum.title))

    def after(self, forum: "Forum") -> "ForumQuerySet":
        later = Q(pk__in=[]) if forum.held_on is None else Q(held_on__gt=forum.held_on) | Q(held_on=None)
        return self.filter(later | Q(held_on=forum.held_on, title__lt=forum.title))

    def redate_follow_ups(self) -> None:
        """Moves the follow-ups that are due by the next forum to where that one is now."""
        for forum in self.filter(follow_up_at_next=True):
            if forum.follow_up_due_on != (due_on := forum.promised_follow_up_on):
                self.filter(pk=forum.pk).update(follow_up_due_on=due_on)

    def over(self, today: date) -> "ForumQuerySet":
        """Those that were held, as far as is known."""
        return self.filter(held_on__lte=today)

    def for_calendar(self) -> "ForumQuerySet":
        """With how often and when they were last changed, as history tells."""
        forums: ForumQuerySet = (
            self.filter(date_known=Known.DAY)
            .order_by("-held_on", "title")
            .annotate(changes=models.Count("events"), changed_at=models.Max("events__pgh_created_at"))
        )
        return forums

    def whole(self) -> "ForumQuerySet":
        """With what a page or report tells of a forum itself."""
        return self.select_related("series", "source").prefetch_related(
            "sessions",
            "papers",
            "polls",
            "recommendations__updates",
            "further_sources",
            "areas_absent",
            "forumkeytheme_set__key_theme",
        )

    def visible_to(self, user: User | AnonymousUser) -> "ForumQuerySet":
        return self.all() if is_senate_staff(user) else self.published()

    def with_feedback_for(self, user: User | AnonymousUser) -> "ForumQuerySet":
        """Those whose feedback the person may open; leads see their own area's before it is published."""
        if is_senate_staff(user):
            return self.all()
        if not user.is_authenticated:
            return self.with_feedback()
        own = user.areas.filter(points__forum=models.OuterRef("pk"))
        return self.published().filter(Q(feedback_published_at__isnull=False) | models.Exists(own))


@pghistory.track(exclude=["join_code", "capture_code"])
class Forum(NaturalKeyModel):
    """One day on which people showed initiatives, gave feedback by area and made commitments."""

    NATURAL_KEY = ("slug",)

    class Kind(models.TextChoices):
        FORUM = "forum", "Forum"
        LEARNING_SESSION = "learning-session", "Learning session"
        PEER_VISIT = "peer-visit", "Peer visit"
        WEBINAR = "webinar", "Webinar"

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.FORUM)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="forums")
    held_on = models.DateField(null=True, blank=True, help_text="The first day of the month where only that is known")
    date_known = models.CharField("how well the date is known", max_length=10, choices=Known, default=Known.DAY)
    date_note = models.CharField("note on the date", max_length=300, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True)
    visitors = models.CharField("who visits", max_length=300, blank=True)
    introduction = models.TextField(blank=True)
    feedback_note = models.TextField("how the feedback was gathered", blank=True)
    attendees = models.PositiveIntegerField("attendees as reported", null=True, blank=True)
    committers = models.PositiveIntegerField("people who made commitments, as reported", null=True, blank=True)
    commitments = models.PositiveIntegerField("commitments as reported", null=True, blank=True)
    follow_up_months = models.PositiveSmallIntegerField(default=3)
    follow_up_at_next = models.BooleanField("asks by the next forum of its series", default=False, db_default=False)
    follow_up_due_on = models.DateField("follow-up due on", null=True, editable=False)
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
    areas_absent = models.ManyToManyField(STPArea, blank=True, related_name="+", verbose_name="areas that took no part")
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
            models.CheckConstraint(
                condition=Q(follow_up_at_next=False) | Q(series__isnull=False), name="forum_next_one_is_of_its_series"
            ),
            models.CheckConstraint(
                condition=Q(date_known=Known.DAY, held_on__isnull=False)
                | Q(date_known=Known.MONTH, held_on__day=1)
                | Q(date_known=Known.NOT_YET, held_on=None),
                name="forum_date_as_well_as_known",
            ),
            models.CheckConstraint(
                condition=Q(join_code="") | Q(date_known=Known.DAY), name="forum_that_people_join_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.follow_up_due_on = self.promised_follow_up_on
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        Forum.objects.redate_follow_ups()

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.slug])

    @property
    def has_day(self) -> bool:
        return self.date_known == Known.DAY and self.held_on is not None

    @property
    def is_over(self) -> bool:
        return self.held_on is not None and self.held_on <= timezone.localdate()

    @property
    def when(self) -> str:
        """The date in words, as well as it is known."""
        return words(self.held_on, self.date_known)

    @property
    def next_one(self) -> "Forum | None":
        """The next published forum of its series and kind that has a day."""
        if self.series_id is None or not self.has_day:
            return None
        later = Forum.objects.published().filter(date_known=Known.DAY, held_on__gt=self.held_on)
        found: Forum | None = later.filter(series=self.series_id, kind=self.kind).order_by("held_on", "title").first()
        return found

    @property
    def promised_follow_up_on(self) -> date | None:
        """None until the forum has a day."""
        if self.held_on is None or not self.has_day:
            return None
        if self.follow_up_at_next and (later := self.next_one) and later.held_on:
            # People should have been asked when they meet again, but never before they promised.
            return max(working_days.on_or_before(later.held_on), working_days.after(self.held_on))
        return working_days.months_later(self.held_on, self.follow_up_months)

    @property
    def follow_up_when(self) -> str:
        """When people are asked, in the words that they agree to."""
        return "by the next forum of the series" if self.follow_up_at_next else f"{self._months_after} the forum"

    @property
    def follow_up_basis(self) -> str:
        """Why the follow-up is due when it is, in words that go on from the day."""
        if self.follow_up_at_next and (later := self.next_one):
            return f"the day of the next forum of its series, {later.when}, or the working day before it"
        held = f" on {self.when}" if self.has_day else ""
        then = "; once the next forum of its series has a day, it is that one" if self.follow_up_at_next else ""
        return f"{self._months_after} the forum{held}, moved to a working day where needed{then}"

    @property
    def _months_after(self) -> str:
        return "1 month after" if self.follow_up_months == 1 else f"{self.follow_up_months} months after"


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
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "position"], name="session_position", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.title


class Paper(NaturalKeyModel):
    """Something to read for a forum or from it, such as slides."""

    NATURAL_KEY = ("forum__slug", "position")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    address = models.URLField("web address", blank=True)

    class Meta:
        ordering = ["forum", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "position"], name="paper_position", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.title


class Poll(NaturalKeyModel):
    """What a forum's people were asked, or what was pitched to them, and how they voted. Recorded afterwards."""

    NATURAL_KEY = ("forum__slug", "position")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="polls")
    position = models.PositiveSmallIntegerField()
    question = models.CharField("what was asked or pitched for", max_length=300)
    results = models.TextField("answers and votes", help_text="One answer in each line, its votes at the end")

    class Meta:
        ordering = ["forum", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "position"], name="poll_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(results__regex=POLL_RESULTS), name="poll_results_count_votes"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Each answer with its votes."""
        lines = (line.rpartition(" ") for line in self.results.split("\n"))
        return [(answer.rstrip(" :,"), int(votes)) for answer, _, votes in lines]


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
        verbose_name, verbose_name_plural = "initiative shown", "initiatives shown"
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
        verbose_name, verbose_name_plural = "key theme raised", "key themes raised"
        ordering = ["forum", "position"]
        constraints = [models.UniqueConstraint(fields=["forum", "key_theme"], name="forum_key_theme_once")]

    def __str__(self) -> str:
        return f"{self.key_theme} at {self.forum}"
