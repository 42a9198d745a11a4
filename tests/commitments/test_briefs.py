from datetime import date

import pytest

from commitments import briefs
from commitments.models import Wave
from senate_portal.accounts.models import User
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_key_theme,
    make_user,
    make_wave,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db

ADDRESS = "/staff/forums/spring/brief/"


@pytest.fixture
def wave():
    return make_wave(make_forum(slug="spring", held_on=date(2026, 3, 2)), state=Wave.State.CLOSED)


def tell(wave, name, outcome, helped=(), hindered=(), **fields):
    attendee = make_attendee(wave.forum, name=name, area=make_area("NEL", name="North East London"))
    answer = make_commitment(attendee, text=f"{name}'s promise").answers.create(outcome=outcome, **fields)
    answer.helped.set(helped)
    answer.hindered.set(hindered)
    return answer


def test_themes_that_most_people_named_come_first(wave):
    money, time, trust = make_key_theme("Money"), make_key_theme("Time"), make_key_theme("Trust")
    tell(wave, "Ash", "done", helped=[trust], hindered=[time])
    tell(wave, "Blake", "stopped", hindered=[time, money])
    replaced = tell(wave, "Casey", "not-started", hindered=[money])
    replaced.commitment.answers.create(outcome="done")

    brief = briefs.of(wave)

    assert [(one.theme, one.people) for one in brief.blocked] == [(time, 2), (money, 1)]
    assert [(one.theme, one.people) for one in brief.worked] == [(trust, 1)]


def test_who_could_present_has_something_to_show(wave):
    trust = make_key_theme("Trust")
    half = tell(wave, "Ash", "part-done", helped=[trust])
    done = tell(wave, "Blake", "done", helped=[trust])
    tell(wave, "Casey", "stopped", helped=[trust])
    again = make_commitment(done.commitment.attendee).answers.create(outcome="part-done")
    again.helped.set([trust])

    (worked,) = briefs.of(wave).worked

    assert worked.people == 3
    assert worked.presenters == (done, half)


def test_page_leads_to_what_stands_behind_each_line(client, wave):
    car, trust = make_initiative(title="Falls car", slug="falls-car"), make_key_theme("Trust")
    answer = tell(wave, "Ash", "done", helped=[trust], took_up=car, took_up_as="adopted")
    client.force_login(make_user(User.Role.STAFF))

    page = client.get(ADDRESS).content.decode()

    assert f'href="/forums/spring/learning/{trust.slug}/"' in page
    assert f'href="/staff/attendees/{answer.commitment.attendee_id}/"' in page
    assert "Falls car</a>: 1 commitment" in page


def test_no_brief_before_the_follow_up_has_closed(client, wave):
    client.force_login(make_user(User.Role.STAFF))
    Wave.objects.update(state=Wave.State.OPEN)
    assert client.get(ADDRESS).status_code == 404


def test_empty_brief_says_so(client, wave):
    client.force_login(make_user(User.Role.STAFF))
    assert "Nobody named a key theme." in words_of(client.get(ADDRESS))


@pytest.mark.parametrize("people", [1, 3])
def test_brief_takes_three_queries_however_many_answered(wave, django_assert_num_queries, people):
    trust = make_key_theme("Trust")
    for number in range(people):
        tell(wave, f"Ash {number}", "done", helped=[trust], hindered=[trust])

    with django_assert_num_queries(3):
        briefs.of(wave)
