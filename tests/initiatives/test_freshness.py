from datetime import date

import pytest

from initiatives import freshness
from initiatives.models import Initiative
from tests.factories import make_initiative


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 26), "fresh"),
        (date(2027, 1, 25), "fresh"),
        (date(2027, 1, 26), "due"),
        (date(2027, 4, 25), "due"),
        (date(2027, 4, 26), "overdue"),
    ],
)
def test_an_entry_is_fresh_for_a_year_and_due_for_three_months(today, state):
    assert freshness.of(date(2026, 1, 26), today) == state


def test_the_review_after_a_leap_day_falls_on_the_last_of_february():
    assert freshness.review_by(date(2024, 2, 29)) == date(2025, 2, 28)


def test_what_nobody_checked_is_overdue_and_has_no_day():
    assert freshness.of(None, date(2026, 1, 26)) == "overdue"
    assert freshness.review_by(None) is None


@pytest.mark.django_db
def test_an_entry_knows_its_freshness(time_machine):
    time_machine.move_to("2027-01-25 23:30+00:00", tick=False)
    entry = make_initiative(verified_on=date(2026, 1, 26), verified_by="Sam Sample")

    assert (entry.freshness, entry.review_by) == ("fresh", date(2027, 1, 26))
    time_machine.move_to("2027-01-26 00:30+00:00", tick=False)
    assert entry.freshness == "due"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("checked", "today", "is_due"),
    [
        (date(2026, 1, 26), date(2027, 1, 25), False),
        (date(2026, 1, 26), date(2027, 1, 26), True),
        (date(2026, 1, 26), date(2028, 1, 1), True),
        (date(2024, 2, 28), date(2025, 2, 27), False),
        (date(2024, 2, 28), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 2, 27), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 3, 1), date(2025, 2, 28), False),
        (date(2023, 2, 28), date(2024, 2, 28), True),
        (date(2023, 3, 1), date(2024, 2, 29), False),
    ],
)
def test_what_is_to_be_checked_is_what_is_not_fresh(checked, today, is_due):
    entry = make_initiative(verified_on=checked, verified_by="Sam Sample")
    never = make_initiative()
    make_initiative(publication=Initiative.Publication.DRAFT)

    assert (freshness.of(checked, today) != "fresh") == is_due
    assert set(Initiative.objects.due_to_be_checked(today)) == ({entry, never} if is_due else {never})
