"""Stories of change: told in an answer, written down by one member of staff, approved by another, and shown for as
long as the person allows to be quoted."""

from django.utils import timezone

from commitments.models import Answer, Consent, Story
from initiatives.models import Initiative
from senate_portal.accounts.models import User


class CannotPublishError(Exception):
    """The text says why, for staff."""


def write(answer: Answer, *, title: str, text: str, initiative: Initiative | None, by: User) -> Story:
    """What is written anew has to be approved anew."""
    defaults = {
        "title": title,
        "text": text,
        "initiative": initiative,
        "written_by": by,
        "approved_by": None,
        "approved_at": None,
    }
    return Story.objects.update_or_create(answer=answer, defaults=defaults)[0]


def approve(story: Story, *, by: User) -> None:
    if story.written_by_id == by.pk:
        raise CannotPublishError("You wrote this story. It takes a second person to approve it.")
    if not may_quote(story.answer):
        raise CannotPublishError("The person has not allowed to be quoted.")
    Story.objects.filter(pk=story.pk, approved_at=None).update(approved_by=by, approved_at=timezone.now())


def take_down(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(approved_by=None, approved_at=None)


def may_quote(answer: Answer) -> bool:
    allowed = Consent.objects.standing().filter(use=Consent.Use.QUOTE)
    return allowed.filter(attendee=answer.commitment.attendee_id).exists()
