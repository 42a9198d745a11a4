"""Puts the person who acts into the history of what changes, where no request does it."""

from contextlib import AbstractContextManager, nullcontext

import pghistory

from senate_portal.accounts.models import User


def acting(by: User | None, *, why: str = "") -> AbstractContextManager[object]:
    reason = {"why": why} if why else {}
    return pghistory.context(user=by.pk, **reason) if by else nullcontext()
