"""Who took an initiative up: a count on its page, with places once staff have released them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from commitments.models import Answer, TakeUp
from senate_portal.accounts.models import User


@dataclass(frozen=True)
class Spread:
    adopted: int
    adapted: int
    places: tuple[TakeUp, ...]

    @property
    def people(self) -> int:
        return self.adopted + self.adapted


def of(initiative: int) -> Spread:
    """By the answers that stand. One query."""
    answers = Answer.objects.current().filter(took_up=initiative).select_related("take_up").order_by("take_up", "pk")
    kinds = [answer.took_up_as for answer in answers]
    return Spread(
        adopted=kinds.count(Answer.TakenUpAs.ADOPTED),
        adapted=kinds.count(Answer.TakenUpAs.ADAPTED),
        places=tuple(answer.take_up for answer in answers if hasattr(answer, "take_up")),
    )


def to_release() -> QuerySet[Answer]:
    """Answers that stand, tell of an initiative taken up, and are not released with their place."""
    told = Answer.objects.current().filter(took_up__isnull=False, take_up=None)
    return told.select_related("took_up", "commitment__attendee__area", "commitment__attendee__forum").order_by("pk")


def release(answer: Answer, *, place: str, what_changed: str, by: User) -> None:
    TakeUp.objects.get_or_create(
        answer=answer, defaults={"place": place, "what_changed": what_changed, "released_by": by}
    )


def page(request: HttpRequest) -> dict[str, Callable[[int], Any]]:
    """For the page of an initiative, which asks by its id: initiatives know nothing of commitments."""
    return {"spread_of": of}
