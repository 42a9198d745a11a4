"""When whom is written to: the promises, with the awkward days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from commitments import follow_ups, outbox
from commitments.models import Attendee, Message, Objection, Wave
from senate_portal.lib import working_days
from stp_feedback.models import Forum
from tests.commitments import cast

pytestmark = pytest.mark.django_db


def due_in(forum, days):
    """The forum's wave, planned, with its due date moved to so many days from today."""
    wave = follow_ups.plan(forum, by=None)
    Wave.objects.filter(pk=wave.pk).update(
        due_on=cast.today() + timedelta(days=days),
        closes_on=cast.today() + timedelta(days=days + 42),
        follows_forum=False,
    )
    wave.refresh_from_db()
    return wave


def queued(step=Message.Step.ASK):
    return set(Message.objects.filter(step=step).values_list("attendee", flat=True))


def dates(due_on):
    return follow_ups.Dates(due_on=due_on, closes_on=due_on + timedelta(days=42), reminder_offsets=(14, 28))


def test_plan_promises_a_working_day_three_months_on_and_says_why():
    forum = Forum.objects.create(slug="f", title="Forum", held_on=date(2025, 11, 30))
    cast.person(forum, "Ring the falls team")

    wave = follow_ups.plan(forum, by=cast.staff())

    assert wave.due_on == date(2026, 3, 2)
    assert wave.due_why == "3 months after the forum on Sunday 30 November 2025, moved to a working day where needed"
    assert wave.closes_on == date(2026, 4, 13)
    assert wave.reminder_offsets == [14, 28]
    assert follow_ups.plan(forum, by=None) == wave


@pytest.mark.parametrize(
    ("held_on", "due_on"),
    [
        # Month ends: the day that does not exist is the last one that does; 28 February 2026 is a Saturday.
        (date(2025, 11, 28), date(2026, 3, 2)),
        (date(2025, 11, 29), date(2026, 3, 2)),
        (date(2025, 11, 30), date(2026, 3, 2)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        # Weekends and bank holidays: moved forward.
        (date(2026, 1, 3), date(2026, 4, 7)),  # Good Friday
        (date(2026, 9, 25), date(2026, 12, 29)),  # Christmas Day; Boxing Day is made up for on Monday
        (date(2026, 5, 31), date(2026, 9, 1)),  # Summer bank holiday
        (date(2026, 10, 1), date(2027, 1, 4)),  # New Year's Day
        (date(2017, 1, 26), date(2017, 4, 26)),
    ],
)
def test_due_date_is_clamped_at_month_end_and_moved_to_a_working_day(held_on, due_on):
    assert working_days.months_later(held_on, 3) == due_on


@pytest.mark.parametrize(
    ("day", "open_at", "shut_at"),
    [
        (date(2026, 3, 27), "09:00", "09:00"),  # the Friday before the clocks go forward: winter time
        (date(2026, 3, 30), "08:00", "08:00"),  # the Monday after
        (date(2026, 10, 23), "08:00", "08:00"),
        (date(2026, 10, 26), "09:00", "09:00"),
    ],
)
def test_hours_are_those_of_london_on_both_sides_of_the_change_of_clocks(day, open_at, shut_at):
    from datetime import time

    hours = (time(9), time(16))
    first = datetime.combine(day, time.fromisoformat(open_at), ZoneInfo("UTC"))
    last = first + timedelta(hours=7)
    assert not working_days.within_hours(first - timedelta(seconds=1), hours)
    assert working_days.within_hours(first, hours)
    assert working_days.within_hours(last - timedelta(seconds=1), hours)
    assert not working_days.within_hours(last, hours)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 12, 25), date(2026, 4, 3), date(2026, 11, 28)])
def test_hours_are_shut_on_weekends_and_bank_holidays(day):
    noon = working_days.start_of(day) + timedelta(hours=12)
    assert not working_days.within_hours(noon, (datetime.min.time(), datetime.max.time()))
    assert working_days.within_hours(noon, None)


def test_forum_with_totals_only_is_never_planned():
    forum = cast.forum_due(attendees=100, committers=45, commitments=92)
    with pytest.raises(follow_ups.CannotFollowUpError, match="no attendees on record"):
        follow_ups.plan(forum, by=cast.staff())
    follow_ups.prepare()
    assert not Wave.objects.exists()
    assert not Message.objects.exists()


def test_everybody_who_made_a_commitment_and_agreed_is_queued_once():
    forum = cast.forum_due()
    asked = [cast.person(forum, "One", "Two"), cast.person(forum, "One")]
    cast.person(forum)
    cast.person(forum, "One", agreed_at=None, agreed_wording="")
    cast.person(forum, "One", came=False)
    cast.person(forum, "One", email="")
    cast.person(forum, "One", objected_at=timezone.now())
    cast.person(forum, "One", address_failed_at=timezone.now())
    cast.person(forum, "One").commitments.update(withdrawn_at=timezone.now())
    cast.person(cast.forum_due(weeks_ago=-2), "Another forum, not due")

    follow_ups.prepare()
    follow_ups.prepare()

    assert queued() == {person.pk for person in asked}
    assert Message.objects.count() == 2
    assert forum.wave.state == Wave.State.OPEN


def test_rule_in_words_agrees_with_the_rule_in_the_database():
    forum = cast.forum_due()
    now = timezone.now()
    reachable = cast.person(forum)
    others = [
        cast.person(forum, agreed_at=None, agreed_wording=""),
        cast.person(forum, came=False),
        cast.person(forum, email=""),
        cast.person(forum, objected_at=now),
        cast.person(forum, address_failed_at=now),
        cast.person(forum, name="", email="", erased_at=now),
    ]
    assert list(Attendee.objects.reachable()) == [reachable]
    assert reachable.unreachable_because == ""
    assert all(person.unreachable_because for person in others)


def test_people_without_a_commitment_are_asked_only_where_the_wave_says_so():
    forum = cast.forum_due()
    committed, without = cast.person(forum, "One"), cast.person(forum)
    wave = follow_ups.plan(forum, by=None)
    Wave.objects.filter(pk=wave.pk).update(asks_those_without=True)
    follow_ups.prepare()
    assert dict(Message.objects.values_list("attendee", "kind")) == {
        committed.pk: "commitments",
        without.pk: "no-commitment",
    }


@pytest.mark.parametrize(("days", "state"), [(1, "planned"), (0, "open"), (-3, "open"), (-14, "open"), (-15, "held")])
def test_wave_opens_when_due_and_is_held_when_long_overdue(days, state):
    forum = cast.forum_due()
    cast.person(forum, "One")
    wave = due_in(forum, days)
    follow_ups.prepare()
    wave.refresh_from_db()
    assert wave.state == state
    assert Message.objects.exists() == (state == "open")


def test_three_nights_without_a_sweep_are_caught_up_once(mailoutbox, any_hour):
    forum = cast.forum_due()
    cast.people(forum, 3)
    due_in(forum, -3)
    for _ in range(3):
        follow_ups.prepare()
        outbox.send_due()
    assert len(mailoutbox) == 3


def test_forum_of_years_ago_waits_for_staff_and_then_goes(mailoutbox, any_hour):
    staff = cast.staff()
    forum = Forum.objects.create(slug="old", title="Old forum", held_on=date(2017, 1, 26))
    cast.people(forum, 3)
    for _ in range(3):
        follow_ups.prepare()
        outbox.send_due()
    wave = Wave.objects.get()
    assert (wave.state, mailoutbox) == ("held", [])
    assert wave.state_why == ("It is more than 14 days overdue. Check who would be written to before you release it.")

    follow_ups.release(wave, by=staff)
    follow_ups.prepare()
    assert outbox.send_due() == 3
    wave.refresh_from_db()
    assert (wave.state, wave.released_by) == ("open", staff)
    # What the promise said stays; reminders and closing count from the release.
    assert wave.due_on == date(2017, 4, 26)
    assert wave.reminder_due_on(1) == cast.today() + timedelta(days=14)
    assert wave.closes_on == cast.today() + timedelta(days=42)


def test_worker_back_after_three_weeks_sends_nothing_of_an_open_wave_unasked(mailoutbox, any_hour):
    forum = cast.forum_due()
    cast.people(forum, 2)
    follow_ups.prepare()
    Message.objects.update(not_before=timezone.now() - timedelta(days=21))
    follow_ups.prepare()
    assert outbox.send_due() == 0
    assert Wave.objects.get().state == "held"
    follow_ups.release(Wave.objects.get(), by=cast.staff())
    follow_ups.prepare()
    assert outbox.send_due() == 2


def test_release_three_weeks_ago_does_not_count_for_ever(mailoutbox, any_hour):
    forum = cast.forum_due()
    cast.people(forum, 2)
    follow_ups.prepare()
    long_ago = timezone.now() - timedelta(days=21)
    Message.objects.update(not_before=long_ago)
    Wave.objects.update(released_at=long_ago)
    follow_ups.prepare()
    assert Wave.objects.get().state == "held"


def sent_days_ago(wave, days):
    Message.objects.filter(wave=wave).update(
        state="accepted",
        recipient="somebody@example.org",
        settled_at=timezone.now() - timedelta(days=days),
        not_before=timezone.now() - timedelta(days=days),
    )


def open_since(days):
    """A forum of three people whose first emails were accepted so many days ago."""
    forum = cast.forum_due()
    people = cast.people(forum, 3)
    wave = due_in(forum, -min(days, 14))
    follow_ups.prepare()
    sent_days_ago(wave, days)
    Wave.objects.filter(pk=wave.pk).update(
        due_on=cast.today() - timedelta(days=days), closes_on=cast.today() + timedelta(days=42 - days)
    )
    wave.refresh_from_db()
    return wave, people


@pytest.mark.parametrize(("days", "reminded"), [(13, 0), (14, 2), (20, 2)])
def test_reminder_goes_after_fourteen_days_to_those_who_have_not_answered(days, reminded):
    _, (answered, *_) = open_since(days)
    cast.answer(answered)
    follow_ups.prepare()
    follow_ups.prepare()
    assert Message.objects.filter(step=1).count() == reminded
    assert answered.pk not in queued(1)


def test_reminder_keeps_seven_days_from_the_email_before():
    open_since(14)
    Message.objects.update(settled_at=timezone.now() - timedelta(days=6))
    follow_ups.prepare()
    assert not Message.objects.filter(step=1).exists()
    Message.objects.update(settled_at=timezone.now() - timedelta(days=7))
    follow_ups.prepare()
    assert Message.objects.filter(step=1).count() == 3


def test_second_reminder_is_the_last_and_follows_the_first():
    open_since(28)
    follow_ups.prepare()
    assert Message.objects.filter(step=1).count() == 3
    assert not Message.objects.filter(step=2).exists()
    Message.objects.filter(step=1).update(
        state="accepted", recipient="somebody@example.org", settled_at=timezone.now() - timedelta(days=7)
    )
    follow_ups.prepare()
    assert Message.objects.filter(step=2).count() == 3
    Message.objects.filter(step=2).update(
        state="accepted", recipient="somebody@example.org", settled_at=timezone.now() - timedelta(days=7)
    )
    follow_ups.prepare()
    assert Message.objects.count() == 9


def test_reminder_is_not_for_those_whose_email_did_not_arrive():
    _, people = open_since(14)
    Message.objects.filter(attendee=people[0]).update(state="failed")
    Message.objects.filter(attendee=people[1]).update(state="unknown")
    follow_ups.prepare()
    assert queued(1) == {people[2].pk}


def test_wave_closes_after_its_last_day_and_unsent_messages_with_it():
    open_since(20)
    follow_ups.prepare()
    assert Message.objects.filter(step=1, state="queued").count() == 3
    Wave.objects.update(closes_on=cast.today())
    follow_ups.prepare()
    assert Wave.objects.get().state == "open"
    Wave.objects.update(closes_on=cast.today() - timedelta(days=1))
    follow_ups.prepare()
    assert Wave.objects.get().state == "closed"
    assert set(Message.objects.filter(step=1).values_list("state", "reason")) == {
        ("cancelled", "The follow-up has ended.")
    }
    assert Message.objects.filter(step=0, state="accepted").count() == 3


def test_wave_whose_first_emails_never_left_is_held_rather_than_closed():
    forum = cast.forum_due()
    cast.people(forum, 2)
    follow_ups.prepare()
    Message.objects.update(not_before=timezone.now() - timedelta(days=50))
    Wave.objects.update(
        follows_forum=False,
        due_on=cast.today() - timedelta(days=50),
        closes_on=cast.today() - timedelta(days=8),
    )
    follow_ups.prepare()
    assert Wave.objects.get().state == "held"
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


def test_hold_keeps_everything_and_release_lets_it_go(mailoutbox, any_hour):
    staff = cast.staff()
    forum = cast.forum_due()
    cast.people(forum, 2)
    follow_ups.prepare()
    follow_ups.hold(forum.wave, why="The list is being checked", by=staff)
    follow_ups.prepare()
    assert outbox.send_due() == 0
    wave = Wave.objects.get()
    assert (wave.state, wave.state_why) == ("held", "The list is being checked")
    follow_ups.release(wave, by=staff)
    assert outbox.send_due() == 2


def test_wave_held_before_its_day_is_planned_again_by_its_release():
    staff = cast.staff()
    forum = cast.forum_due()
    cast.people(forum, 1)
    wave = due_in(forum, 5)
    follow_ups.hold(wave, why="Not yet sure", by=staff)
    follow_ups.release(wave, by=staff)
    wave.refresh_from_db()
    assert (wave.state, wave.released_at) == ("planned", None)


def test_stop_is_for_good():
    staff = cast.staff()
    forum = cast.forum_due()
    cast.people(forum, 2)
    follow_ups.prepare()
    follow_ups.stop(forum.wave, why="Sent by hand", by=staff)
    follow_ups.prepare()
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    for act in (
        lambda: follow_ups.release(forum.wave, by=staff),
        lambda: follow_ups.hold(forum.wave, why="x", by=staff),
        lambda: follow_ups.reschedule(forum.wave, dates=dates(cast.today()), why="x", by=staff),
    ):
        with pytest.raises(follow_ups.CannotFollowUpError):
            act()


def test_corrected_forum_date_moves_what_is_unsent_and_nothing_else():
    forum = cast.forum_due(weeks_ago=1)
    people = cast.people(forum, 2)
    follow_ups.prepare()
    sent = Message.objects.get(attendee=people[0])
    Message.objects.filter(pk=sent.pk).update(state="accepted", recipient=people[0].email, settled_at=timezone.now())
    sent.refresh_from_db()
    forum.held_on += timedelta(days=60)
    forum.save()
    follow_ups.prepare()
    wave = Wave.objects.get()
    assert wave.due_on == forum.follow_up_due_on > cast.today()
    assert wave.closes_on == wave.due_on + timedelta(days=42)
    waiting = Message.objects.get(attendee=people[1])
    assert waiting.not_before == working_days.start_of(wave.due_on)
    assert Message.objects.get(pk=sent.pk).not_before == sent.not_before


def test_forum_date_corrected_far_into_the_past_holds_the_wave():
    forum = cast.forum_due(weeks_ago=-3)
    cast.people(forum, 2)
    follow_ups.prepare()
    assert Wave.objects.get().state == "planned"
    forum.held_on -= timedelta(days=365)
    forum.save()
    follow_ups.prepare()
    assert Wave.objects.get().state == "held"


def test_date_chosen_by_staff_stays_when_the_forum_moves():
    staff = cast.staff()
    forum = cast.forum_due(weeks_ago=-3)
    cast.people(forum, 1)
    wave = follow_ups.plan(forum, by=staff)
    chosen = cast.today() + timedelta(days=40)
    follow_ups.reschedule(wave, dates=dates(chosen), why="After the summer break", by=staff)
    forum.held_on -= timedelta(days=365)
    forum.save()
    follow_ups.prepare()
    wave.refresh_from_db()
    assert (wave.due_on, wave.due_why, wave.state) == (chosen, "After the summer break", "planned")


def test_who_acted_stands_in_the_history():
    staff = cast.staff()
    forum = cast.forum_due()
    cast.people(forum, 1)
    wave = follow_ups.plan(forum, by=staff)
    follow_ups.hold(wave, why="Checking", by=staff)
    last = wave.events.order_by("pgh_id").last()
    assert last.state == "held"
    assert last.pgh_context.metadata["user"] == staff.pk


def test_objection_to_one_forum_counts_for_all(mailoutbox, any_hour):
    first, second = cast.forum_due(), cast.forum_due()
    cast.person(first, "One", email="same@example.org")
    cast.person(second, "Two", email="same@example.org")
    follow_ups.prepare()
    Objection.objects.record("Same@example.org")
    assert outbox.send_due() == 0
    assert list(Message.objects.values_list("state", "reason")) == [
        ("cancelled", "They asked us to stop writing."),
        ("cancelled", "They asked us to stop writing."),
    ]


def test_planning_many_people_takes_few_queries(django_assert_max_num_queries):
    forum = cast.forum_due()
    cast.people(forum, 30)
    with django_assert_max_num_queries(40):
        follow_ups.prepare()
    assert Message.objects.count() == 30


@pytest.mark.parametrize(
    ("offsets", "days", "problem"),
    [
        ((), 1, ""),
        ((7,), 8, ""),
        ((14, 28), 42, ""),
        ((6,), 42, "Emails to one person must be 7 days apart or more."),
        ((14, 20), 42, "Emails to one person must be 7 days apart or more."),
        ((14, 28), 28, "The closing date must be after the due date and the reminders."),
        ((), 0, "The closing date must be after the due date and the reminders."),
    ],
)
def test_dates_that_make_no_sense_are_refused_in_words(offsets, days, problem):
    today = cast.today()
    dates = follow_ups.Dates(due_on=today, closes_on=today + timedelta(days=days), reminder_offsets=offsets)
    assert dates.problem == problem


def test_release_to_many_takes_a_second_person(monkeypatch):
    monkeypatch.setattr(follow_ups, "SECOND_PERSON_ABOVE", 2)
    forum = cast.forum_due(weeks_ago=10)
    cast.people(forum, 3)
    follow_ups.prepare()
    first, second = cast.staff(), cast.staff()

    assert not follow_ups.release(forum.wave, by=first)
    assert not follow_ups.release(forum.wave, by=first)
    assert Wave.objects.get().state == "held"
    assert not Message.objects.exists()
    assert follow_ups.release(forum.wave, by=second)
    wave = Wave.objects.get()
    assert (wave.state, wave.release_asked_by, wave.released_by) == ("open", first, second)
    assert Message.objects.count() == 3


def test_release_asked_for_is_forgotten_when_the_wave_is_held_again(monkeypatch):
    monkeypatch.setattr(follow_ups, "SECOND_PERSON_ABOVE", 0)
    forum = cast.forum_due(weeks_ago=10)
    cast.people(forum, 1)
    follow_ups.prepare()
    first, second = cast.staff(), cast.staff()
    follow_ups.release(forum.wave, by=first)
    follow_ups.release(forum.wave, by=second)
    follow_ups.hold(forum.wave, why="Wrong list", by=first)
    assert not follow_ups.release(forum.wave, by=second)
    assert Wave.objects.get().release_asked_by == second
