from django.conf import settings
from django.db import models
from django.db.models import Q

from initiatives.models.initiatives import Initiative


class Submission(models.Model):
    """Who offered an entry, without an account. Only staff ever see it; the entry itself stands apart."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="submission")
    name = models.CharField("their name", max_length=200)
    email = models.EmailField("their work email address")
    organisation = models.CharField("the organisation they named", max_length=200, blank=True)
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-submitted_at"]

    def __str__(self) -> str:
        return f"Submission {self.pk}"


class ProblemReportQuerySet(models.QuerySet["ProblemReport"]):
    def open(self) -> "ProblemReportQuerySet":
        return self.filter(settled_at=None)


class ProblemReport(models.Model):
    """Something that a reader or a contact says is wrong with an entry. Only staff see it."""

    class Origin(models.TextChoices):
        READER = "reader", "A reader"
        CONTACT = "contact", "A contact who was asked"

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="problem_reports")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.READER)
    text = models.TextField("what is wrong")
    email = models.EmailField("where to answer", blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField("what came of it", max_length=300, blank=True)

    objects = ProblemReportQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="problem_report_settled_with_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"Problem report {self.pk}"
