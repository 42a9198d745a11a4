from datetime import date

import pytest

from senate_portal.lib.vague_dates import Known, read, words


@pytest.mark.parametrize(
    ("typed", "value", "known"),
    [
        ("26 January 2017", date(2017, 1, 26), Known.DAY),
        ("Thursday, 26 January 2017", date(2017, 1, 26), Known.DAY),
        ("26 1 2017", date(2017, 1, 26), Known.DAY),
        ("26/01/2017", date(2017, 1, 26), Known.DAY),
        ("2017-01-26", date(2017, 1, 26), Known.DAY),
        (" dec  2017 ", date(2017, 12, 1), Known.MONTH),
        ("December 2017", date(2017, 12, 1), Known.MONTH),
        ("12/2017", date(2017, 12, 1), Known.MONTH),
        ("TBD", None, Known.NOT_YET),
        ("", None, Known.NOT_YET),
    ],
)
def test_read_takes_days_months_and_nothing(typed, value, known):
    assert read(typed) == (value, known)


@pytest.mark.parametrize("typed", ["31 2 2017", "soon", "2017", "13/2017", "\x00", "26 January 20177"])
def test_read_refuses_what_is_no_date(typed):
    with pytest.raises(ValueError, match="is no date"):
        read(typed)


def test_words_say_no_more_than_is_known():
    assert words(date(2017, 1, 26), Known.DAY) == "Thursday 26 January 2017"
    assert words(date(2017, 12, 1), Known.MONTH) == "December 2017"
    assert words(None, Known.NOT_YET) == "Date to be confirmed"
