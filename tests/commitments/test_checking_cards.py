"""A second person's look at a sample of cards, what typing cost, and two rows that are one person."""

import pytest
from django.utils import timezone

from commitments import cards, merging
from commitments.models import Attendee, CardCheck, Message, TypedCard
from senate_portal.accounts.models import User
from tests.factories import make_attendee, make_commitment, make_forum, make_link, make_message, make_user, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return make_forum(slug="spring")


@pytest.fixture
def typist():
    return make_user(User.Role.STAFF, name="Tina Typist")


@pytest.fixture
def checker(client):
    user = make_user(User.Role.STAFF, name="Chris Checker")
    client.force_login(user)
    return user


def make_card(forum, by, **fields):
    return TypedCard.objects.create(commitment=make_commitment(make_attendee(forum)), by=by, **fields).commitment


def test_typing_is_noted_with_its_effort(client, forum, checker):
    for seconds, keys in [(20, 50), (30, 70), (90, 200)]:
        client.post(
            "/staff/forums/spring/cards/", {"person": "Ada", "text": f"{keys}", "seconds": seconds, "keys": keys}
        )

    assert cards.effort(forum) == cards.Effort(3, 30, 70)
    page = client.get("/staff/forums/spring/cards/").content.decode()
    assert "Half of 3 cards took less than 30 seconds and 70 keys" in page


def test_sample_is_one_in_ten_at_least_ten_and_always_the_same(forum, typist):
    for _ in range(12):
        make_card(forum, typist)
    make_commitment(make_attendee(forum))

    assert len(cards.sample(forum)) == 10
    assert cards.sample(forum) == cards.sample(forum)


def test_difference_is_kept_and_the_words_are_not_touched(client, forum, typist, checker):
    card = make_card(forum, typist)
    address = f"/staff/commitments/{card.pk}/check/"
    assert client.post(address).status_code == 422
    assert "Type what the card says" in client.post(address, {"verdict": "different"}).content.decode()

    client.post(address, {"verdict": "different", "reads_as": "Ring the wards"})

    check = CardCheck.objects.get()
    assert (check.reads_as, check.by, check.typed_by) == ("Ring the wards", checker, typist)
    card.refresh_from_db()
    assert card.text == "Commitment 1"
    page = client.get("/staff/forums/spring/cards/check/").content.decode()
    assert "1 of 1 card checked, 1 of them differ" in page
    assert "Ring the wards" in page


def test_nobody_checks_their_own_card(client, forum, checker):
    card = make_card(forum, checker)

    response = client.post(f"/staff/commitments/{card.pk}/check/", {"verdict": "same"}, follow=True)

    assert "It takes a second person" in response.content.decode()
    assert not CardCheck.objects.exists()


def test_two_rows_become_one_person_after_a_look_at_both(client, forum, checker):
    kept = make_commitment(make_attendee(forum, name="Ada Sample", organisation="", agreed_at=None, agreed_wording=""))
    other = make_attendee(forum, name="A. Sample", email="", organisation="Trust")
    make_commitment(other, text="From the card")
    address = f"/staff/attendees/{kept.attendee_id}/merge/"

    page = client.post(address, {"person": "a. sample, trust"}).content.decode()
    assert "Make them one person" in page
    assert Attendee.objects.count() == 2
    client.post(address, {"person": "a. sample, trust", "confirmed": "yes"})

    person = Attendee.objects.get()
    assert (person.name, person.organisation) == ("Ada Sample", "Trust")
    assert person.agreed_wording
    assert list(person.commitments.values_list("position", "text")) == [(1, "Commitment 1"), (2, "From the card")]


def test_merging_keeps_an_objection_and_ends_links_to_the_other_address(client, forum, checker):
    kept, other = make_attendee(forum), make_attendee(forum, objected_at=timezone.now())
    token = make_link(other)

    merging.merge(kept, other, by=checker)

    kept.refresh_from_db()
    assert kept.objected_at
    assert client.get(f"/answer/{token}/").status_code == 404


def test_people_who_were_both_written_to_are_not_merged(forum, checker):
    wave = make_wave(forum)
    kept, other = make_attendee(forum), make_attendee(forum)
    for person in [kept, other]:
        make_message(person, wave, state=Message.State.ACCEPTED)

    with pytest.raises(merging.CannotMergeError):
        merging.merge(kept, other, by=checker)


def test_people_of_different_forums_are_not_merged(forum, checker):
    with pytest.raises(merging.CannotMergeError):
        merging.merge(make_attendee(forum), make_attendee(), by=checker)


def test_join_code_is_there_as_png(client, forum, checker):
    forum.join_code = "ABC234"
    forum.save()

    response = client.get("/staff/forums/spring/join-code.png")

    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG\r\n")
