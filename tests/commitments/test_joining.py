import re
from datetime import date

import pytest
from django.core.cache import cache
from kombu.exceptions import OperationalError

from commitments import tasks
from commitments.models import Attendee, Commitment
from senate_portal.accounts.models import User
from senate_portal.celery import app as celery_app
from senate_portal.lib import codes
from stp_feedback.models import ForumInitiative
from tests.factories import make_attendee, make_forum, make_initiative, make_user

pytestmark = pytest.mark.django_db

JOIN = "/forums/spring/join/"


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def worker_at_once():
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = False


@pytest.fixture
def forum():
    return make_forum(slug="spring", title="Spring forum", held_on=date(2026, 11, 25), join_code="ABC234")


def promise(**fields):
    return {"code": "abc 234", "text": "Call the ward", "name": "Ada Sample"} | fields


def test_forum_without_a_code_has_no_such_page(client):
    make_forum(slug="closed")

    assert client.get("/forums/closed/join/").status_code == 404
    assert client.post("/forums/closed/join/", promise(code="")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_promise_is_kept_and_answered_when_the_broker_of_its_receipt_is_away(client, forum, monkeypatch, caplog):
    def away(*args, **options):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(tasks.send_receipt, "apply_async", away)

    response = client.post(JOIN, promise(email="ada@example.org", agrees="on"))

    assert (response.status_code, Commitment.objects.count()) == (200, 1)
    assert "Connection refused" in caplog.text


def test_page_asks_for_the_code_and_then_what_you_will_do(client, forum):
    assert "The code you were shown" in client.get(JOIN).content.decode()
    assert client.get(f"{JOIN}?code=WRONG1").status_code == 422
    assert "What will you do?" in client.get(f"{JOIN}?code=abc234").content.decode()


def test_commitment_needs_no_account_and_comes_with_a_receipt(
    client, forum, mailoutbox, worker_at_once, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(JOIN, promise(email="Ada@example.org", agrees="on", second="Share the list"))

    attendee = Attendee.objects.get()
    page = response.content.decode()
    assert response.status_code == 200
    assert "<bdi>Call the ward</bdi>" in page
    assert "Thursday 25 February 2027" in page
    assert (attendee.email, attendee.came) == ("ada@example.org", True)
    assert attendee.agreed_wording in client.get(f"{JOIN}?code=ABC234").content.decode()
    assert list(attendee.commitments.values_list("text", flat=True)) == ["Call the ward", "Share the list"]
    (receipt,) = mailoutbox
    assert receipt.to == ["ada@example.org"]
    assert "1. Call the ward" in receipt.body
    link = re.search(r"/answer/[\w-]{43}/", receipt.body).group()
    assert client.get(link).status_code == 200


def test_nobody_is_written_to_who_did_not_agree(
    client, forum, mailoutbox, worker_at_once, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(JOIN, promise(email="ada@example.org"))

    assert Commitment.objects.count() == 1
    assert mailoutbox == []


def test_agreeing_without_an_address_is_told_and_keeps_what_was_typed(client, forum):
    response = client.post(JOIN, promise(agrees="on"))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Enter the address at which we may ask you" in page
    assert "Call the ward</textarea>" in page
    assert not Attendee.objects.exists()


def test_page_sent_twice_saves_once(client, forum):
    for _ in range(2):
        client.post(JOIN, promise(email="ada@example.org"))
        client.post(JOIN, promise(name="No Address"))

    assert Attendee.objects.count() == 2
    assert Commitment.objects.count() == 2


def test_known_person_keeps_what_is_on_record(client, forum):
    known = make_attendee(forum, name="Dr Ada Sample", email="ada@example.org", came=False)

    response = client.post(JOIN, promise(email="ADA@example.org", name="Somebody Else"))

    known.refresh_from_db()
    assert (known.name, known.came) == ("Dr Ada Sample", True)
    assert known.agreed_at is not None
    assert known.commitments.get().text == "Call the ward"
    assert "Dr Ada" not in response.content.decode()


def test_commitment_names_what_inspired_it_and_how_sure_they_are(client, forum):
    shown, hidden = make_initiative(), make_initiative(publication="draft")
    for position, initiative in enumerate([shown, hidden]):
        ForumInitiative.objects.create(forum=forum, initiative=initiative, position=position)

    client.post(JOIN, promise(inspired_by=shown.pk, confidence="4"))

    commitment = Commitment.objects.get()
    assert (commitment.inspired_by, commitment.confidence) == (shown, 4)
    assert client.post(JOIN, promise(inspired_by=hidden.pk)).status_code == 422
    assert client.post(JOIN, promise(confidence="6")).status_code == 422


@pytest.mark.parametrize("fields", [{"text": "a\x00b"}, {"text": "x" * 5001}, {"name": "x" * 201}, {"area": "0"}])
def test_hostile_input_is_told_in_words(client, forum, fields):
    assert client.post(JOIN, promise(**fields)).status_code == 422
    assert not Attendee.objects.exists()


def test_wrong_codes_are_counted_and_the_right_one_always_opens(client, forum):
    codes = [client.post(JOIN, promise(code="WRONG1")).status_code for _ in range(31)]

    assert codes == [422] * 30 + [429]
    assert client.post(JOIN, promise()).status_code == 200


def test_staff_make_show_and_close_the_code(client):
    forum = make_forum(slug="spring")
    client.force_login(make_user(User.Role.STAFF))
    assert client.get("/staff/forums/spring/join-code.svg").status_code == 404

    client.post("/staff/forums/spring/join-code/")
    forum.refresh_from_db()
    page = client.get("/staff/forums/spring/join-code/").content.decode()
    assert re.fullmatch(f"[{codes.CHARACTERS}]{{6}}", forum.join_code)
    assert f"/forums/spring/join/?code={forum.join_code}" in page
    picture = client.get("/staff/forums/spring/join-code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    client.post("/staff/forums/spring/join-code/", {"action": "close"})
    forum.refresh_from_db()
    assert forum.join_code == ""
