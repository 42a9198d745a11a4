"""Cards as staff type them: who did and with what effort, and a second person's look at a sample of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from statistics import median

from django.db import transaction

from commitments.models import CardCheck, Commitment, TypedCard
from senate_portal.accounts.models import User
from stp_feedback.models import Forum

SAMPLED_AT_LEAST = 10
ONE_IN = 10


class CannotCheckError(Exception):
    """The text says why, for staff."""


@dataclass(frozen=True)
class Effort:
    """Of a typical card of a forum, as browsers counted it: half took less, half took more."""

    cards: int
    seconds: int
    keys: int


def note_typed(commitment: Commitment, *, by: User, seconds: int | None, keys: int | None) -> None:
    TypedCard.objects.create(commitment=commitment, by=by, seconds=seconds, keys=keys)


def effort(forum: Forum) -> Effort | None:
    counted = TypedCard.objects.filter(commitment__attendee__forum=forum, seconds__isnull=False, keys__isnull=False)
    rows = [(seconds or 0, keys or 0) for seconds, keys in counted.values_list("seconds", "keys")]
    if not rows:
        return None
    seconds, keys = (round(median(column)) for column in zip(*rows, strict=True))
    return Effort(len(rows), seconds, keys)


def sample(forum: Forum) -> list[Commitment]:
    typed = Commitment.objects.filter(attendee__forum=forum, typed_card__isnull=False)
    cards = typed.select_related("attendee", "typed_card__by", "card_check__by").in_bulk()
    return [cards[number] for number in drawn(cards)]


def drawn(cards: Iterable[int]) -> list[int]:
    """Every tenth and at least ten, always the same ones: by a hash of their number, which nobody chooses."""
    by_chance = sorted(cards, key=lambda number: sha256(str(number).encode()).digest())
    return by_chance[: max(SAMPLED_AT_LEAST, len(by_chance) // ONE_IN)]


@transaction.atomic
def check(commitment: Commitment, *, reads_as: str, by: User) -> CardCheck:
    """`reads_as` is what the card says where it differs. The commitment itself is not touched."""
    typed = TypedCard.objects.select_for_update().get(commitment=commitment)
    if typed.by_id == by.pk:
        raise CannotCheckError("You typed this card. It takes a second person to check it.")
    if CardCheck.objects.filter(commitment=commitment).exists():
        raise CannotCheckError("Somebody has checked this card already.")
    return CardCheck.objects.create(commitment=commitment, reads_as=reads_as, typed_by=typed.by, by=by)
