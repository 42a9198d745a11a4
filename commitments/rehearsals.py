"""Who gets which email of a follow-up and why others get none, shown before anything leaves.

As the follow-up begins this is kept, a row for each person. From then on it is the receipt: it never changes, and
stands beside what really became of each. Where the two differ, it says what changed in between.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from commitments.models import AnswerLink, Attendee, Message, RehearsalRow, Wave
from senate_portal.lib.clock import database_now
from senate_portal.lib.templates import day

BATCH = 1000

ADDED, WRITTEN_TO, NOT_WRITTEN_TO, OTHER_ADDRESS = "added", "written-to", "not-written-to", "other-address"
CHANGES = {
    "": "",
    ADDED: "On the list since it began.",
    WRITTEN_TO: "Left out as it began, and an email was made since.",
    NOT_WRITTEN_TO: "No email left after all.",
    OTHER_ADDRESS: "It went to another address.",
}


def people_of(wave: Wave, now: datetime) -> QuerySet[Attendee]:
    """Everybody on the forum's list, with what decides whether an email is for them, and how long a link works."""
    same = Attendee.objects.filter(pk=OuterRef("pk"))
    links = AnswerLink.objects.filter(attendee=OuterRef("pk"), email=OuterRef("email"), expires_at__gt=now)
    return Attendee.objects.filter(forum=wave.forum_id).annotate(
        has_committed=Exists(same.with_commitments()),
        has_answered=Exists(same.answered()),
        shares_one=Exists(same.sharing()),
        link_until=Subquery(links.filter(revoked_at=None).order_by("-expires_at").values("expires_at")[:1]),
    )


def why_not(wave: Wave, attendee: Attendee) -> str:
    """Of `people_of`: why the first email is not for this person, in words; nothing when it is."""
    if attendee.unreachable_because:
        return attendee.unreachable_because
    if attendee.has_answered:  # type: ignore[attr-defined]
        return "They have answered already."
    if attendee.ask_again_on:
        return f"They asked to be asked again on {day(attendee.ask_again_on)}."
    if not attendee.has_committed and attendee.shares_one:  # type: ignore[attr-defined]
        return "They share a commitment, and the person it stands with is asked."
    if not attendee.has_committed and not wave.asks_those_without:  # type: ignore[attr-defined]
        return "They made no commitment, and this follow-up asks only those who did."
    return ""


def is_due(wave: Wave) -> Q:
    """Of `people_of`: the rule of `why_not`, for the database."""
    reachable = Exists(Attendee.objects.reachable().filter(pk=OuterRef("pk")))
    asked = Q(has_committed=True) | (Q(shares_one=False) if wave.asks_those_without else Q(pk__in=[]))
    return Q(reachable, asked, has_answered=False, ask_again_on=None)


def row(wave: Wave, attendee: Attendee, now: datetime) -> RehearsalRow:
    """One of `people_of` as things stand, not saved."""
    reason = why_not(wave, attendee)
    about = Message.Kind.COMMITMENTS if attendee.has_committed else Message.Kind.NO_COMMITMENT  # type: ignore[attr-defined]
    return RehearsalRow(
        wave=wave,
        attendee=attendee,
        kind="" if reason else about,
        address=attendee.email,
        why_not=reason,
        link_until=attendee.link_until,  # type: ignore[attr-defined]
        made_at=now,
        erased_at=attendee.erased_at,
    )


def keep(wave: Wave) -> None:
    """As the follow-up begins, in the transaction that makes its emails. Whoever has a row already keeps that one."""
    now = database_now()
    people = people_of(wave, now).order_by("pk").iterator(BATCH)
    while batch := [row(wave, attendee, now) for attendee in itertools.islice(people, BATCH)]:
        RehearsalRow.objects.bulk_create(batch, ignore_conflicts=True)


@dataclass(frozen=True)
class Line:
    """One person: what they are to get or were to get, the emails made since, and how the two differ."""

    attendee: Attendee
    row: RehearsalRow | None
    messages: Sequence[Message] = ()
    change: str = ""

    @property
    def has_answered(self) -> bool:
        return bool(self.messages) and self.attendee.has_answered  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Counts:
    about_commitments: int
    without_commitment: int
    left_out: int
    changed: int


@dataclass(frozen=True)
class Rehearsal:
    """Of a follow-up as things stand or, once it has begun, as it was kept. One of long ago has none any more."""

    wave: Wave
    now: datetime
    has_begun: bool
    kept_at: datetime | None

    @classmethod
    def of(cls, wave: Wave) -> "Rehearsal":
        kept_at = wave.rehearsal.order_by("pk").values_list("made_at", flat=True).first()
        return cls(wave, database_now(), bool(kept_at) or wave.messages.exists(), kept_at)

    @property
    def people(self) -> QuerySet[Attendee]:
        """By name, with `rehearsed_kind` and `change`. Nobody where the follow-up ended before it began."""
        people = people_of(self.wave, self.now).select_related("area").order_by("name", "pk")
        if self.has_begun:
            return self.with_what_became(people)
        if self.wave.state in Wave.ENDED:
            people = people.filter(pk__in=[])
        due = is_due(self.wave)
        kind = Case(
            When(due & Q(has_committed=True), then=Value(Message.Kind.COMMITMENTS)),
            When(due, then=Value(Message.Kind.NO_COMMITMENT)),
            default=Value(""),
            output_field=CharField(),
        )
        return people.annotate(rehearsed_kind=kind, change=Value(""))

    def with_what_became(self, people: QuerySet[Attendee]) -> QuerySet[Attendee]:
        rows = RehearsalRow.objects.filter(wave=self.wave)
        mine = rows.filter(attendee=OuterRef("pk"))
        first = Message.objects.filter(wave=self.wave, attendee=OuterRef("pk"), step=Message.Step.ASK)
        elsewhere = first.exclude(recipient="").exclude(recipient=OuterRef("rehearsed_address"))
        change = Case(
            When(~Exists(mine), then=Value(ADDED)),
            When(Exists(first), rehearsed_kind="", then=Value(WRITTEN_TO)),
            When(
                ~Exists(first.exclude(state=Message.State.CANCELLED)) & ~Q(rehearsed_kind=""),
                then=Value(NOT_WRITTEN_TO),
            ),
            When(Exists(elsewhere) & ~Q(rehearsed_address=""), then=Value(OTHER_ADDRESS)),
            default=Value(""),
            output_field=CharField(),
        )
        return (
            people.annotate(
                rehearsed_kind=Coalesce(Subquery(mine.values("kind")[:1]), Value("")),
                rehearsed_address=Coalesce(Subquery(mine.values("address")[:1]), Value("")),
            )
            .annotate(change=change if self.kept_at else Value(""))
            .prefetch_related(Prefetch("rehearsed", rows), Prefetch("messages", self.wave.messages.order_by("step")))
        )

    def line(self, attendee: Attendee) -> Line:
        """Of one of `people`."""
        if not self.has_begun:
            return Line(attendee, row(self.wave, attendee, self.now))
        kept = next(iter(attendee.rehearsed.all()), None)
        return Line(attendee, kept, list(attendee.messages.all()), CHANGES[attendee.change])  # type: ignore[attr-defined]

    def counts(self) -> Counts:
        changed = ~Q(change="")
        return Counts(
            **self.people.order_by().aggregate(
                about_commitments=Count("pk", filter=Q(rehearsed_kind=Message.Kind.COMMITMENTS)),
                without_commitment=Count("pk", filter=Q(rehearsed_kind=Message.Kind.NO_COMMITMENT)),
                left_out=Count("pk", filter=Q(rehearsed_kind="") & ~Q(change=ADDED)),
                changed=Count("pk", filter=changed),
            )
        )
