"""A follow-up that is due by the next forum of the series, and moves with it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from commitments import follow_ups
from commitments.commitments import agreement
from commitments.models import Message, Wave
from senate_portal.lib import working_days
from stp_feedback import forums
from stp_feedback.models import Forum, Series
from tests.commitments import cast
from tests.factories import make_forum
from tests.pages import words_of

pytestmark = pytest.mark.django_db
HELD_ON = date(2026, 9, 1)


@pytest.fixture
def series():
    return Series.objects.create(slug="care", title="Care sets")


@pytest.fixture
def first(series):
    return make_forum(slug="first", title="First", series=series, held_on=HELD_ON, follow_up_at_next=True)


def due_on(forum):
    return Forum.objects.get(pk=forum.pk).follow_up_due_on


@pytest.mark.parametrize(
    ("next_on", "due"),
    [
        (date(2026, 11, 5), date(2026, 11, 5)),
        (date(2026, 11, 8), date(2026, 11, 6)),  # a Sunday
        (date(2026, 12, 28), date(2026, 12, 24)),  # the day on which Boxing Day is made up for
        (date(2026, 9, 2), date(2026, 9, 2)),
    ],
)
def test_due_on_the_day_of_the_next_forum_or_the_working_day_before(first, series, next_on, due):
    make_forum(series=series, held_on=next_on)
    assert due_on(first) == due


def test_never_due_before_the_forum_itself(series):
    friday = make_forum(series=series, held_on=date(2026, 9, 4), follow_up_at_next=True)
    make_forum(series=series, held_on=date(2026, 9, 6))
    assert due_on(friday) == date(2026, 9, 7)


def test_only_the_next_published_forum_of_its_series_and_kind_with_a_day_counts(first, series):
    november = date(2026, 11, 5)
    make_forum(held_on=november)
    make_forum(series=series, held_on=november, is_published=False)
    make_forum(series=series, held_on=november, kind=Forum.Kind.WEBINAR)
    make_forum(series=series, held_on=date(2026, 11, 1), date_known="month")
    make_forum(series=series, held_on=date(2026, 6, 1))
    assert due_on(first) == date(2026, 12, 1)  # three months on
    make_forum(series=series, held_on=date(2027, 3, 4))
    make_forum(series=series, held_on=date(2027, 1, 14))
    assert due_on(first) == date(2027, 1, 14)


def test_pages_say_why_it_is_due_then_with_and_without_a_next_forum(client, first, series):
    fallback = (
        "3 months after the forum on Tuesday 1 September 2026, moved to a working day where needed; "
        "once the next forum of its series has a day, it is that one."
    )
    for address in ("/forums/first/", "/forums/first/report/"):
        assert fallback in words_of(client.get(address))
    assert "may write to me by email, by the next forum of the series and twice more" in agreement(first)
    make_forum(series=series, held_on=date(2026, 11, 8))
    for address in ("/forums/first/", "/forums/first/report/"):
        page = words_of(client.get(address))
        assert "asked on Friday 6 November 2026" in page
        assert "the day of the next forum of its series, Sunday 8 November 2026, or the working day before it." in page


def test_the_next_forum_moves_what_is_unsent_and_nothing_else(series):
    forum = cast.forum_due(series=series, follow_up_at_next=True)
    later = make_forum(series=series, held_on=working_days.on_or_before(cast.today()))
    sent, waiting = cast.people(forum, 2)
    follow_ups.prepare()
    Message.objects.filter(attendee=sent).update(state="accepted", settled_at=timezone.now())
    before = Message.objects.get(attendee=sent).not_before

    later.held_on = working_days.on_or_after(cast.today() + timedelta(days=60))
    later.save()
    follow_ups.prepare()

    wave = Wave.objects.get()
    assert (wave.due_on, wave.closes_on) == (later.held_on, later.held_on + timedelta(days=42))
    assert wave.due_why.startswith("the day of the next forum of its series")
    assert wave.reminder_due_on(1) == later.held_on + timedelta(days=14)
    assert Message.objects.get(attendee=waiting).not_before == working_days.start_of(later.held_on)
    assert Message.objects.get(attendee=sent).not_before == before


def test_a_next_forum_that_moves_far_into_the_past_holds_the_follow_up(series):
    forum = cast.forum_due(series=series, follow_up_at_next=True, weeks_ago=-3)
    later = make_forum(series=series, held_on=cast.today() + timedelta(days=30))
    cast.people(forum, 2)
    follow_ups.prepare()
    assert Wave.objects.get().state == "planned"
    later.held_on = cast.today() - timedelta(days=30)
    later.save()
    follow_ups.prepare()
    assert (Wave.objects.get().state, Message.objects.count()) == ("held", 0)


def test_one_that_is_gone_or_was_changed_in_bulk_is_caught_up_with(first, series):
    cast.people(first, 1)
    make_forum(series=series, held_on=date(2026, 11, 5))
    last = make_forum(series=series, held_on=date(2026, 11, 12))
    Forum.objects.filter(held_on=date(2026, 11, 5)).delete()
    follow_ups.prepare()
    assert due_on(first) == Wave.objects.get().due_on == date(2026, 11, 12)
    Forum.objects.filter(pk=last.pk).update(is_published=False)
    follow_ups.prepare()
    assert due_on(first) == Wave.objects.get().due_on == date(2026, 12, 1)


def test_a_copy_asks_by_the_next_forum_too_and_has_no_day(first):
    new = forums.copy(first)
    assert (new.follow_up_at_next, new.held_on, new.follow_up_due_on) == (True, None, None)


def test_database_refuses_a_next_forum_without_a_series():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_forum(follow_up_at_next=True)
