"""What people of a forum let each other see: their commitments with their name, or how to write to them.

Nobody is seen who did not allow it, and from the moment at which they end it they are gone.
"""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from commitments.models import Attendee, Commitment, Consent
from stp_feedback.models import Forum


def who_may_be_seen(forum: Forum) -> QuerySet[Attendee]:
    """Those who came and allow the one or the other, by name: `shows_words`, `shows_address`, standing commitments."""
    allowed = Consent.objects.standing().filter(attendee=OuterRef("pk"))
    words = Exists(allowed.filter(use=Consent.Use.PEERS))
    address = Exists(allowed.filter(use=Consent.Use.CONTACTS)) & ~Q(email="") & Q(objected_at=None)
    return (
        forum.people.filter(came=True, erased_at=None)
        .annotate(shows_words=words, shows_address=Q(address))
        .filter(Q(shows_words=True) | Q(shows_address=True))
        .prefetch_related(Prefetch("commitments", Commitment.objects.standing()))
        .order_by("name", "pk")
    )


def promised(forum: Forum) -> tuple[int, int]:
    """How many commitments stand, and of how many people."""
    made = Commitment.objects.standing().filter(attendee__forum=forum)
    counted = made.aggregate(commitments=Count("pk"), people=Count("attendee", distinct=True))
    return counted["commitments"], counted["people"]
