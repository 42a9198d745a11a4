"""Dates as well as they are known: to the day, to the month, or not yet."""

from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.formats import date_format

DAY_FORMATS = ("%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
MONTH_FORMATS = ("%B %Y", "%b %Y", "%m %Y", "%m/%Y", "%Y-%m")
NOT_YET = {"", "tbd", "tbc", "to be confirmed", "to be decided", "not yet known"}


class Known(TextChoices):
    DAY = "day", "To the day"
    MONTH = "month", "To the month"
    NOT_YET = "not-yet", "Not yet"


def read(typed: str) -> tuple[date | None, Known]:
    """What somebody typed. A month is kept as its first day. ValueError for what is no date."""
    text = " ".join(typed.replace(",", " ").split())
    if text.lower() in NOT_YET:
        return None, Known.NOT_YET
    for known, formats in ((Known.DAY, DAY_FORMATS), (Known.MONTH, MONTH_FORMATS)):
        for one in formats:
            try:
                return datetime.strptime(text, one).date(), known  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    raise ValueError(f"{typed!r} is no date")


def words(value: date | None, known: str) -> str:
    """Thursday 26 January 2017, December 2017, or that the date is not known yet."""
    if value is None:
        return "Date to be confirmed"
    return date_format(value, "F Y" if known == Known.MONTH else "DATE_FORMAT")
