"""Every day from 2016 to 2040 on which a forum may be held, by a calculation that shares nothing with the portal's."""

from calendar import MONDAY, SATURDAY, SUNDAY, monthrange
from datetime import UTC, date, datetime, time, timedelta

from senate_portal.lib import working_days
from stp_feedback.models import Forum

FIRST, LAST = date(2016, 1, 1), date(2040, 12, 31)
HOURS = (time(9), time(16))
# What was moved or added in these years: days of victory, jubilees, a funeral and a coronation.
MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
ADDED = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}


def every_day():
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def easter_sunday(year):
    """The anonymous Gregorian algorithm."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), (i, k) = divmod(b, 4), divmod(c, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def first_monday(year, month):
    return next(day for day in (date(year, month, number) for number in range(1, 8)) if day.weekday() == MONDAY)


def last(weekday, year, month):
    end = date(year, month, monthrange(year, month)[1])
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def bank_holidays(year):
    easter = easter_sunday(year)
    may, spring = first_monday(year, 5), last(MONDAY, year, 5)
    found = {easter - timedelta(days=2), easter + timedelta(days=1), MOVED.get(may, may), MOVED.get(spring, spring)}
    found |= {last(MONDAY, year, 8)} | {day for day in ADDED if day.year == year}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):  # on a weekend: the next day that is free
        while fixed.weekday() >= SATURDAY or fixed in found:
            fixed += timedelta(days=1)
        found.add(fixed)
    return found


CLOSED = set().union(*(bank_holidays(year) for year in range(FIRST.year, LAST.year + 2)))


def is_working_day(day):
    return day.weekday() < SATURDAY and day not in CLOSED


def three_months_later(day):
    months = day.year * 12 + day.month - 1 + 3
    year, month = months // 12, months % 12 + 1
    due = date(year, month, min(day.day, monthrange(year, month)[1]))
    while not is_working_day(due):
        due += timedelta(days=1)
    return due


def utc(day, hour):
    """So many hours after midnight by London's clocks, which are one hour ahead from March to October."""
    summer = last(SUNDAY, day.year, 3) <= day < last(SUNDAY, day.year, 10)
    return datetime.combine(day, time(hour - summer), UTC)


def test_due_date_of_a_forum_on_any_day():
    wrong = [day for day in every_day() if Forum(held_on=day).promised_follow_up_on != three_months_later(day)]
    assert wrong == []


def test_hours_of_any_day():
    """Shut on weekends and bank holidays; else open from the first instant of nine o'clock to the last before four."""
    instant = timedelta(microseconds=1)
    wrong = []
    for day in every_day():
        opens, shuts = utc(day, 9), utc(day, 16)
        found = [working_days.within_hours(at, HOURS) for at in (opens - instant, opens, shuts - instant, shuts)]
        if found != [False, is_working_day(day), is_working_day(day), False]:
            wrong.append(day)
    assert wrong == []
