"""Giving an answer: a later one is a new row, an identical one is no row, and nobody overwrites what they never saw."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from commitments import held_texts
from commitments.models import Answer, Attendee, Commitment, Consent, Message, Remark, Wave
from initiatives.models import Initiative
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User
from stp_feedback.models import Forum, KeyTheme


@dataclass(frozen=True)
class Given:
    """What somebody says of one commitment; key themes and the initiative they took up by their ids."""

    outcome: str
    what_happened: str = ""
    helped: frozenset[int] = frozenset()
    helped_text: str = ""
    hindered: frozenset[int] = frozenset()
    hindered_text: str = ""
    took_up: int | None = None
    took_up_as: str = ""


class Result(Enum):
    SAVED = auto()
    UNCHANGED = auto()
    STALE = auto()


def key_themes_for(forum: Forum) -> list[tuple[int, str]]:
    """What may have helped or hindered, as ids and short names: the forum's key themes, or all where it has none."""
    themes = KeyTheme.objects.values_list("pk", "short_name")
    return list(themes.filter(forums=forum)) or list(themes)


def initiatives_for(attendee: Attendee) -> list[tuple[int, str]]:
    """What they may have taken up, as ids and titles: what the forum showed, and what inspired them."""
    named = Q(forums=attendee.forum_id) | Q(inspired_commitments__attendee=attendee)
    return list(Initiative.objects.published().filter(named).distinct().order_by("title").values_list("pk", "title"))


def given_in(answer: Answer) -> Given:
    """Reads the key themes, so prefetch them for many answers."""
    return Given(
        outcome=answer.outcome,
        what_happened=answer.what_happened,
        helped=frozenset(theme.pk for theme in answer.helped.all()),
        helped_text=answer.helped_text,
        hindered=frozenset(theme.pk for theme in answer.hindered.all()),
        hindered_text=answer.hindered_text,
        took_up=answer.took_up_id,
        took_up_as=answer.took_up_as,
    )


@transaction.atomic
def give(
    *, commitment: Commitment, given: Given, seen: str = "", via: str = Answer.Via.LINK, by: User | None = None
) -> Result:
    """Save one answer. `seen` is the id of the answer that stood on the page when the person began, "" for none.

    STALE means that another answer came in between: nothing is saved, and the person has to be told.
    """
    # One answer of a person at a time, so that of many identical clicks only the first is kept.
    Attendee.objects.select_for_update().get(pk=commitment.attendee_id)
    history = list(commitment.answers.of_present_holder().prefetch_related("helped", "hindered"))
    current = history[0] if history else None
    if current and given_in(current) == given:
        return Result.UNCHANGED
    if current and seen != str(current.pk):
        began_with = next((answer for answer in history if str(answer.pk) == seen), None)
        return Result.UNCHANGED if began_with and given_in(began_with) == given else Result.STALE
    answer = commitment.answers.create(
        outcome=given.outcome,
        what_happened=given.what_happened,
        helped_text=given.helped_text,
        hindered_text=given.hindered_text,
        took_up_id=given.took_up,
        took_up_as=given.took_up_as,
        via=via,
        by=by,
        is_late=comes_late(commitment),
    )
    answer.helped.set(given.helped)
    answer.hindered.set(given.hindered)
    held_texts.hold_if_needed(answer=answer)
    return Result.SAVED


@transaction.atomic
def remark(attendee: Attendee, text: str) -> Remark | None:
    """Anything else they want to tell. The same words again, as when a page is sent twice, are kept once."""
    Attendee.objects.select_for_update().get(pk=attendee.pk)
    latest = attendee.remarks.first()
    if latest and latest.text == text:
        return None
    made = attendee.remarks.create(text=text)
    held_texts.hold_if_needed(remark=made)
    return made


def ask_again(attendee: Attendee, day: date | None, *, by: User | None = None) -> None:
    """They chose a day on which to be asked again, or none any more."""
    said_at = timezone.now() if day else None
    with acting(by):
        Attendee.objects.filter(pk=attendee.pk).update(ask_again_on=day, ask_again_said_at=said_at)


def may_choose_day(attendee: Attendee) -> bool:
    """Once: not when the email of the day that they chose has been made."""
    return not attendee.messages.filter(step=Message.Step.AS_THEY_WISHED).exists()


@transaction.atomic
def allow(attendee: Attendee, uses: Collection[str]) -> None:
    """What they allow from now on, and nothing else."""
    now = timezone.now()
    attendee.consents.standing().exclude(use__in=uses).update(withdrawn_at=now)
    for use in uses:
        wording = Consent.Use(use).label
        attendee.consents.get_or_create(use=use, withdrawn_at=None, defaults={"wording": wording, "given_at": now})


def comes_late(commitment: Commitment) -> bool:
    """After the follow-up closed, or to a commitment that was withdrawn meanwhile. Such answers are kept and marked."""
    wave = Wave.objects.filter(forum=commitment.attendee.forum_id).first()
    has_closed = wave is not None and (wave.state == Wave.State.CLOSED or timezone.localdate() > wave.closes_on)
    return has_closed or commitment.withdrawn_at is not None


def answered(commitments: Collection[Commitment]) -> int:
    """How many of these have an answer; reads prefetched answers."""
    return sum(bool(commitment.answers.all()) for commitment in commitments)
