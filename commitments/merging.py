"""Two rows of a forum that are one person become one. Everything of the other goes to the one that is kept."""

import pgtrigger
from django.db import transaction
from django.db.models import Max, Q

from commitments.models import Attendee, Consent, CoOwner
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User

FILLED_IN = ["organisation", "role", "area"]


class CannotMergeError(Exception):
    """The text says why, for staff."""


@transaction.atomic
def merge(kept: Attendee, other: Attendee, *, by: User) -> None:
    """What the kept one lacks is filled in. An objection of either stands. The other's links die with its address."""
    people = Attendee.objects.select_for_update().filter(pk__in=[kept.pk, other.pk], erased_at=None)
    rows = {person.pk: person for person in people}
    if len(rows) < 2 or kept.forum_id != other.forum_id:
        raise CannotMergeError("Only two people of one forum can be merged, whose details are still there.")
    kept, other = rows[kept.pk], rows[other.pk]
    if set(kept.messages.values_list("step", flat=True)) & set(other.messages.values_list("step", flat=True)):
        raise CannotMergeError("Both were written to in the follow-up, so each keeps their own record of it.")
    if kept.erasures.exists() or other.erasures.exists():
        raise CannotMergeError("One of them is to be erased. Settle that first.")
    with acting(by):
        move(kept, other)
        fill_in(kept, other)
        other.delete()
        kept.save()


def move(kept: Attendee, other: Attendee) -> None:
    last = kept.commitments.aggregate(last=Max("position"))["last"] or 0
    for position, commitment in enumerate(other.commitments.order_by("position"), start=last + 1):
        commitment.attendee, commitment.position = kept, position
        commitment.save()
    for rows in [other.messages, other.chases, other.remarks]:
        rows.update(attendee=kept)
    move_rehearsal(kept, other)
    CoOwner.objects.filter(
        Q(commitment__attendee=kept, attendee=other) | Q(attendee=kept, commitment__attendee=kept)
    ).delete()
    other.co_owned.exclude(commitment__in=kept.co_owned.values("commitment")).update(attendee=kept)
    other.given.filter(colleague=kept).delete()
    other.offered.filter(giver=kept).delete()
    other.given.update(giver=kept)
    other.offered.update(colleague=kept)
    allowed = Consent.objects.standing().filter(attendee=kept).values("use")
    other.consents.exclude(use__in=allowed, withdrawn_at=None).update(attendee=kept)
    if not kept.email or kept.email == other.email:
        other.links.update(attendee=kept)


def move_rehearsal(kept: Attendee, other: Attendee) -> None:
    """Of two rows the one that an email was for stays, as its email does."""
    if other.rehearsed.exclude(kind="").exists():
        kept.rehearsed.all().delete()
    if not kept.rehearsed.exists():
        with pgtrigger.ignore("commitments.RehearsalRow:never_changed"):
            other.rehearsed.update(attendee=kept)


def fill_in(kept: Attendee, other: Attendee) -> None:
    for name in FILLED_IN:
        if not getattr(kept, name):
            setattr(kept, name, getattr(other, name))
    if not kept.email:
        kept.email = other.email
        kept.address_failed_at, kept.address_failure = other.address_failed_at, other.address_failure
    if other.agreed_at and not kept.agreed_at:
        kept.agreed_at, kept.agreed_wording = other.agreed_at, other.agreed_wording
    if other.ask_again_on and not kept.ask_again_on:
        kept.ask_again_on, kept.ask_again_said_at = other.ask_again_on, other.ask_again_said_at
    kept.came = kept.came or other.came
    kept.stands_in = kept.stands_in or other.stands_in
    kept.objected_at = kept.objected_at or other.objected_at
