from datetime import date, timedelta

import pytest
from django.utils import timezone

from commitments import learning
from commitments.models import Message, Wave
from commitments.reports import Figure
from senate_portal.accounts.models import User
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum_with_feedback,
    make_key_theme,
    make_message,
    make_point,
    make_user,
    make_wave,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db

ADDRESS = "/forums/spring/learning/"


@pytest.fixture
def wave():
    forum = make_forum_with_feedback(slug="spring", held_on=date(2026, 3, 2))
    return make_wave(forum, state=Wave.State.CLOSED)


def make_answers(wave, outcome, people, area="NEL", helped=(), hindered=(), days=0):
    start = timezone.now()
    for _ in range(people):
        attendee = make_attendee(wave.forum, area=make_area(area))
        make_message(attendee, wave, state=Message.State.ACCEPTED, settled_at=start)
        answer = make_commitment(attendee).answers.create(outcome=outcome, answered_at=start + timedelta(days=days))
        answer.helped.set(helped)
        answer.hindered.set(hindered)


def test_foreseen_stands_beside_what_people_met(wave):
    trust, money = make_key_theme("Trust"), make_key_theme("Money")
    make_key_theme("Never named")
    for _ in range(3):
        make_point(wave.forum, key_themes=[trust])
    make_point(wave.forum, key_themes=[trust], state="draft")
    make_point(key_themes=[money])
    make_answers(wave, "done", 2, helped=[trust], hindered=[money])

    found = learning.learning(wave, for_staff=True)

    assert found.themes == (
        learning.Theme("Trust", trust.slug, 3, Figure("Trust", 2, 2), Figure("Trust", 0, 0)),
        learning.Theme("Money", money.slug, 0, Figure("Money", 0, 0), Figure("Money", 2, 2)),
    )


def test_silence_is_neither_done_nor_failed(wave):
    make_answers(wave, "done", 6)
    make_answers(wave, "stopped", 5)
    for _ in range(5):
        make_commitment(make_attendee(wave.forum))

    found = learning.learning(wave)

    assert (found.done.commitments, found.silent, found.done_at_most) == (6, 5, 11)


def test_areas_are_compared_and_small_ones_hidden_with_their_complement(wave):
    make_answers(wave, "done", 9, area="NEL")
    make_answers(wave, "done", 6, area="SEL")
    make_answers(wave, "done", 2, area="NWL")

    staff, public = learning.learning(wave, for_staff=True), learning.learning(wave)

    assert [(row.name, row.answered.people) for row in staff.areas] == [
        ("Area NEL", 9),
        ("Area NWL", 2),
        ("Area SEL", 6),
    ]
    assert [(row.name, row.answered.people) for row in public.areas] == [
        ("Area NEL", 9),
        ("Area NWL", None),
        ("Area SEL", None),
    ]


def test_one_area_alone_is_counted_by_itself(wave):
    make_answers(wave, "done", 2, area="NEL")
    make_answers(wave, "stopped", 1, area="SEL")

    found = learning.learning(wave, area=make_area("SEL"), for_staff=True)

    assert found.follow_up.made == Figure("Made", 1, 1)
    assert found.areas == ()


def test_weeks_show_what_a_reminder_brought_to_staff_alone(wave):
    make_answers(wave, "done", 2, days=1)
    make_answers(wave, "done", 1, days=15)
    reminded = wave.forum.people.first()
    make_message(
        reminded, wave, step=1, state=Message.State.ACCEPTED, settled_at=timezone.now() + timedelta(days=14, hours=1)
    )

    assert learning.learning(wave, for_staff=True).weeks == (
        ("Week 1", 2),
        ("Week 2", 0),
        ("Week 3, first reminder", 1),
    )
    assert learning.learning(wave).weeks == ()


def test_report_is_public_when_the_follow_up_has_closed_and_hides_small_counts(client, wave):
    trust = make_key_theme("Trust")
    make_answers(wave, "done", 6, helped=[trust])
    make_answers(wave, "stopped", 2, hindered=[trust])

    page = words_of(client.get(ADDRESS))

    assert "8 people made 8 commitments" in page
    assert "Trust 0 6 commitments of 6 people not shown, to protect a few people" in page
    client.force_login(make_user(User.Role.STAFF))
    assert "2 commitments of 2 people" in words_of(client.get(ADDRESS))
    assert client.get(f"{ADDRESS}?area=XXX").status_code == 404


@pytest.mark.parametrize("state", [Wave.State.PLANNED, Wave.State.OPEN, Wave.State.HELD, Wave.State.STOPPED])
def test_report_is_for_staff_alone_before(client, wave, state):
    Wave.objects.update(state=state)

    assert client.get(ADDRESS).status_code == 404
    client.force_login(make_user(User.Role.STAFF))
    assert "these figures will change" in words_of(client.get(ADDRESS))


def test_report_says_that_nobody_has_answered_and_draws_no_empty_picture(client, staff, wave):
    person = make_commitment(make_attendee(wave.forum)).attendee
    make_message(person, wave, state=Message.State.ACCEPTED, settled_at=timezone.now())
    Wave.objects.filter(pk=wave.pk).update(state=Wave.State.OPEN)

    response = client.get(ADDRESS)

    assert "We asked 1 person about 1 commitment. Nobody has answered yet. The follow-up is still open" in words_of(
        response
    )
    assert response.content.count(b"<figure") == 1


def test_report_makes_the_same_queries_for_one_and_for_many(client, wave, django_assert_max_num_queries):
    for code in ["NEL", "SEL", "SWL"]:
        make_answers(wave, "done", 6, area=code, helped=[make_key_theme(f"Theme {code}")])

    with django_assert_max_num_queries(9):
        client.get(ADDRESS)
