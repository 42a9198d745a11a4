"""What people of a forum let each other see, and nobody else."""

import pytest
from django.utils import timezone

from commitments import answers, commitments, privacy
from commitments.models import Consent
from tests.factories import make_attendee, make_commitment, make_forum, make_link, make_user

pytestmark = pytest.mark.django_db


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


def shown(client, link):
    page = client.get(link).content.decode()
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
    assert "Nobody has allowed it yet" in client.get(link).content.decode()


def test_a_commitment_that_was_withdrawn_is_not_seen(client, forum, link):
    person = somebody(forum, Consent.Use.PEERS)
    commitments.withdraw(person.commitments.get(), why="A slip", by=make_user())

    assert shown(client, link) == ["Ada Open"]


def test_people_of_another_forum_colleagues_who_did_not_come_and_strangers_see_nothing(client, forum):
    somebody(forum, Consent.Use.PEERS, Consent.Use.CONTACTS)
    elsewhere = make_attendee(make_forum(), email="else@example.org")
    colleague = make_attendee(forum, email="col@example.org", came=False, stands_in=True)

    assert shown(client, f"/answer/{make_link(elsewhere)}/people/") == []
    refused = client.get(f"/answer/{make_link(colleague)}/people/")
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
    with django_assert_max_num_queries(7):
        client.get(link)
    for number in range(60):
        somebody(forum, Consent.Use.PEERS, name=f"P {number:02}", email=f"p{number}@example.org")

    with django_assert_max_num_queries(7):
        page = client.get(f"{link}?page=2")

    assert page["Cache-Control"] == "no-store"
    assert "P 59" in page.content.decode()
    assert client.get(f"{link}?page=x").status_code == 200


def test_the_way_there_is_shown_to_those_who_came(client, reader, link):
    mine = client.get(link.replace("/people/", "/mine/")).content.decode()

    assert link in mine
