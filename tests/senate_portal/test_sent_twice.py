"""A form that arrives twice is taken once, whatever the page: a double click without script, or Back and once more."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from commitments.models import Commitment
from senate_portal.middleware import SentTwiceMiddleware
from tests.factories import make_attendee, make_forum, make_user

CARDS = "/staff/forums/autumn/cards/"
TOKEN = re.compile('name="csrfmiddlewaretoken" value="(.+?)"')


@pytest.fixture
def staff():
    make_attendee(make_forum(slug="autumn"), name="Ada Sample")
    staff = Client(enforce_csrf_checks=True)
    staff.force_login(make_user())
    return staff


def card(staff, **fields):
    token = TOKEN.findall(staff.get(CARDS).content.decode())[-1]
    return {"person": "Ada Sample", "text": "Ring the GP", "csrfmiddlewaretoken": token} | fields


@pytest.mark.django_db
def test_same_form_of_the_same_page_is_kept_once(staff):
    form = card(staff)

    first, second = staff.post(CARDS, form), staff.post(CARDS, form)

    assert Commitment.objects.count() == 1
    assert (second.status_code, second["Location"]) == (302, first["Location"])


@pytest.mark.django_db
def test_other_words_are_kept_beside(staff):
    form = card(staff)

    for text in ["Ring the GP", "Share the checklist"]:
        staff.post(CARDS, form | {"text": text})

    assert Commitment.objects.count() == 2


@pytest.mark.django_db
def test_the_page_loaded_anew_is_another_form(staff):
    staff.post(CARDS, card(staff))

    assert "already" in staff.post(CARDS, card(staff)).content.decode()


@pytest.mark.django_db
def test_refused_form_may_be_sent_again(staff):
    form = card(staff, text="")

    assert [staff.post(CARDS, form).status_code for _ in range(2)] == [422, 422]


@pytest.mark.django_db
def test_who_waits_too_long_for_the_first_is_told_and_loses_nothing(staff, monkeypatch):
    monkeypatch.setattr(SentTwiceMiddleware, "PATIENCE", 0)
    monkeypatch.setattr("django.core.cache.cache.add", lambda *_, **__: False)

    page = staff.post(CARDS, card(staff))

    assert page.status_code == 503
    assert "Ring the GP" in page.content.decode()
    assert not Commitment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_same_form_at_the_same_instant_is_kept_once(staff):
    form = card(staff)

    def post(_):
        try:
            other = Client(enforce_csrf_checks=True)
            other.cookies = staff.cookies
            return other.post(CARDS, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(post, range(4)))

    assert answers == [302] * 4
    assert Commitment.objects.count() == 1
