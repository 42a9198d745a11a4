"""A commitment that is somebody else's: not theirs at all, or with a colleague now.

A colleague is named by whoever made the commitment, gets one email with a link of their own, and decides. Until they
take it on it stays where it is. They see the commitment and nothing else of the giver: neither name nor answers.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from commitments import commitments
from commitments.models import Attendee, Commitment, HandOver
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User

NOT_THEIRS = "They told us that it is not theirs."


class CannotPassOnError(Exception):
    """The text says why, in words for the person."""


@transaction.atomic
def disown(commitment: Commitment) -> None:
    """They are asked about it no more; staff find out whose it is."""
    end_offer(commitment, HandOver.State.TAKEN_BACK)
    with acting(None):
        Commitment.objects.standing().filter(pk=commitment.pk).update(
            is_disowned=True, withdrawn_at=timezone.now(), withdrawn_why=NOT_THEIRS
        )


@transaction.atomic
def own_again(commitment: Commitment) -> None:
    """It is theirs after all: neither disowned nor offered to anybody."""
    end_offer(commitment, HandOver.State.TAKEN_BACK)
    with acting(None):
        Commitment.objects.filter(pk=commitment.pk, is_disowned=True).update(
            is_disowned=False, withdrawn_at=None, withdrawn_why=""
        )


@transaction.atomic
def offer(commitment: Commitment, *, name: str, email: str) -> HandOver:
    """To somebody at this address, who is on the forum's list or is added to it. A later offer replaces an earlier."""
    giver = Attendee.objects.select_for_update().select_related("forum").get(pk=commitment.attendee_id)
    if email == giver.email:
        raise CannotPassOnError("This is your own address. Enter your colleague's")
    end_offer(commitment, HandOver.State.TAKEN_BACK)
    colleague = giver.forum.people.filter(email=email, erased_at=None).first()
    if colleague is None:
        colleague = Attendee(forum=giver.forum, name=name, email=email, area=giver.area, came=False)
        commitments.record_person(colleague, agrees=False, by=None)
    return HandOver.objects.create(commitment=commitment, giver=giver, colleague=colleague)


@transaction.atomic
def take_on(hand_over: HandOver) -> bool:
    """The colleague agrees to be asked about it; from now on it is theirs. False when it is no longer on offer."""
    now = timezone.now()
    if not decide(hand_over, HandOver.State.TAKEN, now):
        return False
    colleague = Attendee.objects.select_for_update().get(pk=hand_over.colleague_id)
    colleague.stands_in = colleague.stands_in or not colleague.came
    commitments.record_person(colleague, agrees=True, by=None)
    give_to(hand_over.commitment, colleague, by=None, now=now)
    return True


def refuse(hand_over: HandOver) -> bool:
    return decide(hand_over, HandOver.State.REFUSED, timezone.now())


@transaction.atomic
def move(commitment: Commitment, attendee: Attendee, *, by: User) -> None:
    """Staff found out whose it is. It stands again, as that person's."""
    end_offer(commitment, HandOver.State.TAKEN_BACK)
    commitment.is_disowned, commitment.withdrawn_at, commitment.withdrawn_why = False, None, ""
    give_to(commitment, attendee, by=by, now=timezone.now())


def give_to(commitment: Commitment, attendee: Attendee, *, by: User | None, now: datetime) -> None:
    Attendee.objects.select_for_update().get(pk=attendee.pk)
    last = attendee.commitments.aggregate(last=Max("position"))["last"]
    commitment.co_owners.filter(attendee=attendee).delete()
    commitment.attendee, commitment.position, commitment.held_since = attendee, (last or 0) + 1, now
    with acting(by):
        commitment.save()


def end_offer(commitment: Commitment, state: HandOver.State) -> None:
    commitment.hand_overs.offered().update(state=state, decided_at=timezone.now())


def decide(hand_over: HandOver, state: HandOver.State, now: datetime) -> bool:
    offered = HandOver.objects.offered().filter(pk=hand_over.pk)
    return bool(offered.update(state=state, decided_at=now))
