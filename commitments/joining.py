"""An attendee makes commitments on the day, on a phone, without an account, with the code that the room was shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from commitments import commitments
from commitments.models import Attendee, Commitment, Suggestion
from initiatives.models import Initiative, STPArea
from senate_portal.lib import codes
from stp_feedback.models import Forum

CODE_LENGTH = 6


@dataclass(frozen=True)
class Promise:
    text: str
    inspired_by: Initiative | None = None
    confidence: int | None = None
    suggested: Suggestion | None = None


def opens(forum: Forum, code: str) -> bool:
    """Whether the code is that of the forum; a forum without one takes no commitments."""
    return codes.matches(code, forum.join_code)


def new_code() -> str:
    return codes.new(CODE_LENGTH)


@transaction.atomic
def join(
    forum: Forum, *, name: str, email: str, area: STPArea | None, agrees: bool, promises: Sequence[Promise]
) -> Attendee:
    """Save the commitments of somebody at the forum. What stands on record of a known person is not changed.

    The same words again, as when a page is sent twice, are not saved again.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    attendee = forum.people.filter(email=email, erased_at=None).first() if email else None
    if attendee is None and not email:
        attendee = forum.people.filter(email="", name=name, erased_at=None).first()
    if attendee is None:
        attendee = Attendee(forum=forum, name=name, email=email, area=area)
    attendee.came = True
    attendee.area = attendee.area or area
    commitments.record_person(attendee, agrees=agrees or attendee.agreed_at is not None, by=None)
    said = set(attendee.commitments.standing().values_list("text", flat=True))
    for promise in promises:
        if promise.text not in said:
            commitments.make(
                Commitment(
                    attendee=attendee,
                    text=promise.text,
                    inspired_by=promise.inspired_by,
                    confidence=promise.confidence,
                    suggested=promise.suggested,
                ),
                by=None,
            )
    return attendee
