"""What is done to people and their commitments, where it is more than saving one row."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from commitments.models import Attendee, Commitment, Objection
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from stp_feedback.models import Forum

TO_TELL = "to tell me what was learnt"


def agreement(forum: Forum) -> str:
    """The sentence that people agree to, kept with each agreement."""
    return (
        f"{settings.SENATE_NAME} may write to me by email, {forum.follow_up_when} and twice more at most, "
        f"to ask what became of my commitments, and once {TO_TELL}. I can stop these emails at any time."
    )


@transaction.atomic
def record_person(attendee: Attendee, *, agrees: bool, by: User | None) -> None:
    """Save a person. A corrected address is tried afresh; every link sent to the one before is dead at once."""
    before = Attendee.objects.filter(pk=attendee.pk).values_list("email", flat=True).first()
    if agrees and not attendee.agreed_at:
        attendee.agreed_at, attendee.agreed_wording = timezone.now(), agreement(attendee.forum)
    elif not agrees:
        attendee.agreed_at, attendee.agreed_wording = None, ""
    if before is not None and before != attendee.email:
        attendee.address_failed_at, attendee.address_failure = None, ""
        end_links(attendee)
    if attendee.email and attendee.objected_at is None and Objection.objects.stands_for(attendee.email):
        attendee.objected_at = timezone.now()
    with acting(by):
        attendee.save()


def end_links(attendee: Attendee) -> None:
    """Those mailed to them open nothing any more. The next email brings a new one, and they can ask for one."""
    attendee.links.filter(revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def stop_writing_to(attendee: Attendee, *, by: User) -> None:
    """They asked us to stop. With an address it holds for all forums, today's and later ones."""
    with acting(by):
        if attendee.email:
            Objection.objects.record(attendee.email)
        else:
            Attendee.objects.filter(pk=attendee.pk, objected_at=None).update(objected_at=timezone.now())


@transaction.atomic
def make(commitment: Commitment, *, by: User | None) -> Commitment:
    """Save a new commitment behind the person's others."""
    people = Attendee.objects.select_for_update()
    attendee = people.get(pk=commitment.attendee_id)
    last = attendee.commitments.aggregate(last=Max("position"))["last"]
    commitment.position = (last or 0) + 1
    with acting(by):
        commitment.save()
    return commitment


def withdraw(commitment: Commitment, *, why: str, by: User) -> None:
    """Nobody is asked about it any more. It stays on record, with its answers, and can be reinstated."""
    with acting(by):
        Commitment.objects.standing().filter(pk=commitment.pk).update(withdrawn_at=timezone.now(), withdrawn_why=why)


def reinstate(commitment: Commitment, *, by: User) -> None:
    with acting(by):
        Commitment.objects.filter(pk=commitment.pk).update(withdrawn_at=None, withdrawn_why="")


@transaction.atomic
def take_back(commitment: Commitment, *, by: User) -> bool:
    """Delete a commitment that was typed by mistake, and people who were added for it alone. Not one with answers."""
    if commitment.answers.exists():
        return False
    people = [commitment.attendee, *(shared.attendee for shared in commitment.co_owners.select_related("attendee"))]
    with acting(by):
        commitment.delete()
        for attendee in people:
            only_typed = not (attendee.email or attendee.organisation or attendee.area_id or attendee.agreed_at)
            known = attendee.commitments.exists() or attendee.co_owned.exists() or attendee.chases.exists()
            if only_typed and not known:
                attendee.delete()
    return True
