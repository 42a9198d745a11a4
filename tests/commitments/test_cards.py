import re

import pytest
from playwright.sync_api import expect

from commitments.models import Attendee, Commitment, TypedCard
from senate_portal.accounts.models import User
from tests.factories import make_attendee, make_commitment, make_forum, make_key_theme, make_user
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff")]

CARDS = "/staff/forums/spring/cards/"


@pytest.fixture
def forum():
    return make_forum(slug="spring", commitments=92, committers=45, attendees=100)


def test_card_of_somebody_on_the_list_is_saved_and_the_page_stays_with_them(client, forum):
    ada = make_attendee(forum, name="Ada Sample", organisation="Trust", email="ada@example.org")
    themes = [make_key_theme(name, forum=forum) for name in ["Leadership", "Money", "Culture"]]

    response = client.post(
        CARDS, {"person": "ada sample, trust, ada@example.org", "text": "Call the ward", "themes": "3, 1"}
    )

    commitment = Commitment.objects.get()
    assert response.url == f"{CARDS}?person={ada.pk}"
    assert (commitment.attendee, commitment.text) == (ada, "Call the ward")
    assert set(commitment.key_themes.all()) == {themes[0], themes[2]}
    page = client.get(response.url).content.decode()
    assert 'value="Ada Sample, Trust, ada@example.org"' in page
    assert re.search(r"<textarea[^>]*autofocus", page)
    assert "1 of 92" in page


def test_card_of_somebody_new_adds_them_in_place(client, forum):
    client.post(CARDS, {"person": "  New   Person ", "text": "Share the list", "is_unclear": "on", "agrees": "on"})

    attendee = Attendee.objects.get()
    assert attendee.name == "New Person"
    assert attendee.agreed_at
    assert attendee.commitments.get().is_unclear


def test_bare_name_is_enough_unless_two_people_share_it(client, forum):
    make_attendee(forum, name="Ada Sample", organisation="Trust")
    client.post(CARDS, {"person": "Ada Sample", "text": "First"})
    assert Attendee.objects.count() == 1
    make_attendee(forum, name="Ada Sample", organisation="Council")

    response = client.post(CARDS, {"person": "Ada Sample", "text": "Second"})

    assert response.status_code == 422
    assert "Several people have this name" in words_of(response)
    assert Commitment.objects.count() == 1


def test_same_words_twice_are_asked_about(client, forum):
    ada = make_attendee(forum, name="Ada Sample")
    make_commitment(ada, text="Call the ward")
    card = {"person": ada.name, "text": " call  the WARD"}

    assert "They have this commitment already" in words_of(client.post(CARDS, card))
    assert ada.commitments.count() == 1
    client.post(CARDS, card | {"again": "on"})
    assert ada.commitments.count() == 2


def test_joint_card_is_kept_with_those_who_share_it(client, forum):
    ada = make_attendee(forum, name="Ada Sample", organisation="Trust; North", email="ada@example.org")
    bo = make_attendee(forum, name="Bo Sample")

    page = client.post(CARDS, {"person": "Ada Sample; bo sample ;New Person;", "text": "Open a clinic"}, follow=True)

    commitment = Commitment.objects.get()
    new = Attendee.objects.get(name="New Person")
    assert commitment.attendee == ada
    assert [shared.attendee for shared in commitment.co_owners.all()] == [bo, new]
    assert new.agreed_at is None
    assert "Saved: commitment 1 of Ada Sample, with Bo Sample, New Person." in words_of(page)
    client.post(CARDS, {"person": "Ada Sample, Trust; North, ada@example.org", "text": "Alone"})
    assert not Commitment.objects.get(text="Alone").co_owners.exists()
    assert "Type each person once" in words_of(client.post(CARDS, {"person": "Bo Sample; Bo Sample", "text": "Twice"}))
    assert client.post(CARDS, {"person": " ; ", "text": "Nobody"}).status_code == 422

    client.post(f"/staff/commitments/{commitment.pk}/take-back/")
    assert set(Attendee.objects.all()) == {ada, bo}


@pytest.mark.parametrize("themes", ["0", "9", "x", "1 2 3", "٣", "1" * 90])
def test_unknown_theme_numbers_are_told(client, forum, themes):
    make_key_theme("Leadership", forum=forum)

    response = client.post(CARDS, {"person": "Ada", "text": "Call", "themes": themes})

    assert response.status_code == 422
    assert "Type numbers from 1 to 1" in words_of(response)
    assert not Attendee.objects.exists()


def test_card_is_taken_back_with_the_person_it_added(client, forum):
    client.post(CARDS, {"person": "New Person", "text": "Typed wrongly"})

    client.post(f"/staff/commitments/{Commitment.objects.get().pk}/take-back/")

    assert not Commitment.objects.exists()
    assert not Attendee.objects.exists()


def test_answered_card_is_not_taken_back(client, forum):
    commitment = make_commitment(make_attendee(forum))
    commitment.answers.create(outcome="done")

    response = client.post(f"/staff/commitments/{commitment.pk}/take-back/", follow=True)

    assert "Withdraw it instead" in words_of(response)
    assert Commitment.objects.exists()


def test_list_knows_nobody_of_another_forum(client, forum):
    make_attendee(make_forum(), name="Somebody Else")

    assert "Somebody Else" not in client.get(CARDS).content.decode()


def test_page_makes_the_same_queries_for_one_and_for_many(client, forum, django_assert_max_num_queries):
    for _ in range(6):
        make_commitment(make_attendee(forum)).key_themes.add(make_key_theme(f"Theme {_}", forum=forum))

    with django_assert_max_num_queries(14):
        client.get(CARDS)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_cards_are_typed_with_the_keyboard_alone(live_server, page, client):
    forum = make_forum(slug="spring", commitments=92)
    make_key_theme("Leadership", forum=forum)
    make_attendee(forum, name="Ada Sample", organisation="", email="")
    staff = make_user(User.Role.STAFF)
    client.force_login(staff)
    cookie = client.cookies["session"]
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}{CARDS}")

    page.keyboard.type("Ada Sample")
    page.keyboard.press("Tab")
    page.keyboard.type("Half a sentence")
    page.goto(f"{live_server.url}/")
    page.goto(f"{live_server.url}{CARDS}")
    assert page.locator("textarea").input_value() == "Half a sentence"
    page.locator("textarea").focus()
    page.keyboard.press("End")
    page.keyboard.type(" made whole")
    page.keyboard.press("Enter")
    page.get_by_text("Saved: commitment 1 of Ada Sample.").wait_for()
    page.wait_for_load_state("load")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.type("; Pat Joint")
    assert page.locator("#people option").get_attribute("value") == "Ada Sample; Ada Sample"
    page.keyboard.press("Tab")
    page.keyboard.type("A second card")
    page.keyboard.press("Enter")
    page.get_by_text("Saved: commitment 2 of Ada Sample, with Pat Joint.").wait_for()
    page.wait_for_load_state("load")
    expect(page.locator("textarea")).to_be_focused()
    texts = list(Commitment.objects.order_by("position").values_list("text", flat=True))
    assert texts == ["Half a sentence made whole", "A second card"]
    assert all(card.keys for card in TypedCard.objects.all())
    page.keyboard.press("Escape")
    page.get_by_text("The card is taken back.").wait_for()

    assert Commitment.objects.count() == Attendee.objects.count() == 1


def test_ninety_two_cards_of_forty_five_people_in_a_sitting_with_mishaps(client, forum):
    """A session that ended keeps the card that was sent; a card sent twice by one press is one card."""
    for number in range(30):
        make_attendee(forum, name=f"Person {number:02}", email=f"p{number}@example.org")
    words = [
        (f"Person {number % 45:02}", f"Promise {number}, in “their” own words: 5 < 7 & more") for number in range(92)
    ]

    for number, (person, text) in enumerate(words):
        page = client.get(CARDS).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        card = {"person": person, "text": text, "csrfmiddlewaretoken": token}
        if number % 30 == 29:
            client.logout()
            told = client.post(CARDS, card)
            assert "own words: 5 &lt; 7 &amp; more" in told.content.decode()
            client.force_login(make_user(User.Role.STAFF))
        assert client.post(CARDS, card).status_code == 302
        if number % 7 == 0:
            client.post(CARDS, card)

    made = Commitment.objects.order_by("pk").values_list("attendee__name", "text")
    assert list(made) == words
    assert Attendee.objects.filter(forum=forum).count() == 45
    assert "92 of 92" in client.get(CARDS).content.decode()
