"""Commitments that staff suggest: never chosen for anybody, and counted where somebody takes one up."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from commitments.models import Commitment, Suggestion
from tests.factories import make_forum

pytestmark = pytest.mark.django_db

JOIN = "/forums/spring/join/"
LIST = "/staff/forums/spring/suggestions/"
TEXT = "Invite our GPs to the falls clinic"


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def forum():
    return make_forum(slug="spring", held_on=date(2026, 11, 25), join_code="ABC234")


@pytest.fixture
def suggestion(forum):
    return Suggestion.objects.create(forum=forum, text=TEXT)


def promise(**fields):
    return {"code": "ABC234", "text": "", "name": "Ada Sample"} | fields


def test_none_is_chosen_for_anybody(client, suggestion):
    page = client.get(f"{JOIN}?code=ABC234").content.decode()

    assert TEXT in page
    assert "checked" not in page


def test_a_forum_without_suggestions_does_not_mention_any(client, forum):
    assert "suggestion" not in client.get(f"{JOIN}?code=ABC234").content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("", TEXT), ("Invite two GPs", "Invite two GPs")])
def test_it_is_taken_as_it_is_or_in_own_words_and_counted(client, suggestion, typed, kept):
    page = client.post(JOIN, promise(text=typed, suggested=suggestion.pk)).content.decode()

    (commitment,) = Commitment.objects.all()
    assert (commitment.text, commitment.suggested) == (kept, suggestion)
    assert kept in page


def test_nothing_written_and_nothing_chosen_is_told(client, suggestion):
    response = client.post(JOIN, promise())

    assert response.status_code == 422
    assert "Say what you will do" in response.content.decode()


def test_one_of_another_forum_or_none_at_all_is_told(client, suggestion):
    other = Suggestion.objects.create(forum=make_forum(), text="Something else")

    for chosen in [other.pk, 999_999, "x"]:
        response = client.post(JOIN, promise(suggested=chosen))
        assert response.status_code == 422
        assert "This suggestion is gone" in response.content.decode()
    assert Commitment.objects.count() == 0


def test_staff_suggest_count_and_remove(client, staff, forum):
    assert "None yet" in client.get(LIST).content.decode()
    client.post(LIST, {"text": f"  {TEXT} "})
    again = client.post(LIST, {"text": TEXT})
    assert again.status_code == 422
    assert "This forum has this suggestion already" in again.content.decode()
    client.post(LIST, {"text": "Ring the ward"})
    taken, left = Suggestion.objects.all()
    client.post(JOIN, promise(suggested=taken.pk))
    client.post(JOIN, promise(name="Basil", text="Invite two", suggested=taken.pk))

    page = client.get(LIST).content.decode()

    assert "2 times by 2 people" in page
    assert "By nobody yet" in page
    client.post(f"/staff/suggestions/{taken.pk}/remove/")
    client.post(f"/staff/suggestions/{left.pk}/remove/")
    assert list(Suggestion.objects.all()) == [taken]


def test_the_database_refuses_one_that_says_nothing_or_says_it_twice(suggestion):
    for text in ["", TEXT]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.create(forum=suggestion.forum, text=text)
