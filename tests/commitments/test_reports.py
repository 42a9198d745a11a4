from datetime import date

import pytest
from django.utils import timezone

from commitments import reports
from commitments.models import Message, Wave
from commitments.reports import Figure
from tests.factories import make_attendee, make_commitment, make_forum, make_key_theme, make_message, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make_wave(make_forum(held_on=date(2026, 8, 25)), state=Wave.State.OPEN)


def make_answers(wave, outcome, people, **fields):
    for _ in range(people):
        attendee = make_attendee(wave.forum)
        make_message(attendee, wave, state=Message.State.ACCEPTED)
        answer = make_commitment(attendee).answers.create(outcome=outcome)
        answer.helped.set(fields.get("helped", []))


def test_follow_up_of_a_forum_without_a_wave_is_none():
    assert reports.follow_up(make_forum()) is None


def test_follow_up_counts_each_step_apart(wave):
    make_commitment(make_attendee(wave.forum, agreed_at=None, agreed_wording=""))
    make_commitment(make_attendee(wave.forum))
    make_commitment(make_attendee(wave.forum), withdrawn_at=timezone.now())
    make_answers(wave, "done", 1)
    make_answers(wave, "under-way", 1)
    two = make_attendee(wave.forum)
    make_message(two, wave, state=Message.State.QUEUED)
    make_commitment(two)
    make_commitment(two)

    found = reports.follow_up(wave.forum, for_staff=True)

    assert found.steps == (
        Figure("Made", 6, 5),
        Figure("Reachable", 5, 4),
        Figure("Asked", 2, 2),
        Figure("Answered", 2, 2),
        Figure("Outcome known", 1, 1),
    )


def test_only_the_answer_that_stands_is_counted(wave):
    theme, earlier = make_key_theme("Leadership"), make_key_theme("Money")
    commitment = make_commitment(make_attendee(wave.forum))
    commitment.answers.create(outcome="not-started").helped.set([earlier])
    commitment.answers.create(outcome="done").helped.set([theme])

    found = reports.outcomes(wave, for_staff=True)

    assert [figure.commitments for figure in found.outcomes] == [1, 0, 0, 0, 0, 0]
    assert found.helped == (Figure("Leadership", 1, 1),)


def test_cells_under_five_people_are_for_staff_alone(wave):
    theme = make_key_theme("Leadership")
    make_answers(wave, "done", 7, helped=[theme])
    make_answers(wave, "stopped", 4, helped=[make_key_theme("Money")])
    make_answers(wave, "under-way", 6)

    public = reports.follow_up(wave.forum)

    shown = {figure.label: figure.commitments for figure in public.outcomes}
    # The next smallest is hidden too, or the hidden one could be worked out from the total.
    assert shown["Stopped"] is None
    assert shown["Under way"] is None
    assert shown["Done"] == 7
    assert {figure.label: figure.people for figure in public.helped} == {"Leadership": 7, "Money": None}
    assert public.answered == Figure("Answered", 17, 17)


def test_release_counts_those_waiting_and_those_to_be_asked(wave):
    waiting, to_ask, answered = (make_commitment(make_attendee(wave.forum)).attendee for _ in range(3))
    make_message(waiting, wave, state=Message.State.QUEUED)
    answered.commitments.get().answers.create(outcome="done")
    sent = make_commitment(make_attendee(wave.forum)).attendee
    make_message(sent, wave, state=Message.State.ACCEPTED)
    make_attendee(wave.forum)

    found = reports.release(wave)

    assert (found.people, found.oldest) == (2, wave.due_on)
    assert found.sample == (waiting, to_ask)
