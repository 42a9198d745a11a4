import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from commitments import digests, tasks
from commitments.models import PeopleDownload, Wave
from initiatives.models import ProblemReport
from senate_portal.accounts.models import AuditEntry, User
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_message,
    make_point,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_week():
    cache.clear()


def test_staff_are_told_only_if_work_exists_and_nobody_is_named(mailoutbox):
    staff, closed = make_user(User.Role.STAFF), make_user(User.Role.STAFF, is_active=False)
    make_user(User.Role.LEAD)
    assert digests.tell_staff() == 0
    wave = make_wave(make_forum(), state=Wave.State.OPEN)
    silent = make_commitment(make_attendee(wave.forum, name="Ada Sample")).attendee
    silent.remarks.create(text="Thanks")
    make_attendee(wave.forum, address_failed_at=timezone.now())

    tasks.tell_about_week()
    tasks.tell_about_week()

    assert [mail.to for mail in mailoutbox] == [[staff.email]]
    body = mailoutbox[0].body
    assert closed.email != staff.email
    assert "People who ask something of you: 1" in body
    assert "People with a commitment who have not answered: 1" in body
    assert body.index("Addresses to mend: 1") < body.index("have not answered: 1")
    assert "Ada" not in body


def test_administrators_are_told_who_looked_and_who_took_lists_away(mailoutbox):
    admin, staff = make_user(User.Role.ADMIN), make_user(User.Role.STAFF, name="Sam Staff")
    assert digests.tell_administrators(timezone.now()) == 0
    for _ in range(3):
        AuditEntry.objects.create(by=staff, verb="GET", page="/staff/attendees/")
    PeopleDownload.objects.create(what="People who have not answered", why="To phone them", rows=7, by=staff)

    digests.tell_administrators(timezone.now())

    (mail,) = mailoutbox
    assert mail.to == [admin.email]
    assert "- Sam Staff: 3 times" in mail.body
    assert "People who have not answered, 7 rows. Why: To phone them" in mail.body


MONDAY = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize(("days", "told"), [(2, False), (3, True), (4, False), (6, False), (7, True), (8, False)])
def test_staff_are_nudged_when_something_has_lain_for_three_days_and_for_seven(mailoutbox, days, told):
    staff = make_user(User.Role.STAFF)
    wednesday = MONDAY + timedelta(days=2)
    make_attendee(make_forum(), name="Ada Sample").remarks.create(
        text="Ring me", made_at=wednesday - timedelta(days=days, hours=1)
    )

    digests.nudge_staff(wednesday)

    assert [mail.to for mail in mailoutbox] == ([[staff.email]] if told else [])
    if told:
        assert f"People who ask something of you, for {days} days now: 1" in mailoutbox[0].body
        assert "Ada" not in mailoutbox[0].body


def test_every_kind_of_thing_that_lies_is_told(mailoutbox):
    make_user(User.Role.STAFF)
    then = MONDAY - timedelta(days=3, hours=1)
    wave = make_wave(make_forum(held_on=then.date(), feedback_published_at=None), state=Wave.State.OPEN)
    attendee = make_attendee(wave.forum, address_failed_at=then)
    make_message(attendee, wave, state="failed", settled_at=then)
    make_commitment(attendee, is_disowned=True, withdrawn_at=then)
    report = make_initiative().problem_reports.create(text="Wrong number")
    ProblemReport.objects.filter(pk=report.pk).update(reported_at=then)
    make_point(make_forum(feedback_published_at=then), make_area(), state="published")
    make_point(make_forum(feedback_published_at=MONDAY), make_area(), state="published")

    digests.nudge_staff(MONDAY)

    lines = re.findall(r"- (.*), for 3 days now: (\d+)", mailoutbox[0].body)
    assert lines == [
        ("People who ask something of you", "1"),
        ("Messages that failed", "1"),
        ("Addresses to mend", "1"),
        ("Problems with entries that somebody reported", "1"),
        ("Forums that were held and whose feedback is not published", "1"),
        ("Published points that no lead has answered", "1"),
    ]


def test_what_was_dealt_with_is_not_told(mailoutbox):
    staff = make_user(User.Role.STAFF)
    then = MONDAY - timedelta(days=3, hours=1)
    make_attendee(make_forum()).remarks.create(text="Ring me", made_at=then, seen_at=MONDAY, seen_by=staff)

    assert digests.nudge_staff(MONDAY) == 0


def test_days_on_which_nobody_works_or_nothing_ran_are_caught_up_once(mailoutbox):
    make_user(User.Role.STAFF)
    digests.nudge_staff(MONDAY - timedelta(days=3))
    saturday = MONDAY - timedelta(days=2)
    make_attendee(make_forum()).remarks.create(text="Ring me", made_at=saturday - timedelta(days=3, hours=1))

    assert digests.nudge_staff(saturday) == 0
    assert digests.nudge_staff(MONDAY) == 1
    assert digests.nudge_staff(MONDAY + timedelta(hours=1)) == 0
    assert len(mailoutbox) == 1


def test_two_beats_nudge_once(mailoutbox):
    make_user(User.Role.STAFF)
    with time_machine.travel(MONDAY):
        then = timezone.now() - timedelta(days=3, hours=1)
        make_attendee(make_forum()).remarks.create(text="Ring me", made_at=then)
        tasks.nudge_staff()
        cache.delete(digests.NUDGED_AT)
        tasks.nudge_staff()

    assert len(mailoutbox) == 1
