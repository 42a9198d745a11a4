import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from initiatives.models.initiatives import Initiative
from initiatives.models.organisations import Organisation
from senate_portal.lib.natural_keys import NaturalKeyModel, NaturalKeyQuerySet


class ContactQuerySet(NaturalKeyQuerySet):
    def here(self) -> "ContactQuerySet":
        """Those who have not left their post."""
        return self.filter(left_on=None)


@pghistory.track()
class Contact(NaturalKeyModel):
    """Who to ask about an initiative. The email may be missing: that is listed for staff as to complete.

    One who left their post stays on record with whoever took over; their address is shown to nobody but staff.
    """

    NATURAL_KEY = ("initiative__slug", "position")

    class Kind(models.TextChoices):
        PERSON = "person", "A person"
        MAILBOX = "mailbox", "A mailbox of a role or team, whoever reads it"

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    role = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="contacts")
    email = models.EmailField(blank=True)
    is_public = models.BooleanField(
        "shown to everyone", default=False, help_text="Only when the person agreed or a public source prints it"
    )
    note = models.CharField(max_length=300, blank=True)
    left_on = models.DateField(null=True, blank=True)
    left_note = models.CharField("how we know", max_length=300, blank=True)
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors", verbose_name="who took over"
    )

    objects = ContactQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["initiative", "position"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="contact_position"),
            models.CheckConstraint(condition=Q(kind="person") | ~Q(email=""), name="contact_mailbox_with_address"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=False) | Q(left_note="", successor=None),
                name="contact_left_before_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")), name="contact_successor_is_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind == self.Kind.MAILBOX and not self.email:
            raise ValidationError({"email": "Enter the address of the mailbox"})


@pghistory.track(exclude=["last_checked_at", "check_result"])
class Link(NaturalKeyModel):
    """Further reading about an initiative. The address may be missing: many survive only as a label."""

    NATURAL_KEY = ("initiative__slug", "position")

    class Kind(models.TextChoices):
        OVERVIEW = "overview", "Overview"
        EVALUATION = "evaluation", "Evaluation"
        QUESTIONS = "questions", "Questions and answers"
        WEBSITE = "website", "Website"
        STORY = "story", "Story"
        PAPER = "paper", "Paper or report"
        OTHER = "other", "Other"

    class CheckResult(models.TextChoices):
        WORKS = "works", "Works"
        GONE = "gone", "Leads nowhere"
        FAILED = "failed", "Its server did not answer as it should"
        REFUSED = "refused", "Leads to a private address, so it was not tried"

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    address = models.URLField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    last_checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    check_result = models.CharField(max_length=20, choices=CheckResult, blank=True, editable=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["initiative", "position"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="link_position"),
            models.CheckConstraint(
                condition=Q(last_checked_at=None, check_result="")
                | Q(last_checked_at__isnull=False) & ~Q(check_result=""),
                name="link_checked_with_result",
            ),
        ]

    def __str__(self) -> str:
        return self.label
