import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from commitments.models import Answer, AnswerLink, Attendee, Message, Objection, Wave
from tests.commitments.test_answering import card
from tests.factories import make_attendee, make_link, make_message, make_user, make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_asked_before")]


@pytest.mark.parametrize("stray", [".", ">", "=", ")", "%0A", "/.", "/)"])
def test_stray_characters_around_a_link_are_trimmed(client, attendee, commitment, stray):
    token = make_link(attendee)

    assert client.get(f"/answer/{token}{stray}", follow=True).status_code == 200


def test_links_that_do_not_work_all_meet_the_same_page(client, attendee, commitment):
    expired, revoked, replaced = make_link(attendee), make_link(attendee), make_link(attendee)
    AnswerLink.objects.filter(token_hash=AnswerLink.hash_of(expired)).update(expires_at=timezone.now())
    AnswerLink.objects.filter(token_hash=AnswerLink.hash_of(revoked)).update(revoked_at=timezone.now())
    AnswerLink.objects.filter(token_hash=AnswerLink.hash_of(replaced)).update(email="old@example.org")
    tokens = [expired, revoked, replaced, expired.upper(), "x", "é", "x" * 4000]

    responses = [client.get(f"/answer/{token}/") for token in tokens]

    assert {response.status_code for response in responses} == {404}
    assert len({response.content for response in responses}) == 1
    assert "Ask for a fresh link" in responses[0].content.decode()


def test_link_dies_with_the_address(client, attendee, link):
    Attendee.objects.filter(pk=attendee.pk).update(email="new@example.org")

    assert client.get(link).status_code == 404


def test_staff_end_the_links_of_somebody_whose_link_went_astray(client, attendee, link):
    other = make_link(make_attendee(attendee.forum))
    client.force_login(make_user())

    page = client.post(f"/staff/attendees/{attendee.pk}/end-links/", follow=True).content.decode()

    assert "The next email brings a new one" in page
    assert client.get(link).status_code == 404
    assert client.get(f"/answer/{other}/").status_code == client.get(f"{link}stop/").status_code == 200
    assert client.get(f"/answer/{make_link(attendee)}/").status_code == 200


def test_words_typed_behind_a_link_that_ran_out_are_shown_to_be_copied(client, commitment, link):
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        response = client.post(link, card(commitment, "done", what_happened="We <b>did</b> it"))

    assert response.status_code == 404
    assert "We &lt;b&gt;did&lt;/b&gt; it" in response.content.decode()
    assert not Answer.objects.exists()


def test_asking_for_a_fresh_link_needs_no_cookie():
    response = Client(enforce_csrf_checks=True).post("/answer/fresh/", {"email": "ada@example.org"})

    assert response.status_code == 200


def test_stopping_by_the_button_stops_every_forum(client, attendee, link):
    other = make_attendee(email=attendee.email)
    page = client.get(f"{link}stop/").content.decode()
    assert "Stop these emails</button>" in page
    assert not Objection.objects.exists()

    response = Client(enforce_csrf_checks=True).post(f"{link}stop/")

    assert response.status_code == 200
    assert "We will not write to you again" in response.content.decode()
    assert Objection.objects.stands_for("ada@example.org")
    for person in [attendee, other]:
        person.refresh_from_db()
        assert person.objected_at


def test_one_click_stop_needs_no_cookie_and_answers_200_twice(link):
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        response = client.post(
            f"{link}stop/", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200
        assert response.cookies == {}

    assert Objection.objects.count() == 1


def test_expired_link_still_stops(client, link):
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert client.post(f"{link}stop/").status_code == 200

    assert Objection.objects.stands_for("ada@example.org")


def test_unknown_link_stops_nobody(client, attendee):
    assert client.post("/answer/unknown/stop/").status_code == 404
    assert not Objection.objects.exists()


def test_stopping_keeps_the_secret_out_of_the_history(client, attendee, link):
    client.post(f"{link}stop/")

    with connection.cursor() as cursor:
        cursor.execute("SELECT metadata::text FROM pghistory_context")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "answer" not in kept


def test_fresh_link_goes_to_somebody_we_asked(
    client, attendee, commitment, mailoutbox, worker_at_once, django_capture_on_commit_callbacks
):
    make_message(attendee, make_wave(attendee.forum, state=Wave.State.OPEN), state=Message.State.ACCEPTED)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/answer/fresh/", {"email": " Ada@Example.org "})

    assert response.status_code == 200
    assert [message.to for message in mailoutbox] == [["ada@example.org"]]
    path = re.search(r"/answer/[\w-]{43}/", mailoutbox[0].body).group()
    assert client.get(path).status_code == 200


def test_fresh_links_go_out_three_times_an_hour_at_most(
    client, attendee, mailoutbox, worker_at_once, django_capture_on_commit_callbacks
):
    make_message(attendee, make_wave(attendee.forum, state=Wave.State.OPEN), state=Message.State.ACCEPTED)

    with django_capture_on_commit_callbacks(execute=True):
        pages = {client.post("/answer/fresh/", {"email": "ada@example.org"}).content for _ in range(6)}

    assert len(mailoutbox) == 3
    assert len(pages) == 1


def test_fresh_link_page_says_the_same_to_everybody_and_writes_only_to_those_asked(
    client, attendee, mailoutbox, worker_at_once, django_capture_on_commit_callbacks
):
    wave = make_wave(attendee.forum, state=Wave.State.OPEN)
    make_message(attendee, wave, state=Message.State.ACCEPTED)
    stopped = make_attendee(attendee.forum, email="stopped@example.org", objected_at=timezone.now())
    make_message(stopped, wave, state=Message.State.ACCEPTED)
    make_attendee(attendee.forum, email="not-asked@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        pages = {
            client.post("/answer/fresh/", {"email": email}).content
            for email in ["ada@example.org", "stopped@example.org", "not-asked@example.org", "stranger@example.org"]
        }

    assert len(pages) == 1
    assert [message.to for message in mailoutbox] == [["ada@example.org"]]


@pytest.mark.parametrize("email", ["", "no address", "x" * 400 + "@example.org"])
def test_fresh_link_for_no_address_is_told(client, email):
    response = client.post("/answer/fresh/", {"email": email})

    assert response.status_code == 422
    assert "Error: " in response.content.decode()
