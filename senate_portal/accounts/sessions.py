"""How long a sign-in lasts: so long without a click, and at most so long altogether, by what the role may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from senate_portal.accounts.models import User

BEGAN, SEEN = "sign_in_began", "sign_in_seen"
NOTED_EVERY = timedelta(minutes=1)  # so that not every click writes to the database
WARNED_BEFORE = timedelta(minutes=2)


@dataclass(frozen=True)
class Limits:
    idle: timedelta
    altogether: timedelta

    @property
    def in_words(self) -> str:
        minutes, hours = (self.idle.seconds // 60, self.altogether.seconds // 3600)
        idle = f"{minutes} minutes" if minutes < 60 else "an hour" if minutes == 60 else f"{minutes // 60} hours"
        return f"{idle} without a click, and after {hours} hours at the latest"


LIMITS = {
    User.Role.LEAD: Limits(idle=timedelta(hours=4), altogether=timedelta(hours=12)),
    User.Role.STAFF: Limits(idle=timedelta(hours=1), altogether=timedelta(hours=12)),
    User.Role.ADMIN: Limits(idle=timedelta(minutes=30), altogether=timedelta(hours=8)),
}


def limits_of(user: User) -> Limits:
    return LIMITS[User.Role(user.role)]


def has_ended(session: SessionBase, user: User, now: datetime) -> bool:
    """Also for a sign-in of before there were limits, which begins now."""
    limits, at = limits_of(user), now.timestamp()
    began, seen = float(session.get(BEGAN, at)), float(session.get(SEEN, at))
    return at - seen > limits.idle.total_seconds() or at - began > limits.altogether.total_seconds()


def begin(request: HttpRequest, **kwargs: Any) -> None:
    """Somebody signs in."""
    note(request.session, timezone.now())


def note(session: SessionBase, now: datetime) -> None:
    """Somebody is there."""
    at = int(now.timestamp())
    session.setdefault(BEGAN, at)
    if at - session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        session[SEEN] = at


def seconds_until_warning(user: User) -> int:
    return int((limits_of(user).idle - WARNED_BEFORE).total_seconds())


def warning(request: HttpRequest) -> dict[str, Any]:
    """For the frame of every page."""
    return {"seconds_until_warning": seconds_until_warning}
