"""How an entry comes into the catalogue and leaves it.

draft -> in review -> published -> archived, with "needs changes" for what the reviewer sends back with a comment.
What is published is archived after warnings, see archiving.py. What must not be read by anybody is hidden at once.
Whoever last edited an entry does not publish it, and nobody publishes another version than the one they read.
"""

import logging
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date

from django.db import transaction
from django.utils import timezone

from initiatives import archiving, versions
from initiatives.models import CatalogueVersion, Initiative
from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User

logger = logging.getLogger(__name__)

State = Initiative.Publication
LONGEST_REASON = 500
# From where each step may be taken, and where it leads.
STEPS: dict[str, tuple[AbstractSet[str], str]] = {
    "send": ({State.DRAFT, State.NEEDS_CHANGES, State.ARCHIVED, State.HIDDEN}, State.IN_REVIEW),
    "return": ({State.IN_REVIEW}, State.NEEDS_CHANGES),
    "publish": ({State.IN_REVIEW}, State.PUBLISHED),
    "archive": ({State.DRAFT, State.IN_REVIEW, State.NEEDS_CHANGES, State.HIDDEN}, State.ARCHIVED),
    "plan_archiving": ({State.PUBLISHED}, State.PUBLISHED),
    "keep": ({State.PUBLISHED}, State.PUBLISHED),
    "hide": (set(State) - {State.HIDDEN}, State.HIDDEN),
}
NEEDS_COMMENT = {
    "return": "Say what must change.",
    "plan_archiving": "Say why. Everybody can read it.",
    "hide": "Say why it is hidden. Only staff read it.",
}
TAKEN_OUT = "Taken out while the Senate's staff look at it"


class NotAllowedError(Exception):
    """Why the step cannot be taken, in a sentence."""


class StaleError(Exception):
    """The entry changed after the version that the person saw."""


def steps_from(initiative: Initiative) -> list[str]:
    other = "plan_archiving" if initiative.archive_on else "keep"
    return [step for step, (states, _) in STEPS.items() if initiative.publication in states and step != other]


def may_publish(initiative: Initiative, by: User) -> bool:
    """Neither the one who last edited it nor the one who offered it is its reviewer."""
    submission = getattr(initiative, "submission", None)
    offered = submission is not None and submission.email.casefold() == by.email.casefold()
    return initiative.edited_by_id != by.pk and not offered


@transaction.atomic
def take_step(initiative: Initiative, step: str, *, seen: int, by: User, comment: str = "") -> Initiative:
    """`seen` is the number of the version that the person had before them, see versions.latest."""
    # What must go at once goes, whatever was changed meanwhile.
    current = _locked(initiative, seen=None if step == "hide" else seen)
    if step not in steps_from(current):
        raise NotAllowedError(f"This cannot be done with an entry that is {current.get_publication_display().lower()}.")
    if step == "publish" and not may_publish(current, by):
        raise NotAllowedError("Somebody else must publish this entry: you wrote it or edited it last.")
    if step in NEEDS_COMMENT and not comment:
        raise NotAllowedError(NEEDS_COMMENT[step])
    with acting(by, why=comment if step == "hide" else ""):
        if step in {"plan_archiving", "keep"}:
            current.archive_on = archiving.first_day(timezone.localdate()) if step == "plan_archiving" else None
            current.archive_reason = comment[:LONGEST_REASON] if step == "plan_archiving" else ""
        else:
            current.publication = STEPS[step][1]
            current.review_comment = comment
            current.reviewed_by = by if step == "publish" else None
            current.archive_on, current.archived_on, current.archive_reason = None, None, ""
        current.save()
    logger.info("Initiative %s: %s by user %s", current.pk, step, by.pk)
    return current


@transaction.atomic
def edit(initiative: Initiative, *, save: Callable[[], object], seen: int | None = None, by: User) -> None:
    """Save a correction. Of a published entry it shows at once, marked for staff as not reviewed yet."""
    _locked(initiative, seen=seen)
    with acting(by):
        save()
        sign(initiative, by=by)


def sign(initiative: Initiative, *, by: User) -> None:
    """Note who edited it last. What a reviewer approved before is no longer what stands there."""
    Initiative.objects.filter(pk=initiative.pk).update(edited_by=by, reviewed_by=None)


@transaction.atomic
def take_out(initiative: Initiative, name: str, *, why: str, by: User) -> None:
    """A text that nobody must read leaves page, file, API and search at once. The versions keep it for staff."""
    current = _locked(initiative)
    with acting(by, why=why):
        if not versions.empty(current, name, instead=TAKEN_OUT):
            raise NotAllowedError("There is no such text.")
        sign(current, by=by)
    logger.info("Initiative %s: a text was taken out by user %s", current.pk, by.pk)


@transaction.atomic
def restore(initiative: Initiative, number: int, *, seen: int, by: User, only: str = "") -> None:
    """Undo: make the entry, or one of its fields or parts, say what it said in an earlier version.

    That is an edit like any other.
    """
    current = _locked(initiative, seen=seen)
    version = next((one for one in versions.of(current) if one.number == number), None)
    if version is None:
        raise NotAllowedError("There is no such version.")
    with acting(by):
        versions.restore(current, version, only=only)
        sign(current, by=by)


@transaction.atomic
def mark_checked(initiative: Initiative, *, on: date, checked_by: str, by: User | None) -> None:
    """Somebody looked and found it right. Nothing else renews that date."""
    current = _locked(initiative)
    with acting(by):
        current.verified_on, current.verified_by = on, checked_by
        current.save()


def _locked(initiative: Initiative, *, seen: int | None = None) -> Initiative:
    """The entry as it is now and stays until the end of the transaction.

    Every writer of the catalogue queues at its one version row (migration 0003), those of contacts and links too.
    """
    CatalogueVersion.objects.select_for_update().first()
    current: Initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if seen is not None and versions.latest(current) != seen:
        raise StaleError
    return current
