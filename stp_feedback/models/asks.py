import pghistory
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from initiatives.models import Organisation, STPArea
from senate_portal.accounts.models import User
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet
from stp_feedback.models.forums import Forum
from stp_feedback.models.points import FeedbackPoint


class AskQuerySet(NaturalKeyQuerySet):
    def without_owner(self) -> "AskQuerySet":
        return self.filter(owner=None)

    def of_forum(self, forum: Forum, user: User | AnonymousUser, *, area: STPArea | None = None) -> "AskQuerySet":
        """Those that rest on points of the forum, or of one area there. Each holds all that the person may read of
        its points at this forum as `asked_in`."""
        points = FeedbackPoint.objects.visible_to(user).filter(forum=forum)
        of_area = points.filter(area=area) if area else points
        asked_in = models.Prefetch("points", points.select_related("forum", "area"), to_attr="asked_in")
        asks: AskQuerySet = (
            self.filter(pk__in=of_area.order_by().values("asks"))
            .select_related("passed_to")
            .prefetch_related(asked_in, "replies")
        )
        return asks


@pghistory.track()
class Ask(NaturalKeyModel):
    """Help that areas asked for. Points of several areas that ask for the same are one ask with several askers."""

    NATURAL_KEY = ("text",)

    text = models.CharField("what is asked for", max_length=300, unique=True)
    points = models.ManyToManyField(FeedbackPoint, related_name="asks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who looks after it",
    )
    passed_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="asks", verbose_name="who could help"
    )
    passed_on = models.DateField("passed to them on", null=True, blank=True)
    reply_by = models.DateField("reply hoped for by", null=True, blank=True)

    objects = AskQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["text"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="ask_says_something"),
            models.CheckConstraint(condition=Q(passed_on=None) | Q(passed_to__isnull=False), name="ask_passed_to_body"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def askers(self) -> list[STPArea]:
        """The areas that ask, by name. Needs asks read with `of_forum`."""
        points: list[FeedbackPoint] = self.asked_in  # type: ignore[attr-defined]
        return sorted({point.area for point in points}, key=lambda area: area.name)


@pghistory.track()
class AskReply(NaturalKeyModel):
    """What came back about an ask by a day."""

    NATURAL_KEY = ("ask__text", "told_on", "text")

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="replies")
    told_on = models.DateField("as of")
    text = models.TextField("what came back", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "ask replies"
        ordering = ["ask", "told_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="ask_reply_says_something")]

    def __str__(self) -> str:
        return f"{self.ask}, as of {self.told_on}"
