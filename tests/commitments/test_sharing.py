"""A commitment that several people made: one of them is asked, any of them may answer, and it is counted once."""

import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from commitments import follow_ups, merging, outbox, passing_on, reports
from commitments.models import Answer, Attendee, CoOwner, Message, Wave
from tests.commitments.cast import forum_due, person
from tests.commitments.cast import staff as make_staff
from tests.commitments.test_answering import card
from tests.factories import make_link, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def forum():
    return forum_due(slug="care")


@pytest.fixture
def keeper(forum):
    return person(forum, "Open a joint clinic", name="Kay Keeper")


@pytest.fixture
def partner(forum):
    return person(forum, name="Pat Partner")


@pytest.fixture
def commitment(keeper, partner):
    found = keeper.commitments.get()
    CoOwner.objects.create(commitment=found, attendee=partner)
    return found


def test_staff_say_who_shares_it_and_take_it_back(client, keeper, partner):
    client.force_login(make_user())
    shared = keeper.commitments.get()
    address = f"/staff/commitments/{shared.pk}/sharing/"
    assert "Nobody else yet" in client.get(address).content.decode()

    unknown = client.post(address, {"person": "Nobody At All"})
    client.post(address, {"person": "Pat Partner"})
    client.post(address, {"person": "Pat Partner"})

    assert unknown.status_code == 422
    (co_owner,) = CoOwner.objects.all()
    assert (co_owner.commitment, co_owner.attendee) == (shared, partner)
    assert client.post(address, {"person": "Kay Keeper"}).status_code == 422
    assert "Shared by" in client.get(f"/staff/attendees/{keeper.pk}/").content.decode()
    assert "Open a joint clinic" in client.get(f"/staff/attendees/{partner.pk}/").content.decode()
    for remove in ["x", "999999", str(co_owner.pk)]:
        client.post(address, {"remove": remove})
    assert not CoOwner.objects.exists()


def test_one_is_asked_and_the_others_are_not_told_that_they_promised_nothing(keeper, partner, commitment, forum):
    other = person(forum)
    Wave.objects.filter(pk=follow_ups.plan(forum, by=None).pk).update(asks_those_without=True)

    follow_ups.prepare()

    assert dict(Message.objects.values_list("attendee", "kind")) == {
        keeper.pk: "commitments",
        other.pk: "no-commitment",
    }
    row = forum.wave.rehearsal.get(attendee=partner)
    assert row.why_not == "They share a commitment, and the person it stands with is asked."


def test_emails_say_how_many_share_it_and_name_nobody(keeper, partner, commitment, mailoutbox, any_hour):
    follow_ups.prepare()
    outbox.send_due()
    outbox.send_receipt(keeper.pk)

    assert [email.subject[:8] for email in mailoutbox] == ["What bec", "What you"]
    for email in mailoutbox:
        for part in [email.body, email.alternatives[0].content]:
            assert part.count("You share it with 1 other person. Any of you may answer") == 1
            assert partner.name not in part


def test_any_of_them_may_answer_and_all_see_it(client, keeper, partner, commitment):
    theirs, its = make_link(partner), make_link(keeper)
    page = client.get(f"/answer/{theirs}/").content.decode()
    assert "Open a joint clinic" in page
    assert "You share it with 1 other person" in page
    assert keeper.name not in page

    client.post(f"/answer/{theirs}/", card(commitment, outcome="done") | {"save": "all"})

    answer = Answer.objects.get()
    assert (answer.commitment, answer.via, answer.by) == (commitment, "co-owner", None)
    assert "the link of somebody who shares it" in client.get(f"/answer/{its}/").content.decode()
    assert Attendee.objects.answered().filter(pk=keeper.pk).exists()
    assert f"/pass-on/{commitment.pk}/" not in client.get(f"/answer/{theirs}/").content.decode()
    assert client.get(f"/answer/{theirs}/pass-on/{commitment.pk}/").status_code == 404


def test_whoever_shares_one_can_ask_for_a_link_of_their_own(
    client,
    keeper,
    partner,
    commitment,
    mailoutbox,
    any_hour,
    worker_at_once,
    django_capture_on_commit_callbacks,
):
    follow_ups.prepare()
    outbox.send_due()
    mailoutbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/answer/fresh/", {"email": partner.email})

    (email,) = mailoutbox
    assert email.to == [partner.email]
    link = re.search(r"/answer/[\w-]{43}/", email.body).group()
    assert "Open a joint clinic" in client.get(link).content.decode()


def test_it_is_counted_once(keeper, partner, commitment, forum):
    follow_ups.prepare()

    made = reports.follow_up(forum, for_staff=True).made

    assert (made.commitments, made.people) == (1, 1)


def test_nobody_shares_a_commitment_with_themselves(keeper, partner, commitment):
    passing_on.move(commitment, partner, by=make_staff())

    assert not CoOwner.objects.exists()


def test_merging_keeps_what_is_shared(forum, keeper, partner, commitment):
    twin = person(forum, email="")
    merging.merge(twin, partner, by=make_staff())
    assert CoOwner.objects.get().attendee == twin

    other = person(forum, email="")
    CoOwner.objects.create(commitment=commitment, attendee=other)
    merging.merge(twin, other, by=make_staff())
    assert CoOwner.objects.get().attendee == twin

    merging.merge(keeper, twin, by=make_staff())
    assert not CoOwner.objects.exists()


def test_an_organisations_commitment_says_so(client, keeper, commitment):
    client.force_login(make_user())
    client.post(
        f"/staff/commitments/{commitment.pk}/edit/", {"text": commitment.text, "organisation": "Bromley Healthcare"}
    )

    assert "Made for <bdi>Bromley Healthcare</bdi>" in client.get(f"/staff/attendees/{keeper.pk}/").content.decode()
    assert (
        "You made it for <bdi>Bromley Healthcare</bdi>" in client.get(f"/answer/{make_link(keeper)}/").content.decode()
    )


def test_the_database_refuses_to_share_twice_and_an_answer_by_staff_through_a_link(partner, commitment):
    with pytest.raises(IntegrityError), transaction.atomic():
        CoOwner.objects.create(commitment=commitment, attendee=partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(commitment=commitment, outcome="done", via="co-owner", by=make_staff())
