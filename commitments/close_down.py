"""What is left to do once a forum was held. The records tell what is done; nobody ticks anything."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce
from django.utils.text import get_text_list

from commitments import cards
from commitments.models import Attendee, Commitment, Wave
from initiatives.models import STPArea
from senate_portal.lib.templates import count, day
from stp_feedback import asks
from stp_feedback.models import Ask, FeedbackPoint, Forum, ForumInitiative, ForumKeyTheme, Recommendation

ForumWithFacts = Any  # a forum read with_facts, which adds what it counts
LEFT_ALONE_FOR = timedelta(weeks=4)  # before staff are reminded


class State(TextChoices):
    TO_DO = "to-do", "To do"
    UNDER_WAY = "under-way", "Under way"
    DONE = "done", "Done"
    NOT_NEEDED = "not-needed", "Not needed"


@dataclass(frozen=True)
class Task:
    name: str
    state: State
    words: str


@dataclass(frozen=True)
class Checklist:
    forum: ForumWithFacts
    tasks: tuple[Task, ...]

    @property
    def left(self) -> int:
        """How many tasks wait for staff, and not just for time to pass."""
        return sum(task.state == State.TO_DO for task in self.tasks)


def overdue(today: date) -> list[Checklist]:
    """Of forums held some weeks ago that are not closed, those on which staff have something to do."""
    forums = Forum.objects.over(today - LEFT_ALONE_FOR).filter(close_down=None)
    return [one for one in checklists(list(with_facts(forums))) if one.left]


def checklist(forum: ForumWithFacts) -> Checklist:
    return checklists([forum])[0]


def checklists(found: list[ForumWithFacts]) -> list[Checklist]:
    """A constant number of queries, however many there are."""
    areas = list(STPArea.objects.order_by("name"))
    said, typed, absent = points_of(found), cards_of(found), absent_from(found)
    return [
        Checklist(
            forum,
            (
                Task("report", *report(forum)),
                Task("feedback", *feedback(areas, absent[forum.pk], said[forum.pk])),
                Task("commitments", *commitments(forum)),
                Task("cards", *checked_cards(typed[forum.pk])),
                Task("follow-up", *follow_up(forum)),
                Task("asks", *asked(forum)),
                Task("brief", *brief(forum)),
            ),
        )
        for forum in found
    ]


def with_facts(forums: QuerySet[Forum]) -> QuerySet[Forum]:
    series = Q(series=OuterRef("series")) | Q(series=None)
    later = Q(held_on__gt=OuterRef("held_on")) | Q(held_on=None)
    return forums.select_related("wave", "source").annotate(
        shown=number(ForumInitiative.objects.all()),
        themes=number(ForumKeyTheme.objects.all()),
        recommended=number(Recommendation.objects.all()),
        on_record=number(Attendee.objects.all()),
        promised=number(Commitment.objects.standing(), "attendee__forum"),
        asked_for=number(Ask.objects.all(), "points__forum"),
        without_owner=number(Ask.objects.without_owner(), "points__forum"),
        on_no_ask=number(asks.waiting()),
        is_followed=Exists(Forum.objects.filter(series, later).exclude(pk=OuterRef("pk"))),
    )


def number(rows: "QuerySet", forum: str = "forum") -> Coalesce:
    """How many of the rows belong to each forum."""
    mine = rows.filter(**{forum: OuterRef("pk")}).order_by().values(forum)
    return Coalesce(Subquery(mine.annotate(number=Count("pk", distinct=True)).values("number")), 0)


@dataclass(frozen=True)
class Said:
    points: int
    drafts: int


def points_of(forums: list[ForumWithFacts]) -> dict[int, dict[int, Said]]:
    """By forum and area."""
    drafts = Count("pk", filter=Q(state=FeedbackPoint.State.DRAFT))
    rows = FeedbackPoint.objects.filter(forum__in=forums).order_by().values_list("forum", "area")
    found: dict[int, dict[int, Said]] = defaultdict(dict)
    for forum, area, points, unpublished in rows.annotate(Count("pk"), drafts=drafts):
        found[forum][area] = Said(points, unpublished)
    return found


def absent_from(forums: list[ForumWithFacts]) -> dict[int, set[int]]:
    """By forum, the areas that took no part."""
    found: dict[int, set[int]] = defaultdict(set)
    for forum, area in Forum.areas_absent.through.objects.filter(forum__in=forums).values_list("forum", "stparea"):
        found[forum].add(area)
    return found


def cards_of(forums: list[ForumWithFacts]) -> dict[int, dict[int, bool]]:
    """Of each forum's typed cards, whether somebody has checked them."""
    typed = Commitment.objects.filter(attendee__forum__in=forums, typed_card__isnull=False)
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for forum, card, check in typed.values_list("attendee__forum", "pk", "card_check"):
        found[forum][card] = check is not None
    return found


# Each task: how far it is, and what the records say


def report(forum: ForumWithFacts) -> tuple[State, str]:
    if not forum.is_published:
        return State.TO_DO, "Only staff can read it: the forum is not published."
    parts = [(forum.shown, "initiative"), (forum.themes, "key theme"), (forum.recommended, "recommendation")]
    if missing := [f"no {thing}s" for there, thing in parts if not there]:
        return State.TO_DO, f"It has {get_text_list(missing, 'and')}."
    return State.DONE, f"Everybody can read it, with {', '.join(count(there, thing) for there, thing in parts)}."


def feedback(areas: list[STPArea], absent: set[int], said: dict[int, Said]) -> tuple[State, str]:
    took_part = [area for area in areas if area.pk not in absent]
    if absent and not took_part:
        return State.NOT_NEEDED, "No STP area took part."
    if not said:
        return State.TO_DO, "Nothing is written down."
    if words := [*unpublished(took_part, said)]:
        return State.TO_DO, " ".join(words)
    return State.DONE, "What each area said is published."


def unpublished(areas: list[STPArea], said: dict[int, Said]) -> Iterator[str]:
    for area in areas:
        if area.pk not in said:
            yield f"Nothing is written down for {area.name}."
        elif drafts := said[area.pk].drafts:
            yield f"{area.name} has {count(drafts, 'draft')}."


def commitments(forum: ForumWithFacts) -> tuple[State, str]:
    reported = forum.commitments
    if not forum.on_record and forum.source:
        return State.NOT_NEEDED, "The report gives totals only. No names are on record."
    if not forum.on_record:
        return State.TO_DO, "Nobody is on record."
    if reported is not None and forum.promised < reported:
        return State.TO_DO, f"{forum.promised} of the {count(reported, 'commitment')} reported are on record."
    if not forum.promised and reported is None:
        return State.TO_DO, f"{count(forum.on_record, 'person is', 'people are')} on record, with no commitments."
    return State.DONE, f"{count(forum.promised, 'commitment is', 'commitments are')} on record."


def checked_cards(typed: dict[int, bool]) -> tuple[State, str]:
    if not typed:
        return State.NOT_NEEDED, "No card was typed."
    sample = cards.drawn(typed)
    checked = sum(typed[card] for card in sample)
    state = State.DONE if checked == len(sample) else State.TO_DO
    return state, f"{checked} of {count(len(sample), 'card')} in the sample are checked."


def follow_up(forum: ForumWithFacts) -> tuple[State, str]:
    wave = getattr(forum, "wave", None)
    if wave is None and not forum.on_record:
        no_names = State.NOT_NEEDED if forum.source else State.TO_DO
        return no_names, "Nobody is on record who could be asked."
    if wave is None:
        return State.TO_DO, "It is not planned."
    match wave.state:
        case Wave.State.PLANNED:
            return State.UNDER_WAY, f"Planned for {day(wave.due_on)}."
        case Wave.State.HELD:
            return State.TO_DO, f"Held: {wave.state_why}"
        case Wave.State.OPEN:
            return State.UNDER_WAY, f"It closes on {day(wave.closes_on)}."
        case Wave.State.STOPPED:
            return State.DONE, f"Stopped: {wave.state_why}"
    return State.DONE, f"Closed on {day(wave.closes_on)}."


def asked(forum: ForumWithFacts) -> tuple[State, str]:
    words = []
    if forum.on_no_ask:
        words.append(f"{count(forum.on_no_ask, 'point about support is', 'points about support are')} on no ask.")
    if forum.without_owner:
        words.append(f"{count(forum.without_owner, 'ask has', 'asks have')} no owner.")
    if words:
        return State.TO_DO, " ".join(words)
    if not forum.asked_for:
        return State.NOT_NEEDED, "No published point asks for support."
    return State.DONE, f"{count(forum.asked_for, 'ask has', 'asks have')} an owner."


def brief(forum: ForumWithFacts) -> tuple[State, str]:
    wave = getattr(forum, "wave", None)
    if wave is None or wave.state == Wave.State.STOPPED:
        return State.NOT_NEEDED, "No follow-up tells what it could be drawn from."
    if wave.state != Wave.State.CLOSED:
        return State.UNDER_WAY, "It can be drawn once the follow-up has closed."
    if not forum.is_followed:
        return State.TO_DO, "It is drawn. No later forum is on record yet that it could be for."
    return State.DONE, "It is drawn, and the next forum is on record."
