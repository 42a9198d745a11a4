"""What people of a forum let each other see, and nobody else."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from commitments import answers, commitments, privacy
from commitments.models import Consent
from tests.factories import make_attendee, make_commitment, make_forum, make_link, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def forum():
    return make_forum(title="Forum of tests")


@pytest.fixture
def reader(forum):
    return make_attendee(forum, name="Rae Reader", email="rae@example.org")


@pytest.fixture
def link(reader):
    return f"/answer/{make_link(reader)}/people/"


def somebody(forum, *uses, name="Ada Open", email="ada@example.org", text="Ring the ward", **fields):
    person = make_attendee(forum, name=name, email=email, **fields)
    make_commitment(person, text=text)
    answers.allow(person, uses)
    return person


def ask(client, link, email="rae@example.org"):
    return client.post(link, {"email": email})


def shown(client, link):
    page = ask(client, link).content.decode()
    return [word for word in ["Ada Open", "ada@example.org", "Ring the ward"] if word in page]


@pytest.mark.parametrize(
    ("uses", "seen"),
    [
        ([], []),
        ([Consent.Use.QUOTE], []),
        ([Consent.Use.PEERS], ["Ada Open", "Ring the ward"]),
        ([Consent.Use.CONTACTS], ["Ada Open", "ada@example.org"]),
        ([Consent.Use.PEERS, Consent.Use.CONTACTS], ["Ada Open", "ada@example.org", "Ring the ward"]),
    ],
)
def test_only_what_somebody_allows_is_seen(client, forum, link, uses, seen):
    somebody(forum, *uses)

    assert shown(client, link) == seen


def test_it_ends_when_they_end_it_ask_us_to_stop_or_are_erased(client, forum, link):
    person = somebody(forum, Consent.Use.PEERS, Consent.Use.CONTACTS)
    answers.allow(person, [Consent.Use.CONTACTS])
    assert shown(client, link) == ["Ada Open", "ada@example.org"]

    commitments.stop_writing_to(person, by=make_user())
    assert shown(client, link) == []
    privacy.erase([person], kept_texts=[], now=timezone.now())
    answers.allow(person, [Consent.Use.PEERS])
    assert "Nobody has allowed it yet" in ask(client, link).content.decode()


def test_a_link_passed_on_shows_nobody_nor_which_address_is_right(client, forum, link):
    for address in ["other@example.org", "rae@example.org"]:
        assert "Nobody has allowed it yet" in ask(client, link, address).content.decode()
    somebody(forum, Consent.Use.PEERS, Consent.Use.CONTACTS)

    assert "Ada Open" not in client.get(link).content.decode() + ask(client, link, "other@example.org").content.decode()
    assert ask(client, link, "Rae").status_code == 422
    assert "Ada Open" in ask(client, link, " RAE@example.org ").content.decode()
    assert [ask(client, link, "other@example.org").status_code for _ in range(8)] == [200] * 6 + [429] * 2
    refused = ask(client, link)
    assert (refused.status_code, "Ada Open" in refused.content.decode()) == (429, False)
    assert refused["Retry-After"] == "3600"


def test_a_commitment_that_was_withdrawn_is_not_seen(client, forum, link):
    person = somebody(forum, Consent.Use.PEERS)
    commitments.withdraw(person.commitments.get(), why="A slip", by=make_user())

    assert shown(client, link) == ["Ada Open"]


def test_people_of_another_forum_colleagues_who_did_not_come_and_strangers_see_nothing(client, forum):
    somebody(forum, Consent.Use.PEERS, Consent.Use.CONTACTS)
    elsewhere = make_attendee(make_forum(), email="rae@example.org")
    colleague = make_attendee(forum, email="col@example.org", came=False, stands_in=True)

    assert shown(client, f"/answer/{make_link(elsewhere)}/people/") == []
    refused = ask(client, f"/answer/{make_link(colleague)}/people/", "col@example.org")
    assert refused.status_code == client.get("/answer/unknown/people/").status_code == 404
    assert "Ada Open" not in refused.content.decode()


def test_a_colleague_who_did_not_come_is_not_listed(client, forum, link):
    somebody(forum, Consent.Use.PEERS, Consent.Use.CONTACTS, came=False, stands_in=True)

    assert shown(client, link) == []


def test_counts_are_shown_from_five_people_on(client, forum, link):
    for number in range(4):
        somebody(forum, name=f"P {number}", email=f"p{number}@example.org")
    assert "commitments at this forum" not in client.get(link).content.decode()

    somebody(forum, name="P 5", email="p5@example.org")

    assert "5 people made 5 commitments at this forum" in client.get(link).content.decode()


def test_the_page_is_kept_from_caches_and_asks_as_often_for_many(client, forum, link, django_assert_max_num_queries):
    somebody(forum, Consent.Use.PEERS)
    with django_assert_max_num_queries(16):
        ask(client, link)
    for number in range(60):
        somebody(forum, Consent.Use.PEERS, name=f"P {number:02}", email=f"p{number}@example.org")

    with django_assert_max_num_queries(16):
        page = ask(client, link)

    assert page["Cache-Control"] == "no-store"
    assert "P 59" in page.content.decode()


def test_the_way_there_is_shown_to_those_who_came(client, reader, link):
    mine = client.get(link.replace("/people/", "/mine/")).content.decode()

    assert link in mine
