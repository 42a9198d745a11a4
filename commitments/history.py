"""What happened to a person's row and to their commitments: who changed which field, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pghistory.models import Events

from commitments.models import Attendee, Commitment
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
    by: str
    fields: tuple[FieldChange, ...]


def of(attendee: Attendee) -> list[Change]:
    """Newest first. Two queries, however long the history."""
    events = list(Events.objects.references(attendee).order_by("pgh_created_at", "pgh_id"))
    users = User.objects.filter(pk__in={user_of(event) for event in events})
    names = {user.pk: user.name for user in users}
    before: dict[tuple[str, str], dict[str, Any]] = {}
    changes = []
    for event in events:
        row = (event.pgh_obj_model, event.pgh_obj_id)
        model = MODELS.get(event.pgh_obj_model)
        if model is None:
            continue
        fields = differences(model, before.get(row), event.pgh_data)
        before[row] = event.pgh_data
        if fields or event.pgh_label != "update":
            changes.append(
                Change(
                    at=event.pgh_created_at,
                    what=f"{title(model, event.pgh_data)} {LABELS[event.pgh_label]}",
                    by=names.get(user_of(event), "the portal or the person themselves"),
                    fields=fields,
                )
            )
    return changes[::-1]


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
