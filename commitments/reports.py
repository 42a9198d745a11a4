"""The figures of a follow-up: made, reachable, asked, answered, outcome known. Counts, never a percentage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from commitments import follow_ups
from commitments.models import FEWEST_SHOWN, Answer, Attendee, Commitment, Message, Wave
from initiatives.models import STPArea
from stp_feedback.models import Forum, KeyTheme

SENT = [Message.State.ACCEPTED, Message.State.UNKNOWN]
STEPS = ["made", "reachable", "asked", "answered", "outcome_known"]
KNOWN_OUTCOMES = [Answer.Outcome.DONE, Answer.Outcome.PART_DONE, Answer.Outcome.CHANGED, Answer.Outcome.STOPPED]

# What each figure of a follow-up counts, of commitments with their progress.
DEFINED = {
    "made": Q(),
    "reachable": Q(is_reachable=True),
    "asked": Q(is_asked=True),
    "answered": Q(outcome__isnull=False),
    "outcome_known": Q(outcome__in=KNOWN_OUTCOMES),
    "done": Q(outcome=Answer.Outcome.DONE),
}
LABELS = {
    "made": "Made",
    "reachable": "Reachable",
    "asked": "Asked",
    "answered": "Answered",
    "outcome_known": "Outcome known",
    "done": "Done",
}


@dataclass(frozen=True)
class Figure:
    """So many commitments of so many people; None where fewer than five people would show through."""

    label: str
    commitments: int | None
    people: int | None

    @property
    def is_suppressed(self) -> bool:
        return self.people is None


@dataclass(frozen=True)
class FollowUp:
    made: Figure
    reachable: Figure
    asked: Figure
    answered: Figure
    outcome_known: Figure
    outcomes: tuple[Figure, ...]
    helped: tuple[Figure, ...]
    hindered: tuple[Figure, ...]

    @property
    def steps(self) -> tuple[Figure, ...]:
        return self.made, self.reachable, self.asked, self.answered, self.outcome_known


def follow_up(forum: Forum, *, for_staff: bool = False) -> FollowUp | None:
    """The figures of a forum's follow-up; none for a forum without a wave. Small cells are for staff only."""
    wave = Wave.objects.filter(forum=forum).select_related("forum").first()
    return outcomes(wave, for_staff=for_staff) if wave else None


def outcomes(wave: Wave, *, area: STPArea | None = None, for_staff: bool = False) -> FollowUp:
    made = Commitment.objects.standing().filter(attendee__forum=wave.forum_id)
    commitments = with_progress(made.filter(attendee__area=area) if area else made, wave)
    steps = {name: DEFINED[name] for name in STEPS} | {outcome.name: Q(outcome=outcome) for outcome in Answer.Outcome}
    counted = commitments.aggregate(
        **{f"{name}_commitments": Count("pk", filter=which) for name, which in steps.items()},
        **{f"{name}_people": Count("attendee", filter=which, distinct=True) for name, which in steps.items()},
    )

    def figure(name: str, label: str) -> Figure:
        return Figure(label, counted[f"{name}_commitments"], counted[f"{name}_people"])

    full = FollowUp(
        **{name: figure(name, LABELS[name]) for name in STEPS},
        outcomes=tuple(figure(outcome.name, outcome.label) for outcome in Answer.Outcome),
        helped=themes_of(commitments, "helped_answers"),
        hindered=themes_of(commitments, "hindered_answers"),
    )
    return full if for_staff else suppressed(full)


def with_progress(commitments: QuerySet[Commitment], wave: Wave) -> QuerySet[Commitment]:
    """Adds is_reachable, is_asked, and the outcome of the answer that stands."""
    return progress(commitments, Message.objects.filter(wave=wave, state__in=SENT).exclude(kind=Message.Kind.SUMMARY))


def progress(commitments: QuerySet[Commitment], asking: QuerySet[Message]) -> QuerySet[Commitment]:
    is_asked = Exists(asking.filter(attendee=OuterRef("attendee_id")))
    latest = Answer.objects.filter(commitment=OuterRef("pk")).order_by("-answered_at", "-pk")
    return commitments.annotate(
        is_reachable=Exists(Attendee.objects.reachable().filter(pk=OuterRef("attendee_id")))
        | Exists(Attendee.objects.reachable_until_erased().filter(pk=OuterRef("attendee_id"))) & is_asked,
        is_asked=is_asked,
        outcome=Subquery(latest.values("outcome")[:1]),
    )


def steps_by_forum(forums: Sequence[int]) -> dict[int, list[Figure]]:
    """The five steps, and what is done, of each forum with a follow-up. One query."""
    asking = Message.objects.filter(state__in=SENT).exclude(kind=Message.Kind.SUMMARY)
    made = Commitment.objects.standing().filter(attendee__forum__in=forums)
    rows = (
        progress(made, asking)
        .values("attendee__forum")
        .annotate(
            **{f"{name}_commitments": Count("pk", filter=which) for name, which in DEFINED.items()},
            **{f"{name}_people": Count("attendee", filter=which, distinct=True) for name, which in DEFINED.items()},
        )
        .order_by()
    )
    found = {forum: [Figure(label, 0, 0) for label in LABELS.values()] for forum in forums}
    for row in rows:
        found[row["attendee__forum"]] = [
            Figure(LABELS[name], row[f"{name}_commitments"], row[f"{name}_people"]) for name in DEFINED
        ]
    return found


def themes_of(commitments: QuerySet[Commitment], relation: str) -> tuple[Figure, ...]:
    """How often each key theme was named in the answers that stand, most often first."""
    standing = Answer.objects.current().filter(commitment__in=commitments.values("pk")).values("pk")
    named = KeyTheme.objects.filter(**{f"{relation}__in": standing}).annotate(
        commitments_count=Count(f"{relation}__commitment", distinct=True),
        people_count=Count(f"{relation}__commitment__attendee", distinct=True),
    )
    return tuple(
        Figure(theme.short_name, theme.commitments_count, theme.people_count)
        for theme in named.order_by("-commitments_count", "short_name")
    )


def suppressed(full: FollowUp) -> FollowUp:
    """Without cells of one to four people, nor what would give them away: a total less its parts, or step less step."""
    steps = hide_steps(full.steps)
    outcomes = hide_cells(full.outcomes)
    if steps[STEPS.index("answered")].is_suppressed and not any(figure.is_suppressed for figure in outcomes):
        outcomes = hide_smallest(outcomes)  # or their sum would be the number that is hidden
    return replace(
        full,
        **dict(zip(STEPS, steps, strict=True)),
        outcomes=outcomes,
        helped=tuple(hide_small(figure) for figure in full.helped),
        hindered=tuple(hide_small(figure) for figure in full.hindered),
    )


def hide_steps(steps: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Each step counts some of the people of the one before: where one to four fall away, the later is hidden."""
    shown: list[Figure] = []
    before: Figure | None = None
    for step in steps:
        lost = before.people - step.people if before and before.people and step.people is not None else 0
        found = hidden(step) if 0 < lost < FEWEST_SHOWN else hide_small(step)
        shown.append(found)
        before = before if found.is_suppressed and before else found
    return tuple(shown)


def hide_smallest(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    shown = [figure for figure in figures if figure.people]
    smallest = min(shown, key=lambda figure: figure.people or 0, default=None)
    return tuple(hidden(figure) if figure is smallest else figure for figure in figures)


def hide_small(figure: Figure) -> Figure:
    small = figure.people is not None and 0 < figure.people < FEWEST_SHOWN
    return hidden(figure) if small else figure


def hidden(figure: Figure) -> Figure:
    return replace(figure, commitments=None, people=None)


def hide_cells(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """For parts of a total that is shown: a single hidden cell could be worked out, so the next smallest goes too."""
    shown = [hide_small(figure) for figure in figures]
    if sum(figure.is_suppressed for figure in shown) == 1:
        rest = [figure for figure in shown if figure.people]
        if rest:
            smallest = min(rest, key=lambda figure: figure.people or 0)
            shown[shown.index(smallest)] = hidden(smallest)
    return tuple(shown)


# What staff see today


@dataclass(frozen=True)
class Today:
    """How many things wait for staff."""

    waves_due: int
    waves_held: int
    messages_failing: int
    messages_unknown: int
    addresses_to_mend: int


def today(day: date) -> Today:
    waves = Wave.objects.aggregate(
        due=Count("pk", filter=Q(state=Wave.State.PLANNED, due_on__lte=day)),
        held=Count("pk", filter=Q(state=Wave.State.HELD)),
    )
    running = Message.objects.filter(wave__state__in=[Wave.State.OPEN, Wave.State.HELD])
    return Today(
        waves_due=waves["due"],
        waves_held=waves["held"],
        messages_failing=running.filter(state__in=[Message.State.FAILED, Message.State.DEFERRED]).count(),
        messages_unknown=running.filter(state=Message.State.UNKNOWN).count(),
        addresses_to_mend=Attendee.objects.with_address_to_mend().count(),
    )


# Before a held wave is released


@dataclass(frozen=True)
class Release:
    """Who would be written to if a wave were released now."""

    people: int
    oldest: date
    sample: tuple[Attendee, ...]


def release(wave: Wave, sample: int = 5) -> Release:
    people = follow_ups.to_be_written_to(wave).order_by("pk")
    return Release(people=people.count(), oldest=wave.due_on, sample=tuple(people[:sample]))
