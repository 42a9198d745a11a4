import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from initiatives.models import Initiative, STPArea
from senate_portal.accounts.access import is_senate_staff
from senate_portal.accounts.models import User
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from stp_feedback.models.forums import Forum, KeyTheme


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

    def endorsable_by(self, user: User | AnonymousUser) -> "FeedbackPointQuerySet":
        """Published points of areas other than those the person leads."""
        if not user.is_authenticated or not user.areas.exists():
            return self.none()
        return self.published().exclude(area__in=user.areas.all())

    def for_reading(self, *, with_contacts: bool = False) -> "FeedbackPointQuerySet":
        """With everything a page says about a point; on request also whom to ask about the initiatives it names."""
        initiatives = Initiative.objects.published()
        if with_contacts:
            initiatives = initiatives.prefetch_related("contacts__organisation")
        return self.select_related("forum", "area", "response").prefetch_related(
            "key_themes",
            models.Prefetch("initiatives", initiatives),
            models.Prefetch("endorsements", Endorsement.objects.select_related("area").order_by("area__name")),
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

    @property
    def also_in(self) -> list[str]:
        """Areas whose leads say that they have this too, by name. Needs for_reading."""
        return list(dict.fromkeys(endorsement.area.name for endorsement in self.endorsements.all()))

    def neighbour(self, *, up: bool) -> "FeedbackPoint | None":
        """The point above or below this one."""
        cell = FeedbackPoint.objects.filter(forum=self.forum_id, area=self.area_id, section=self.section)
        others = cell.filter(position__lt=self.position) if up else cell.filter(position__gt=self.position)
        found: FeedbackPoint | None = others.order_by("-position" if up else "position").first()
        return found

    def endorse(self, *, by: User) -> None:
        """For each area that the person leads, once however often it is said."""
        rows = [Endorsement(point=self, area=area, by=by) for area in by.areas.all()]
        Endorsement.objects.bulk_create(rows, ignore_conflicts=True)


class Merge(models.Model):
    """Two drafts became one. Holds for a while what each was, so that they can be parted."""

    into = models.ForeignKey(FeedbackPoint, models.CASCADE, related_name="merges")
    was = models.JSONField("words of the one that stayed")
    gone = models.JSONField("words and tags of the other")
    sent_key = models.UUIDField("what the note-taker's device calls the other", null=True, unique=True)
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = "merge of points", "merges of points"

    def __str__(self) -> str:
        return f"Merge {self.pk}"


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


class Endorsement(models.Model):
    """A lead says that their area has what another area's point tells of. Areas are named, never counted or ranked."""

    point = models.ForeignKey(FeedbackPoint, models.CASCADE, related_name="endorsements")
    area = models.ForeignKey(STPArea, models.PROTECT, related_name="endorsements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_on = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "area", "by"], name="endorsement_once_a_person")]

    def __str__(self) -> str:
        return f"{self.area} too: {self.point}"
