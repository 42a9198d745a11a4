"""A brief for the next forum, drafted from a follow-up that has closed. For staff: it names people."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from commitments.models import Answer, Wave
from initiatives.models import Initiative
from stp_feedback.models import KeyTheme

MOST_THEMES = 5
MOST_PRESENTERS = 3  # of each theme
WORKED = {Answer.Outcome.DONE, Answer.Outcome.PART_DONE}


@dataclass(frozen=True)
class Theme:
    """A key theme in the answers that stand: how many people named it, and whose commitment came to something."""

    theme: KeyTheme
    people: int
    presenters: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Brief:
    blocked: tuple[Theme, ...]
    worked: tuple[Theme, ...]
    taken_up: tuple[tuple[Initiative, int], ...]
    """Initiatives with the number of commitments that took each up, most first."""


def of(wave: Wave) -> Brief:
    """Themes that most people named come first. A constant number of queries."""
    answers = list(
        Answer.objects.current()
        .filter(
            commitment__attendee__forum=wave.forum_id,
            commitment__withdrawn_at=None,
            commitment__attendee__erased_at=None,
        )
        .select_related("commitment__attendee__area", "took_up")
        .prefetch_related("helped", "hindered")
    )
    taken_up = Counter(answer.took_up for answer in answers if answer.took_up)
    return Brief(
        blocked=named([(theme, answer) for answer in answers for theme in answer.hindered.all()]),
        worked=named([(theme, answer) for answer in answers for theme in answer.helped.all()], with_presenters=True),
        taken_up=tuple(taken_up.most_common(MOST_THEMES)),
    )


def named(pairs: list[tuple[KeyTheme, Answer]], *, with_presenters: bool = False) -> tuple[Theme, ...]:
    by_theme: dict[KeyTheme, list[Answer]] = defaultdict(list)
    for theme, answer in pairs:
        by_theme[theme].append(answer)
    found = [
        Theme(
            theme,
            people=len({answer.commitment.attendee_id for answer in answers}),
            presenters=presenters(answers) if with_presenters else (),
        )
        for theme, answers in by_theme.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.people, one.theme.short_name))[:MOST_THEMES])


def presenters(answers: list[Answer]) -> tuple[Answer, ...]:
    """One answer a person, those whose commitment is done before those that are half way."""
    worked = [answer for answer in answers if answer.outcome in WORKED]
    worked.sort(key=lambda answer: (answer.outcome != Answer.Outcome.DONE, answer.commitment.attendee.name, answer.pk))
    first = {answer.commitment.attendee_id: answer for answer in reversed(worked)}
    return tuple(answer for answer in worked if first[answer.commitment.attendee_id] is answer)[:MOST_PRESENTERS]
