import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from initiatives.models.contacts import Contact
from initiatives.models.initiatives import Initiative

CONFIRMATION_LIFE = timedelta(days=60)
SILENT_AFTER = timedelta(days=28)


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


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def issue(self, contact: Contact, now: datetime, *, about_result: bool = False) -> str:
        """A fresh secret; only its hash is kept, so it cannot be read again."""
        token = secrets.token_urlsafe(32)
        self.create(
            initiative=contact.initiative,
            name=contact.name,
            email=contact.email,
            about_result=about_result,
            token_hash=Confirmation.hash_of(token),
            asked_at=now,
            expires_at=now + CONFIRMATION_LIFE,
        )
        return token

    def find(self, token: str, now: datetime) -> "Confirmation | None":
        """The question that a link belongs to, while the address it was sent to is still the contact's."""
        return (
            self.select_related("initiative")
            .filter(token_hash=Confirmation.hash_of(token), expires_at__gt=now)
            .filter(Exists(Contact.objects.here().filter(initiative=OuterRef("initiative"), email=OuterRef("email"))))
            .first()
        )

    def silent(self, now: datetime) -> "ConfirmationQuerySet":
        """Asked a while ago, or could not be reached: staff ask by other means."""
        return self.filter(answered_at=None).filter(Q(asked_at__lt=now - SILENT_AFTER) | ~Q(failure=""))


class Confirmation(models.Model):
    """A contact was asked by email whether the entry is still right; a link lets them answer without an account."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="confirmations")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    about_result = models.BooleanField("asks for the result that was expected", default=False)
    failure = models.CharField("why it could not be sent", max_length=300, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"Confirmation {self.pk}"

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()


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


class ArchiveWarning(models.Model):
    """Contacts and staff were told that an entry is to be archived, so many days ahead."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="archive_warnings")
    archive_on = models.DateField()
    days_ahead = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "archive_on", "days_ahead"], name="archive_warning_once")
        ]

    def __str__(self) -> str:
        return f"{self.days_ahead} days ahead of {self.archive_on}"


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    def confirmed(self) -> "ImportFileQuerySet":
        """Waiting for a worker, or in its hands."""
        return self.filter(confirmed_at__isnull=False, done_at=None)

    def to_undo(self) -> "ImportFileQuerySet":
        return self.filter(undo_asked_at__isnull=False, undone_at=None)


class ImportFile(models.Model):
    """A table that staff uploaded and looked at before they confirmed it. Only whoever uploaded it sees it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    header = models.JSONField()
    rows = models.JSONField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField("the plan that was confirmed", max_length=64, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_to_do = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField("what came of it", max_length=300, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, digest="") | Q(confirmed_at__isnull=False) & ~Q(digest=""),
                name="import_confirmed_with_its_plan",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(confirmed_at__isnull=False, header=[], rows=[]) & ~Q(told=""),
                name="import_done_without_its_cells",
            ),
            models.CheckConstraint(
                condition=Q(undo_asked_at=None, undone_at=None) | Q(undo_asked_at__isnull=False, done_at__isnull=False),
                name="import_undone_when_done_and_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def is_being_undone(self) -> bool:
        return self.undo_asked_at is not None and self.undone_at is None
