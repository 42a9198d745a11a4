"""What is wrong with sending, for the red notice on every staff page and for a monitor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, DateTimeField, F, Min, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone

from commitments.models import Heartbeat, Message, Sending, Wave
from senate_portal.lib.templates import count, day, moment
from senate_portal.lib.working_days import in_london

SILENT_FOR = timedelta(hours=1)

PAUSED, OVERDUE = "paused", "overdue"
PARTS = {
    Heartbeat.Part.WORKER: "the worker, which sends emails",
    Heartbeat.Part.BEAT: "beat, which wakes the worker",
}


def what_is_wrong(now: datetime) -> list[str]:
    """One sentence for each trouble; nothing when all is well. One query."""
    seen = facts(now)
    found = []
    if settings.SENDING_PAUSED or PAUSED in seen:
        found.append("All sending is paused.")
    if not settings.LIVE:
        listed = count(len(settings.TRIAL_ADDRESSES), "listed address", "listed addresses")
        found.append(f"This site is on trial: emails leave for {listed} only.")
    if due_on := seen.get(OVERDUE):
        found.append(f"A follow-up was due on {day(due_on)} and has not begun.")
    for part, name in PARTS.items():
        last = seen.get(part)
        if last is None or now - last > SILENT_FOR:
            found.append(f"{f'Since {moment(last)}' if last else 'So far'}, {name}, has not been seen.")
    return found


@dataclass(frozen=True)
class Figures:
    """What a monitor is told: how many emails are in each state, and when each part was last seen."""

    messages: dict[str, int]
    overdue_waves: int
    is_paused: bool
    seen: dict[str, datetime]


def figures(now: datetime) -> Figures:
    found = facts(now)
    counted = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    return Figures(
        messages={state: counted.get(state, 0) for state in Message.State.values},
        overdue_waves=overdue(now).count(),
        is_paused=settings.SENDING_PAUSED or PAUSED in found,
        seen={part: found[part] for part in Heartbeat.Part.values if part in found},
    )


def overdue(now: datetime) -> QuerySet[Wave]:
    """Follow-ups that should have begun by now, and an hour has passed."""
    latest = in_london(now - SILENT_FOR).date()
    return Wave.objects.filter(state=Wave.State.PLANNED, due_on__lte=latest)


def facts(now: datetime) -> dict[str, datetime]:
    """When each part was last seen, since when sending is paused, when the longest overdue wave was due."""
    late = overdue(now).order_by().values("state")
    rows = Heartbeat.objects.values_list("part", "at").union(
        Sending.objects.filter(paused_at__isnull=False)
        .annotate(fact=Value(PAUSED), at=F("paused_at"))
        .values_list("fact", "at"),
        late.annotate(fact=Value(OVERDUE), at=Cast(Min("due_on"), DateTimeField())).values_list("fact", "at"),
        all=True,
    )
    return dict(rows)


def notice(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """For the frame of the pages, which asks only where Senate staff look at it."""
    return {"what_is_wrong": lambda: what_is_wrong(timezone.now())}
