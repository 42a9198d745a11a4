import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from initiatives.models import Initiative, STPArea
from senate_portal.accounts.access import is_senate_staff
from senate_portal.accounts.models import User
from stp_feedback.models.forums import Forum

# The five fields of a card, in the order in which it prints them.
CARD = ("idea", "why_needed", "benefits", "who_for", "how")


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, user: User | AnonymousUser) -> "IdeaQuerySet":
        """Published cards of published forums; staff see all."""
        return self.all() if is_senate_staff(user) else self.filter(is_published=True, forum__is_published=True)

    def for_reading(self) -> "IdeaQuerySet":
        """With what a page says about a card."""
        return self.select_related("forum", "area", "initiative")


@pghistory.track()
class Idea(models.Model):
    """An idea card that people at a forum filled in: what one could do, not what anybody did. It names nobody."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="ideas")
    area = models.ForeignKey(STPArea, models.PROTECT, null=True, blank=True, related_name="ideas")
    idea = models.CharField(max_length=200)
    why_needed = models.TextField("why is it needed", max_length=2000, blank=True)
    benefits = models.TextField("what will the benefits be", max_length=2000, blank=True)
    who_for = models.CharField("who is it for", max_length=300, blank=True)
    how = models.TextField("how will it happen", max_length=2000, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name="the initiative that came of it",
    )
    is_published = models.BooleanField("published", default=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = "idea card"
        ordering = ["forum", "pk"]  # as they were written down
        constraints = [models.CheckConstraint(condition=~Q(idea=""), name="idea_says_something")]

    def __str__(self) -> str:
        return self.idea

    def get_absolute_url(self) -> str:
        """Its place on the page of its forum's cards. Needs the forum."""
        return f"{reverse('stp_feedback:ideas', args=[self.forum.slug])}#idea-{self.pk}"

    @property
    def became(self) -> Initiative | None:
        """The initiative that came of it, once everybody may read its entry."""
        shown = self.initiative is not None and self.initiative.publication == Initiative.Publication.PUBLISHED
        return self.initiative if shown else None

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What the card says below its idea: each question that somebody answered, with the answer."""
        return [(question(name), getattr(self, name)) for name in CARD[1:] if getattr(self, name)]


def question(name: str) -> str:
    """A question as the card prints it."""
    label = str(Idea._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return f"{label[0].upper()}{label[1:]}"
