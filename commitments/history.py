"""A person's timeline: what was sent to them, what they answered, who asked them, and who changed which field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from pghistory.models import Events

from commitments.models import Answer, Attendee, Commitment
from senate_portal.accounts.models import User

LABELS = {"insert": "added", "update": "changed", "delete": "deleted"}
MODELS = {model._meta.label: model for model in (Attendee, Commitment)}
UNINTERESTING = {"id", "forum_id", "attendee_id", "created_at"}


@dataclass(frozen=True)
class FieldChange:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: datetime
    what: str
    by: str = ""
    fields: tuple[FieldChange, ...] = ()
    note: str = ""


def prefetched() -> QuerySet[Attendee]:
    """People with what their timeline reads."""
    answers = Answer.objects.prefetch_related("helped", "hindered").select_related("by", "took_up", "held_text")
    return Attendee.objects.select_related("forum", "area").prefetch_related(
        "commitments__key_themes",
        "commitments__co_owners__attendee",
        "co_owned__commitment__attendee",
        Prefetch("commitments__answers", answers),
        "messages",
        "chases__by",
        "remarks__held_text",
        "given__colleague",
        "offered__giver",
        "consents",
    )


def of(attendee: Attendee) -> list[Change]:
    """Everything, newest first. Reads what was prefetched of the person."""
    parts = [changes, sent, answers, chases, remarks, hand_overs, consents]
    everything = [change for part in parts for change in part(attendee)]
    return sorted(everything, key=lambda change: change.at, reverse=True)


def sent(attendee: Attendee) -> Iterator[Change]:
    for message in attendee.messages.all():
        if message.settled_at:
            yield Change(
                at=message.settled_at,
                what=f"{message.get_step_display()}: {message.get_state_display()}",
                note=message.reason,
            )


def answers(attendee: Attendee) -> Iterator[Change]:
    for commitment in attendee.commitments.all():
        for answer in commitment.answers.all():
            sharing = answer.via == Answer.Via.CO_OWNER
            by = answer.by.name if answer.by else "somebody who shares it" if sharing else "themselves"
            what = f"Answer to commitment {commitment.position}: {answer.get_outcome_display()}"
            yield Change(at=answer.answered_at, what=what, by=by)


def chases(attendee: Attendee) -> Iterator[Change]:
    for chase in attendee.chases.all():
        by = chase.by.name if chase.by else ""
        yield Change(at=chase.chased_at, what=f"Asked: {chase.get_channel_display()}", by=by, note=chase.note)


def remarks(attendee: Attendee) -> Iterator[Change]:
    for remark in attendee.remarks.all():
        is_held = hasattr(remark, "held_text") and not remark.held_text.decision
        yield Change(at=remark.made_at, what="Told us besides", note="Held for staff." if is_held else remark.text)


def hand_overs(attendee: Attendee) -> Iterator[Change]:
    """Who held a commitment when: what this person gave away, and what they were offered."""
    for one in attendee.given.all():
        yield Change(at=one.offered_at, what=f"Named {one.colleague} for a commitment of theirs")
        if one.decided_at:
            yield Change(at=one.decided_at, what=f"Hand-over to {one.colleague}: {one.get_state_display().lower()}")
    for one in attendee.offered.all():
        yield Change(at=one.offered_at, what=f"Was named by {one.giver} for a commitment")
        if one.decided_at:
            yield Change(at=one.decided_at, what=f"Hand-over from {one.giver}: {one.get_state_display().lower()}")


def consents(attendee: Attendee) -> Iterator[Change]:
    for consent in attendee.consents.all():
        yield Change(at=consent.given_at, what="Allowed a use of their words", note=consent.wording)
        if consent.withdrawn_at:
            yield Change(at=consent.withdrawn_at, what="Allows it no more", note=consent.wording)


def changes(attendee: Attendee) -> list[Change]:
    """From the history that triggers keep, oldest first. Two queries, however long it is."""
    events = list(Events.objects.references(attendee).order_by("pgh_created_at", "pgh_id"))
    users = User.objects.filter(pk__in={user_of(event) for event in events})
    names = {user.pk: user.name for user in users}
    before: dict[tuple[str, str], dict[str, Any]] = {}
    found = []
    for event in events:
        row = (event.pgh_obj_model, event.pgh_obj_id)
        model = MODELS.get(event.pgh_obj_model)
        if model is None:
            continue
        fields = differences(model, before.get(row), event.pgh_data)
        before[row] = event.pgh_data
        if fields or event.pgh_label != "update":
            found.append(
                Change(
                    at=event.pgh_created_at,
                    what=f"{title(model, event.pgh_data)} {LABELS[event.pgh_label]}",
                    by=names.get(user_of(event), "the portal or the person themselves"),
                    fields=fields,
                )
            )
    return found


def user_of(event: Events) -> int:
    """The id of the user who acted; 0, which no user has, where nobody was signed in."""
    return int((event.pgh_context or {}).get("user") or 0)


def title(model: type[Attendee] | type[Commitment], data: dict[str, Any]) -> str:
    return f"Commitment {data['position']}" if model is Commitment else "Attendee"


def differences(
    model: type[Attendee] | type[Commitment], before: dict[str, Any] | None, after: dict[str, Any]
) -> tuple[FieldChange, ...]:
    """Nothing for a row's first event: what it held then stands on the page or in the changes after it."""
    if before is None:
        return ()
    labels = {field.attname: str(field.verbose_name) for field in model._meta.concrete_fields}
    return tuple(
        FieldChange(labels.get(name, name), shown(before.get(name)), shown(value))
        for name, value in after.items()
        if name not in UNINTERESTING and before.get(name) != value
    )


def shown(value: Any) -> str:
    if value is True or value is False:
        return "yes" if value else "no"
    return "nothing" if value in (None, "") else str(value)
