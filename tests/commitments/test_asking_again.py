"""People who choose a day on which to be asked again: one email on that day, and no reminder besides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commitments import chasing, follow_ups, outbox
from commitments.models import Attendee, Message, Wave
from tests.commitments import cast

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def choose_day(person, day):
    said_at = timezone.now() - 3 * DAY
    Attendee.objects.filter(pk=person.pk).update(ask_again_on=day, ask_again_said_at=said_at)
    person.refresh_from_db()


def steps_of(person):
    return set(person.messages.exclude(state=Message.State.CANCELLED).values_list("step", flat=True))


def test_whoever_chose_a_day_gets_no_reminder_before_it(mailoutbox, any_hour):
    forum = cast.forum_due(weeks_ago=2)
    later, silent = cast.people(forum, 2)
    choose_day(later, cast.today() + DAY)

    follow_ups.prepare()
    outbox.send_due()

    assert steps_of(later) == set()
    assert steps_of(silent) == {Message.Step.ASK}
    assert chasing.why_silent(chasing.unanswered().get(pk=later.pk)).startswith("They asked to be asked again on")


def test_day_chosen_while_an_email_waits_cancels_it(mailoutbox, any_hour):
    forum = cast.forum_due()
    (person,) = cast.people(forum, 1)
    follow_ups.prepare()
    choose_day(person, cast.today() + DAY)

    assert outbox.send_due() == 0

    assert person.messages.get().reason == "They have chosen another day on which to be asked."


@pytest.mark.parametrize("state", [Wave.State.OPEN, Wave.State.CLOSED])
def test_on_the_day_they_are_asked_once_also_when_the_wave_has_closed(mailoutbox, any_hour, state):
    forum = cast.forum_due()
    (person,) = cast.people(forum, 1)
    choose_day(person, cast.today())
    follow_ups.prepare()
    Wave.objects.update(state=state)

    for _ in range(3):
        follow_ups.prepare()
        outbox.send_due()

    assert [mail.to for mail in mailoutbox] == [[person.email]]
    assert mailoutbox[0].subject.startswith("As you asked: ")
    assert "We will not remind you again." in mailoutbox[0].body


def test_answer_since_the_choice_makes_the_email_needless(mailoutbox, any_hour):
    forum = cast.forum_due()
    told, waiting = cast.people(forum, 2)
    for person in [told, waiting]:
        choose_day(person, cast.today())
    follow_ups.prepare()
    cast.answer(told)

    assert outbox.send_due() == 1

    assert [mail.to for mail in mailoutbox] == [[waiting.email]]
    assert told.messages.get().reason == "They have answered."


def test_answer_before_the_choice_does_not(mailoutbox, any_hour):
    forum = cast.forum_due()
    (person,) = cast.people(forum, 1)
    cast.answer(person, "under-way")
    Attendee.objects.update(ask_again_on=cast.today(), ask_again_said_at=timezone.now())

    follow_ups.prepare()
    assert outbox.send_due() == 1


def test_day_that_passed_14_days_ago_is_left_to_staff(mailoutbox, any_hour):
    forum = cast.forum_due()
    missed, queued = cast.people(forum, 2)
    choose_day(missed, cast.today() - 14 * DAY)
    choose_day(queued, cast.today())
    follow_ups.prepare()
    Wave.objects.update(state=Wave.State.CLOSED)
    Message.objects.update(not_before=timezone.now() - 15 * DAY)

    follow_ups.prepare()
    assert outbox.send_due() == 0

    assert steps_of(missed) == set()
    assert queued.messages.get().reason.startswith("More than 14 days overdue.")


def test_stopped_follow_up_asks_nobody_again(mailoutbox, any_hour):
    forum = cast.forum_due()
    (person,) = cast.people(forum, 1)
    choose_day(person, cast.today())
    follow_ups.prepare()

    follow_ups.stop(forum.wave, why="Told to", by=cast.staff())
    follow_ups.prepare()

    assert outbox.send_due() == 0
    assert not mailoutbox
