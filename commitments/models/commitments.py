import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from commitments.models.attendees import Attendee
from commitments.models.suggestions import Suggestion
from initiatives.models import Initiative
from stp_feedback.models import FeedbackPoint, KeyTheme


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def standing(self) -> "CommitmentQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_others(self) -> "CommitmentQuerySet":
        """Each with `others`: how many people share it with whoever looks at it, who is one of them.

        Counting drops the usual order, so it is asked for.
        """
        return self.annotate(others=models.Count("co_owners")).order_by("attendee_id", "position")


@pghistory.track()
class Commitment(models.Model):
    """What one person said they would do, in their own words. Staff may mend a slip of typing; history keeps both."""

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="commitments")
    position = models.PositiveSmallIntegerField()
    text = models.TextField("in their own words")
    is_unclear = models.BooleanField("hard to read on the card", default=False)
    key_themes = models.ManyToManyField(KeyTheme, blank=True, related_name="commitments")
    inspired_by = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="inspired_commitments"
    )
    answers_point = models.ForeignKey(FeedbackPoint, models.SET_NULL, null=True, blank=True, related_name="commitments")
    organisation = models.CharField(
        "made for an organisation",
        max_length=200,
        blank=True,
        db_default="",
        help_text="Where it is not only their own",
    )
    suggested = models.ForeignKey(
        Suggestion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        help_text="The suggestion that they started from",
    )
    by_when = models.DateField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    held_since = models.DateTimeField(
        "theirs since", null=True, blank=True, help_text="When a colleague took it over; nothing for whoever made it"
    )
    is_disowned = models.BooleanField("said not to be theirs", default=False, db_default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["attendee", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attendee", "position"], name="commitment_position"),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=5),
                name="commitment_confidence_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(is_disowned=False) | Q(withdrawn_at__isnull=False), name="commitment_disowned_is_withdrawn"
            ),
            models.CheckConstraint(
                condition=~Q(withdrawn_at=None) | Q(withdrawn_why=""), name="commitment_reason_only_when_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"Commitment {self.position} of attendee {self.attendee_id}"
