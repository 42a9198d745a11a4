from datetime import UTC, date, datetime

from senate_portal.lib.templates import count, day, environment, moment


def test_day_is_written_in_full():
    assert day(date(2017, 1, 26)) == "Thursday 26 January 2017"
    assert day(None) == ""


def test_moment_is_london_time_with_am_and_pm():
    assert moment(datetime(2026, 7, 1, 8, 2, tzinfo=UTC)) == "Wednesday 1 July 2026, 9:02am"
    assert moment(datetime(2026, 12, 1, 13, 0, tzinfo=UTC)) == "Tuesday 1 December 2026, 1:00pm"


def test_count_says_one_and_many():
    assert [count(1, "person", "people"), count(1200, "person", "people"), count(0, "row")] == [
        "1 person",
        "1,200 people",
        "0 rows",
    ]


def test_dictionary_in_a_page_gives_what_it_holds_before_what_it_can_do():
    page = environment().from_string("{{ row.items }} {{ row.keys() | length }} {{ row.missing }}")
    assert page.render(row={"items": "three"}) == "three 1 "
