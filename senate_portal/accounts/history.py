"""Puts the person who acts into the history of what changes, where no request does it."""

from contextlib import AbstractContextManager, nullcontext

import pghistory

from senate_portal.accounts.models import User


def acting(by: User | None) -> AbstractContextManager[object]:
    return pghistory.context(user=by.pk) if by else nullcontext()
