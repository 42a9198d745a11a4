"""How fresh an entry is: one rule for list, page and file.

An entry is to be looked at again a year after it was last checked. It is fresh until that day, due for three months
from it, and overdue after that or when nobody has checked it yet.
"""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from django.db.models import TextChoices

REVIEW_AFTER = relativedelta(years=1)
DUE_FOR = relativedelta(months=3)


class Freshness(TextChoices):
    FRESH = "fresh", "Recently checked"
    DUE = "due", "Due to be checked"
    OVERDUE = "overdue", "Overdue to be checked"


@lru_cache(maxsize=5000)
def review_by(verified_on: date | None) -> date | None:
    """The day on which the entry is to be looked at again."""
    return verified_on + REVIEW_AFTER if verified_on else None


def last_check_due(today: date) -> date:
    """The latest day of a check after which an entry is to be looked at again by today.

    A year back from 28 February is not enough: what was checked on the 29th is to be looked at on the 28th too.
    """
    day = today - REVIEW_AFTER
    after = day + timedelta(days=1)
    return after if after + REVIEW_AFTER <= today else day


@lru_cache(maxsize=5000)
def of(verified_on: date | None, today: date) -> Freshness:
    day = review_by(verified_on)
    if day is None or today >= day + DUE_FOR:
        return Freshness.OVERDUE
    return Freshness.FRESH if today < day else Freshness.DUE
