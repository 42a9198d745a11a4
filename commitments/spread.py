"""Who took an initiative up: counted on its page by initiatives/entries.py, with places once staff released them."""

from django.db.models import QuerySet

from commitments.models import Answer, TakeUp
from senate_portal.accounts.models import User


def to_release() -> QuerySet[Answer]:
    """Answers that stand, tell of an initiative taken up, and are not released with their place."""
    told = Answer.objects.current().filter(took_up__isnull=False, take_up=None)
    return told.select_related("took_up", "commitment__attendee__area", "commitment__attendee__forum").order_by("pk")


def release(answer: Answer, *, place: str, what_changed: str, by: User) -> None:
    TakeUp.objects.get_or_create(
        answer=answer, defaults={"place": place, "what_changed": what_changed, "released_by": by}
    )
