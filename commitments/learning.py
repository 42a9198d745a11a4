"""What a follow-up teaches: what became of the commitments, and what the forum foresaw against what people met."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, OuterRef, Q, Subquery

from commitments import reports
from commitments.models import Answer, Commitment, Message, Wave
from commitments.reports import Figure, FollowUp
from initiatives.models import Organisation, STPArea
from senate_portal.lib.charts import Chart, bars
from senate_portal.lib.working_days import in_london
from stp_feedback.models import FeedbackPoint, Forum, KeyTheme

WEEK = timedelta(days=7)
KINDS = {str(kind.value): str(kind.label) for kind in Organisation.Kind}
LATER = ["Answered before the day they chose", "Within a week of it", "Later than that", "Not yet"]


@dataclass(frozen=True)
class Theme:
    """A key theme: in how many points the forum raised it, and in how many answers people met it."""

    name: str
    slug: str
    foreseen: int
    helped: Figure
    hindered: Figure


@dataclass(frozen=True)
class Area:
    """A part of the people: those of an area, a profession or a kind of organisation."""

    name: str
    made: Figure
    answered: Figure
    outcome_known: Figure


@dataclass(frozen=True)
class Learning:
    follow_up: FollowUp
    areas: tuple[Area, ...]
    themes: tuple[Theme, ...]
    roles: tuple[Area, ...]
    kinds: tuple[Area, ...]
    later: tuple[tuple[str, int], ...]
    """People who chose a day on which to be asked again, by what happened then. For staff alone."""
    weeks: tuple[tuple[str, int], ...]
    """First answers by week, for staff alone: a week may hold a single person."""

    @property
    def done(self) -> Figure:
        return next(figure for figure in self.follow_up.outcomes if figure.label == Answer.Outcome.DONE.label)

    @property
    def nobody_answered(self) -> bool:
        return self.follow_up.answered.commitments == 0

    @property
    def silent(self) -> int | None:
        """Commitments of which nothing was told."""
        made, answered = self.follow_up.made.commitments, self.follow_up.answered.commitments
        return made - answered if made is not None and answered is not None else None

    @property
    def done_at_most(self) -> int | None:
        """If every silent person had done what they said."""
        if self.done.commitments is None or self.silent is None:
            return None
        return self.done.commitments + self.silent


def learning(wave: Wave, *, area: STPArea | None = None, for_staff: bool = False) -> Learning:
    """The areas are compared for the whole forum only. A constant number of queries."""
    follow_up = reports.outcomes(wave, area=area, for_staff=for_staff)
    return Learning(
        follow_up=follow_up,
        areas=() if area else areas(wave, for_staff=for_staff),
        roles=() if area else parts(wave, "attendee__role", "Not known", for_staff=for_staff),
        kinds=() if area else parts(wave, "kind", "Not known", for_staff=for_staff, labels=KINDS),
        later=later(wave) if for_staff else (),
        themes=themes(wave, follow_up, area),
        weeks=weeks(wave, area) if for_staff else (),
    )


def areas(wave: Wave, *, for_staff: bool) -> tuple[Area, ...]:
    return parts(wave, "attendee__area__name", "No area given", for_staff=for_staff)


def parts(
    wave: Wave, by: str, unknown: str, *, for_staff: bool, labels: dict[str, str] | None = None
) -> tuple[Area, ...]:
    """In alphabetical order, with the number of each: a list of parts, not of winners."""
    commitments = reports.with_progress(Commitment.objects.standing().filter(attendee__forum=wave.forum_id), wave)
    organisation = Organisation.objects.filter(name__iexact=OuterRef("attendee__organisation"))
    commitments = commitments.annotate(kind=Subquery(organisation.values("kind")[:1]))
    known = Q(outcome__in=reports.KNOWN_OUTCOMES)
    rows = list(
        commitments.values(by)
        .annotate(
            made=Count("pk"),
            made_people=Count("attendee", distinct=True),
            answered=Count("pk", filter=Q(outcome__isnull=False)),
            answered_people=Count("attendee", filter=Q(outcome__isnull=False), distinct=True),
            known=Count("pk", filter=known),
            known_people=Count("attendee", filter=known, distinct=True),
        )
        .order_by(by)
    )
    names = [(labels or {}).get(row[by], row[by]) or unknown for row in rows]

    def column(name: str) -> tuple[Figure, ...]:
        figures = tuple(Figure(label, row[name], row[f"{name}_people"]) for label, row in zip(names, rows, strict=True))
        return figures if for_staff else reports.hide_cells(figures)

    columns = zip(names, column("made"), column("answered"), column("known"), strict=True)
    return tuple(Area(*row) for row in columns)


def of_area(forum: Forum, area: STPArea) -> Area | None:
    """An area's figures without small counts, hidden as they are beside the other areas'; none without a follow-up."""
    wave = Wave.objects.filter(forum=forum).first()
    if wave is None:
        return None
    nobody = Figure(area.name, 0, 0)
    rows = areas(wave, for_staff=False)
    return next((row for row in rows if row.name == area.name), Area(area.name, nobody, nobody, nobody))


def themes(wave: Wave, follow_up: FollowUp, area: STPArea | None) -> tuple[Theme, ...]:
    """Those that were raised or met, the most often foreseen first."""
    raised = Q(
        points__in=FeedbackPoint.objects.published().filter(forum=wave.forum_id, **({"area": area} if area else {}))
    )
    helped = {figure.label: figure for figure in follow_up.helped}
    hindered = {figure.label: figure for figure in follow_up.hindered}
    counted = KeyTheme.objects.annotate(foreseen=Count("points", filter=raised, distinct=True))
    found = [
        Theme(
            theme.short_name,
            theme.slug,
            theme.foreseen,
            helped.get(theme.short_name, Figure(theme.short_name, 0, 0)),
            hindered.get(theme.short_name, Figure(theme.short_name, 0, 0)),
        )
        for theme in counted.order_by("-foreseen", "short_name")
    ]
    return tuple(
        theme for theme in found if theme.foreseen or theme.helped.commitments != 0 or theme.hindered.commitments != 0
    )


def later(wave: Wave) -> tuple[tuple[str, int], ...]:
    """The day they chose against the day on which they answered: planned and actual."""
    after = Answer.objects.filter(
        commitment__attendee=OuterRef("pk"), answered_at__gt=OuterRef("ask_again_said_at")
    ).order_by("answered_at")
    people = wave.forum.people.filter(ask_again_on__isnull=False).annotate(
        told_at=Subquery(after.values("answered_at")[:1])
    )
    counted = Counter(
        when_told(chosen, in_london(told_at).date() if told_at else None)
        for chosen, told_at in people.values_list("ask_again_on", "told_at")
        if chosen
    )
    return tuple((words, counted[words]) for words in LATER) if counted else ()


def when_told(chosen: date, told: date | None) -> str:
    if told is None:
        return LATER[3]
    if told < chosen:
        return LATER[0]
    return LATER[1] if told <= chosen + WEEK else LATER[2]


def weeks(wave: Wave, area: STPArea | None) -> tuple[tuple[str, int], ...]:
    """People by the week of their first answer, counted from the first email; weeks with a reminder say so."""
    sent = (
        wave.messages.filter(state=Message.State.ACCEPTED, kind=Message.Kind.COMMITMENTS)
        .values("step")
        .annotate(on=Min("settled_at"))
        .order_by("step")
    )
    sent_on = {row["step"]: in_london(row["on"]).date() for row in sent}
    if Message.Step.ASK not in sent_on:
        return ()
    start = sent_on[Message.Step.ASK]
    people = Commitment.objects.filter(attendee__forum=wave.forum_id, answers__isnull=False)
    first = (
        (people.filter(attendee__area=area) if area else people)
        .values("attendee")
        .annotate(at=Min("answers__answered_at"))
    )
    counted = Counter(week_of(in_london(row["at"]).date(), start) for row in first.order_by())
    reminded = {week_of(day, start): Message.Step(step).label.lower() for step, day in sent_on.items() if step}
    last = max([*counted, *reminded], default=0)
    return tuple(
        (f"Week {week + 1}{', ' + reminded[week] if week in reminded else ''}", counted[week])
        for week in range(last + 1)
    )


def week_of(day: date, start: date) -> int:
    """0 for the seven days from the first email; answers before it, as from a receipt's link, count there too."""
    return max((day - start) // WEEK, 0)


@dataclass(frozen=True)
class Trace:
    """What stands behind a row of foreseen and met: the points and the answers, for staff."""

    theme: KeyTheme
    points: tuple[FeedbackPoint, ...]
    helped: tuple[Answer, ...]
    hindered: tuple[Answer, ...]


def trace(wave: Wave, theme: KeyTheme, area: STPArea | None) -> Trace:
    points = FeedbackPoint.objects.published().filter(forum=wave.forum_id, key_themes=theme)
    answers = (
        Answer.objects.current()
        .filter(commitment__attendee__forum=wave.forum_id, commitment__withdrawn_at=None)
        .select_related("commitment__attendee__area", "by", "took_up", "held_text")
        .prefetch_related("helped", "hindered")
    )
    if area:
        points, answers = points.filter(area=area), answers.filter(commitment__attendee__area=area)
    return Trace(
        theme=theme,
        points=tuple(points.select_related("area").order_by("area__name", "section", "position")),
        helped=tuple(answers.filter(helped=theme)),
        hindered=tuple(answers.filter(hindered=theme)),
    )


@dataclass(frozen=True)
class Trend:
    """One closed follow-up, by the same definitions as every other."""

    wave: Wave
    steps: tuple[Figure, ...]
    done: Figure


DEFINITIONS = "Definitions of November 2026"


def trend(*, for_staff: bool) -> list[Trend]:
    """Closed follow-ups, the latest first. One query, however many."""
    closed = Wave.objects.closed().select_related("forum")
    waves = list(closed if for_staff else closed.filter(forum__is_published=True))
    counted = reports.steps_by_forum([wave.forum_id for wave in waves])
    found = []
    for wave in waves:
        *steps, done = counted[wave.forum_id]
        shown = tuple(steps) if for_staff else reports.hide_steps(tuple(steps))
        found.append(Trend(wave, shown, done if for_staff else reports.hide_small(done)))
    return found


def charts(found: Learning) -> list[Chart]:
    """Pictures of what is not hidden, each with its table. Before anybody has answered there is one."""
    steps = picture("steps", "How far the follow-up has come", "Step", found.follow_up.steps)
    if found.nobody_answered:
        return [steps]
    drawn = [
        steps,
        picture("outcomes", "What became of the commitments", "Outcome", found.follow_up.outcomes),
        picture("helped", "What helped", "Key theme", [theme.helped for theme in found.themes]),
        picture("hindered", "What got in the way", "Key theme", [theme.hindered for theme in found.themes]),
    ]
    if found.later:
        drawn.append(
            bars(
                "later",
                title="People who asked to be asked later",
                description="People who chose a day, by when they answered. They are not counted as silent.",
                header=("When they answered", "People"),
                rows=found.later,
            )
        )
    if found.weeks:
        drawn.append(
            bars(
                "weeks",
                title="When people first answered",
                description="People by the week of their first answer after the first email.",
                header=("Week", "People"),
                rows=found.weeks,
            )
        )
    return drawn


def picture(name: str, title: str, first_column: str, figures: "list[Figure] | tuple[Figure, ...]") -> Chart:
    rows = [(figure.label, figure.commitments) for figure in figures if figure.commitments is not None]
    hidden = len(figures) - len(rows)
    description = "Commitments, one bar for each." + (
        f" {hidden} not shown, to protect a few people." if hidden else ""
    )
    return bars(name, title=title, description=description, header=(first_column, "Commitments"), rows=rows)
