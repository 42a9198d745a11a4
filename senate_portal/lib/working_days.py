"""Working days of London: Monday to Friday, less the bank holidays of England."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def on_or_after(day: date) -> date:
    """The day itself when it is a working day, or else the next one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def on_or_before(day: date) -> date:
    """The day itself when it is a working day, or else the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def after(day: date) -> date:
    """The next working day."""
    return on_or_after(day + timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """So many calendar months on, at the month's end where the day does not exist, then the next working day.

    30 November 2025 and three months: 28 February 2026, a Saturday, so Monday 2 March 2026.
    """
    return on_or_after(day + relativedelta(months=months))


def in_london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def start_of(day: date) -> datetime:
    """Midnight in London."""
    return datetime.combine(day, time.min, LONDON)


def within_hours(moment: datetime, hours: tuple[time, time] | None) -> bool:
    """Whether a moment falls on a working day between two London times; at any time when there are no hours."""
    if hours is None:
        return True
    local = in_london(moment)
    return is_working_day(local.date()) and hours[0] <= local.time() < hours[1]
