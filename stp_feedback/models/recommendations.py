import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from senate_portal.lib.natural_keys import NaturalKeyModel
from stp_feedback.models.forums import Forum


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
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "number"], name="recommendation_number", deferrable=models.Deferrable.DEFERRED
            )
        ]

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
