import re
from datetime import date

import pytest
from django.utils import timezone

from commitments.models import Attendee, Commitment, Message, Objection, Wave
from tests.factories import (
    make_attendee,
    make_commitment,
    make_forum,
    make_key_theme,
    make_link,
    make_message,
    make_wave,
)
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]


@pytest.fixture
def forum():
    return make_forum(slug="autumn", title="Autumn forum", held_on=date(2026, 8, 25))


def test_attendee_is_added_with_commitments_in_one_form(client, staff, forum):
    response = client.post(
        "/staff/forums/autumn/attendees/add/",
        {
            "name": "Ada Sample",
            "email": "Ada@Example.org",
            "came": "on",
            "agrees": "on",
            "commitment-TOTAL_FORMS": 3,
            "commitment-INITIAL_FORMS": 0,
            "commitment-0-text": "Call the ward",
            "commitment-1-text": "",
            "commitment-2-text": "Share the list",
        },
    )

    attendee = Attendee.objects.get()
    assert response.url == f"/staff/attendees/{attendee.pk}/"
    assert (attendee.email, attendee.agreed_at) == ("ada@example.org", timezone.now())
    assert "3 months after the forum" in attendee.agreed_wording
    assert list(attendee.commitments.values_list("position", "text")) == [(1, "Call the ward"), (2, "Share the list")]
    page = words_of(client.get(response.url))
    assert "Ada Sample is on the list, with 2 commitments." in page
    assert "Attendee added by Sam Staff" in page


def test_attendee_twice_in_a_forum_is_told_and_nothing_is_lost(client, staff, forum):
    make_attendee(forum, email="ada@example.org")

    response = client.post(
        "/staff/forums/autumn/attendees/add/",
        {
            "name": "Ada Again",
            "email": "ADA@example.org",
            "commitment-TOTAL_FORMS": 1,
            "commitment-INITIAL_FORMS": 0,
            "commitment-0-text": "Typed already",
        },
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody with this email address is already on this forum" in page
    assert "Typed already</textarea>" in page
    assert Attendee.objects.count() == 1


def test_corrected_address_kills_the_links_sent_to_the_old_one(client, staff, forum):
    attendee = make_attendee(forum, address_failed_at=timezone.now(), address_failure="550 no such mailbox")
    make_commitment(attendee)
    link = f"/answer/{make_link(attendee)}/"
    assert client.get(link).status_code == 200

    client.post(
        f"/staff/attendees/{attendee.pk}/edit/",
        {"name": attendee.name, "email": "right@example.org", "came": "on", "agrees": "on"},
    )

    attendee.refresh_from_db()
    assert (attendee.email, attendee.address_failed_at, attendee.address_failure) == ("right@example.org", None, "")
    assert client.get(link).status_code == 404
    assert attendee.links.get().revoked_at == timezone.now()


def test_address_of_somebody_who_asked_us_to_stop_stays_stopped(client, staff, forum):
    Objection.objects.record("quiet@example.org")
    attendee = make_attendee(forum)

    client.post(
        f"/staff/attendees/{attendee.pk}/edit/",
        {"name": attendee.name, "email": "quiet@example.org", "came": "on", "agrees": "on"},
    )

    attendee.refresh_from_db()
    assert attendee.objected_at == timezone.now()


def test_commitment_is_added_to_somebody_who_is_on_the_list(client, staff, forum):
    attendee = make_attendee(forum)
    theme = make_key_theme("Trust", forum=forum)

    typed = {"text": "Ring the GP", "key_themes": [theme.pk]}
    page = client.post(f"/staff/attendees/{attendee.pk}/commitments/add/", typed, follow=True)

    commitment = attendee.commitments.get()
    assert (commitment.text, list(commitment.key_themes.all())) == ("Ring the GP", [theme])
    assert "Ring the GP" in page.content.decode()


def test_correcting_a_commitment_keeps_both_wordings_in_the_history(client, staff, forum):
    commitment = make_commitment(make_attendee(forum), text="Cal the ward")

    client.post(f"/staff/commitments/{commitment.pk}/edit/", {"text": "Call the ward"})

    page = words_of(client.get(f"/staff/attendees/{commitment.attendee_id}/"))
    assert "Commitment 1 changed by Sam Staff" in page
    assert "in their own words: Cal the ward → Call the ward" in page


def test_withdrawn_commitment_can_be_reinstated(client, staff, forum):
    commitment = make_commitment(make_attendee(forum))

    client.post(f"/staff/commitments/{commitment.pk}/withdraw/", {"why": "Entered twice"})
    assert not Commitment.objects.standing().exists()
    page = words_of(client.get(f"/staff/attendees/{commitment.attendee_id}/"))
    assert "Entered twice" in page
    client.post(f"/staff/commitments/{commitment.pk}/reinstate/")

    commitment.refresh_from_db()
    assert (commitment.withdrawn_at, commitment.withdrawn_why) == (None, "")


def test_withdrawing_needs_a_reason(client, staff, forum):
    commitment = make_commitment(make_attendee(forum))

    response = client.post(f"/staff/commitments/{commitment.pk}/withdraw/", {"why": ""})

    assert response.status_code == 422
    assert Commitment.objects.standing().exists()


def test_attendee_list_filters_by_forum_state_and_name(client, staff, forum):
    wave = make_wave(forum, state=Wave.State.OPEN)
    silent = make_attendee(forum, name="Silent Sam")
    make_commitment(silent)
    make_message(silent, wave, state=Message.State.ACCEPTED)
    make_attendee(forum, name="Stopped Sue", objected_at=timezone.now())
    make_attendee(name="Elsewhere Ed")

    def names(query):
        return re.findall(r"<bdi>(\w+ \w+)</bdi></a>", client.get(f"/staff/attendees/{query}").content.decode())

    assert names("?forum=autumn") == ["Silent Sam", "Stopped Sue"]
    assert names("?forum=autumn&state=silent") == ["Silent Sam"]
    assert names("?state=stopped") == ["Stopped Sue"]
    assert names("?search=elsew") == ["Elsewhere Ed"]


@pytest.mark.parametrize(
    "address",
    [
        "/staff/attendees/?page=x",
        "/staff/attendees/?page=99",
        "/staff/attendees/99999999999999999999/",
        "/staff/forums/unknown/",
        "/staff/forums/unknown/follow-up/",
        "/staff/commitments/0/edit/",
        "/staff/outbox/..%2F..%2Fmanage.py/",
        "/staff/outbox/none.eml/",
    ],
)
def test_what_is_not_there_is_a_page_in_words(client, staff, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("query", ["?forum=unknown", "?state=unknown", "?area=%22", "?search=%25_%5C"])
def test_hostile_filters_give_an_empty_list(client, staff, forum, query):
    make_attendee(forum)

    for page in ["attendees", "messages", "answers"]:
        assert client.get(f"/staff/{page}/{query}").status_code == 200


def test_lists_make_the_same_queries_for_one_and_for_many(client, staff, forum, django_assert_max_num_queries):
    wave = make_wave(forum, state=Wave.State.OPEN)
    for _ in range(6):
        commitment = make_commitment(make_attendee(forum))
        make_message(commitment.attendee, wave, state=Message.State.ACCEPTED)
        commitment.answers.create(outcome="done")

    for page in ["attendees", "messages", "answers"]:
        with django_assert_max_num_queries(12):
            client.get(f"/staff/{page}/")


def test_staff_record_that_somebody_asked_us_to_stop(client, staff, forum):
    attendee, elsewhere = make_attendee(forum, email="ada@example.org"), make_attendee(email="ada@example.org")
    unaddressed = make_attendee(forum, email="")

    for person in [attendee, unaddressed]:
        client.post(f"/staff/attendees/{person.pk}/stop/")

    for person in [attendee, elsewhere, unaddressed]:
        person.refresh_from_db()
        assert person.objected_at == timezone.now()
    assert Objection.objects.stands_for("ada@example.org")
