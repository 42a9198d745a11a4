"""A commitment that is somebody else's: not theirs, handed to a colleague, given to whoever made it by staff."""

import re

import pytest
from django.core.cache import cache

from commitments import history, outbox, passing_on
from commitments.models import Attendee, HandOver, Objection
from tests.commitments.test_answering import card
from tests.factories import make_attendee, make_commitment, make_forum, make_link, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def giver():
    return make_attendee(make_forum(title="Forum of tests"), name="Ada Sample", email="ada@example.org")


@pytest.fixture
def commitment(giver):
    return make_commitment(giver, text="Ring the ward")


@pytest.fixture
def token(giver, commitment):
    return make_link(giver)


def pass_on(client, token, commitment, **fields):
    return client.post(f"/answer/{token}/pass-on/{commitment.pk}/", fields)


COLLEAGUE = {"way": "colleague", "name": "Bo Colleague", "email": "Bo@example.org"}


def test_blind_post_passes_nothing_on(client, token, commitment):
    response = pass_on(client, token, commitment)

    assert response.status_code == 422
    assert "Choose whose it is" in response.content.decode()
    commitment.refresh_from_db()
    assert not commitment.is_disowned


def test_not_mine_ends_the_asking_and_can_be_taken_back(client, token, giver, commitment):
    pass_on(client, token, commitment, way="not-mine")

    commitment.refresh_from_db()
    assert (commitment.is_disowned, commitment.withdrawn_why) == (True, "They told us that it is not theirs.")
    assert not Attendee.objects.with_commitments().filter(pk=giver.pk).exists()
    page = client.get(f"/answer/{token}/").content.decode()
    assert "Not yours, you told us" in page
    pass_on(client, token, commitment, way="mine")
    commitment.refresh_from_db()
    assert (commitment.is_disowned, commitment.withdrawn_at) == (False, None)


def test_colleague_gets_a_link_that_says_nothing_of_the_giver(
    client,
    token,
    giver,
    commitment,
    mailoutbox,
    worker_at_once,
    django_capture_on_commit_callbacks,
):
    client.post(f"/answer/{token}/", card(commitment, "under-way", what_happened="My secret struggle"))

    with django_capture_on_commit_callbacks(execute=True):
        response = pass_on(client, token, commitment, **COLLEAGUE)

    assert response.status_code == 302
    assert "You named a colleague for this" in client.get(f"/answer/{token}/").content.decode()
    (mail,) = mailoutbox
    assert mail.to == ["bo@example.org"]
    link = re.search(r"/answer/[\w-]{43}/", mail.body).group()
    offer = HandOver.objects.get()
    pages = [mail.body, mail.alternatives[0][0], client.get(link).content.decode()]
    pages.append(client.get(f"{link}offers/{offer.pk}/").content.decode())
    assert all("Ring the ward" in page for page in pages)
    client.post(f"{link}offers/{offer.pk}/", {"decision": "take"})
    pages.append(client.get(link).content.decode())
    assert not any(word in page for page in pages for word in ["Ada", "ada@", "secret", "Under way,"])


def test_taken_on_it_is_the_colleagues_and_history_says_who_held_it_when(client, token, giver, commitment):
    client.post(f"/answer/{token}/", card(commitment, "under-way"))
    pass_on(client, token, commitment, **COLLEAGUE)
    offer = HandOver.objects.get()
    colleague = offer.colleague
    assert colleague.unreachable_because == "They did not come to the forum."
    link = f"/answer/{make_link(colleague)}/"

    assert client.post(f"{link}offers/{offer.pk}/").status_code == 422
    client.post(f"{link}offers/{offer.pk}/", {"decision": "take"})

    commitment.refresh_from_db()
    colleague.refresh_from_db()
    assert (commitment.attendee, commitment.position) == (colleague, 1)
    assert (colleague.came, colleague.stands_in, colleague.unreachable_because) == (False, True, "")
    assert colleague.agreed_wording
    assert not Attendee.objects.answered().filter(pk=colleague.pk).exists()
    assert client.post(link, card(commitment, "done")).status_code == 302
    assert list(commitment.answers.values_list("outcome", flat=True)) == ["done", "under-way"]
    assert Attendee.objects.answered().get() == colleague
    told = {change.what for person in [giver, colleague] for change in history.of(person)}
    assert {"Hand-over to Bo Colleague: taken on", "Hand-over from Ada Sample: taken on"} <= told
    assert "Ring the ward" not in client.get(f"/answer/{token}/").content.decode()


def test_refused_it_stays_with_the_giver(client, token, giver, commitment):
    pass_on(client, token, commitment, **COLLEAGUE)
    offer = HandOver.objects.get()

    client.post(f"/answer/{make_link(offer.colleague)}/offers/{offer.pk}/", {"decision": "refuse"})

    commitment.refresh_from_db()
    assert commitment.attendee == giver
    assert not passing_on.take_on(offer)


def test_later_offer_replaces_an_earlier_one(client, token, commitment):
    pass_on(client, token, commitment, **COLLEAGUE)
    pass_on(client, token, commitment, **COLLEAGUE | {"email": "other@example.org"})

    assert [offer.state for offer in HandOver.objects.all()] == ["taken-back", "offered"]


def test_offer_is_seen_by_the_colleague_alone(client, token, commitment):
    pass_on(client, token, commitment, **COLLEAGUE)
    stranger = make_link(make_attendee())

    assert client.get(f"/answer/{stranger}/offers/{HandOver.objects.get().pk}/").status_code == 404
    assert client.get(f"/answer/{stranger}/pass-on/{commitment.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"way": "colleague"}, "Enter your colleague&#39;s name"),
        (COLLEAGUE | {"email": "nonsense"}, "Enter an email address"),
        (COLLEAGUE | {"email": "ada@example.org"}, "This is your own address"),
        (COLLEAGUE | {"name": "x" * 201}, "at most 200"),
    ],
)
def test_colleague_who_cannot_be_reached_is_told(client, token, commitment, fields, words):
    response = pass_on(client, token, commitment, **fields)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not HandOver.objects.exists()


def test_colleague_who_asked_us_to_stop_is_not_written_to(client, token, commitment, mailoutbox):
    Objection.objects.record("bo@example.org")
    pass_on(client, token, commitment, **COLLEAGUE)

    outbox.send_offer(HandOver.objects.get().pk)

    assert not mailoutbox


def test_nobody_is_made_to_write_to_many_strangers(client, token, commitment):
    for number in range(5):
        assert pass_on(client, token, commitment, **COLLEAGUE | {"email": f"{number}@example.org"}).status_code == 302

    assert pass_on(client, token, commitment, **COLLEAGUE).status_code == 429


def test_staff_give_a_disowned_commitment_to_whoever_made_it(client, token, giver, commitment):
    pass_on(client, token, commitment, way="not-mine")
    maker = make_attendee(giver.forum, name="Mo Maker")
    client.force_login(make_user())
    assert "Ring the ward" in client.get("/staff/asking/").content.decode()

    response = client.post(f"/staff/commitments/{commitment.pk}/move/", {"person": "mo maker"})

    assert response.status_code == 302
    commitment.refresh_from_db()
    assert (commitment.attendee, commitment.is_disowned, commitment.withdrawn_at) == (maker, False, None)
    assert client.post(f"/staff/commitments/{commitment.pk}/move/", {"person": "Nobody"}).status_code == 422
