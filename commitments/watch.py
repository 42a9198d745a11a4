"""What is wrong with sending, for the red notice on every staff page: paused, overdue, or nobody there to send."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, F, Min, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone

from commitments.models import Heartbeat, Sending, Wave
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
    if overdue := seen.get(OVERDUE):
        found.append(f"A follow-up was due on {day(overdue)} and has not begun.")
    for part, name in PARTS.items():
        last = seen.get(part)
        if last is None or now - last > SILENT_FOR:
            found.append(f"{f'Since {moment(last)}' if last else 'So far'}, {name}, has not been seen.")
    return found


def facts(now: datetime) -> dict[str, datetime]:
    """When each part was last seen, since when sending is paused, when the longest overdue wave was due."""
    latest = in_london(now - SILENT_FOR).date()
    overdue = Wave.objects.filter(state=Wave.State.PLANNED, due_on__lte=latest).order_by().values("state")
    rows = Heartbeat.objects.values_list("part", "at").union(
        Sending.objects.filter(paused_at__isnull=False)
        .annotate(fact=Value(PAUSED), at=F("paused_at"))
        .values_list("fact", "at"),
        overdue.annotate(fact=Value(OVERDUE), at=Cast(Min("due_on"), DateTimeField())).values_list("fact", "at"),
        all=True,
    )
    return dict(rows)


def notice(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """For the frame of the pages, which asks only where Senate staff look at it."""
    return {"what_is_wrong": lambda: what_is_wrong(timezone.now())}
