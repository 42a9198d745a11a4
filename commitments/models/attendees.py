import hashlib
import hmac
from collections.abc import Iterable

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from initiatives.models import STPArea
from stp_feedback.models import Forum


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def with_commitments(self) -> "AttendeeQuerySet":
        return self.filter(commitments__isnull=False, commitments__withdrawn_at=None).distinct()

    def sharing(self) -> "AttendeeQuerySet":
        """Those who share a commitment that stands with somebody else, who is asked about it."""
        return self.filter(co_owned__isnull=False, co_owned__commitment__withdrawn_at=None).distinct()

    def answered(self) -> "AttendeeQuerySet":
        """Those who told what became of at least one commitment: they are not chased for the others."""
        since = Q(commitments__held_since=None) | Q(commitments__answers__answered_at__gte=F("commitments__held_since"))
        return self.filter(since, commitments__answers__isnull=False)

    def to_ask_again(self) -> "AttendeeQuerySet":
        """Those who chose a day on which to be asked again, and have told nothing since."""
        told = Q(commitments__answers__answered_at__gt=F("ask_again_said_at"))
        return self.filter(ask_again_on__isnull=False).exclude(Exists(Attendee.objects.filter(told, pk=OuterRef("pk"))))

    def reachable(self) -> "AttendeeQuerySet":
        """Those whom a follow-up may be sent to: came or took over, agreed, not objected or erased, address works."""
        return self.filter(
            Q(came=True) | Q(stands_in=True),
            agreed_at__isnull=False,
            objected_at=None,
            erased_at=None,
            address_failed_at=None,
        ).exclude(email="")

    def reachable_until_erased(self) -> "AttendeeQuerySet":
        """Those whose details are gone, and with them their address, and who were reachable as far as we still know."""
        return self.filter(
            Q(came=True) | Q(stands_in=True),
            agreed_at__isnull=False,
            objected_at=None,
            erased_at__isnull=False,
            address_failed_at=None,
        )

    def with_address_to_mend(self) -> "AttendeeQuerySet":
        return self.filter(address_failed_at__isnull=False, objected_at=None, erased_at=None)

    def asked_at(self, email: str) -> "AttendeeQuerySet":
        """Those with this address who, or with whom they share a commitment, were sent a follow-up, and may get one."""
        sent = ["accepted", "unknown"]
        asked = Q(messages__state__in=sent) | Q(co_owned__commitment__attendee__messages__state__in=sent)
        return self.reachable().filter(asked, email=email.strip().lower()).distinct()


@pghistory.track()
class Attendee(models.Model):
    """A person at one forum. The email may be missing; with it, a person stands once in a forum."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="people")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey(STPArea, models.PROTECT, null=True, blank=True, related_name="attendees")
    came = models.BooleanField("came to the forum", default=True)
    stands_in = models.BooleanField(
        "took a commitment over",
        default=False,
        db_default=False,
        help_text="A colleague of somebody who came, named by them",
    )
    agreed_at = models.DateTimeField("agreed to be followed up", null=True, blank=True)
    agreed_wording = models.TextField("the sentence agreed to", blank=True)
    ask_again_on = models.DateField("asked to be asked again on", null=True, blank=True)
    ask_again_said_at = models.DateTimeField("said so on", null=True, blank=True)
    objected_at = models.DateTimeField("asked us to stop", null=True, blank=True)
    address_failed_at = models.DateTimeField("address needs mending", null=True, blank=True)
    address_failure = models.CharField("why the address failed", max_length=500, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "email"],
                condition=~Q(email=""),
                name="attendee_email_once_in_forum",
                violation_error_message="Somebody with this email address is already on this forum's list.",
            ),
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="attendee_email_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_wording="") | Q(agreed_at__isnull=False) & ~Q(agreed_wording=""),
                name="attendee_agreement_has_wording",
            ),
            models.CheckConstraint(
                condition=Q(ask_again_on=None, ask_again_said_at=None)
                | Q(ask_again_on__isnull=False, ask_again_said_at__isnull=False),
                name="attendee_day_to_ask_was_said_once",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email=""), name="attendee_erased_has_no_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or "Erased attendee"

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    @property
    def unreachable_because(self) -> str:
        """Why a follow-up may not be sent to this person, in words; nothing when it may. The rule is `reachable`'s."""
        if self.erased_at:
            return "Their details were erased."
        if self.objected_at:
            return "They asked us to stop writing."
        if not self.came and not self.stands_in:
            return "They did not come to the forum."
        if not self.agreed_at:
            return "They have not agreed to be followed up."
        if not self.email:
            return "There is no email address for them."
        if self.address_failed_at:
            return f"Their address needs mending. {self.address_failure}".strip()
        return ""

    @property
    def first_name(self) -> str:
        """For a greeting: titles such as Dr are left out."""
        words = [word for word in self.name.split() if word.rstrip(".").lower() not in TITLES]
        return words[0] if words else self.name


TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "lord", "lady"}


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def record(self, email: str) -> None:
        """Stop every email to this address, whatever the forum. Safe to call twice."""
        self.get_or_create(address_hash=Objection.hash_of(email))
        Attendee.objects.filter(email=email.lower(), objected_at=None).update(objected_at=timezone.now())

    def addresses_of(self, emails: Iterable[str]) -> set[str]:
        """Those of these addresses that are never to be written to."""
        hashes = {Objection.hash_of(email): email for email in emails}
        found = self.filter(address_hash__in=hashes).values_list("address_hash", flat=True)
        return {hashes[one] for one in found}

    def stands_for(self, email: str) -> bool:
        return self.filter(address_hash=Objection.hash_of(email)).exists()


class Objection(models.Model):
    """Somebody asked never to be written to. Only a keyed hash of the address is kept, so that it outlives erasure."""

    address_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ObjectionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Objection {self.pk}"

    @staticmethod
    def hash_of(email: str) -> str:
        key = settings.OBJECTION_KEY.encode()
        return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()
