"""Everybody meets what was decided for them. An address that nobody decided about fails the walk."""

import re

import pytest
from django.urls import reverse

from commitments.models import Attendee
from initiatives.models import AreaLead
from senate_portal.accounts.models import AuditEntry, User
from tests.factories import (
    make_area,
    make_forum,
    make_forum_with_feedback,
    make_point,
    make_user,
)
from tests.permissions import ACCESS, ROLES, ROUTES, STAFF

pytestmark = pytest.mark.django_db


def test_somebody_decided_about_every_address():
    assert set(ROUTES) == set(ACCESS)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_was_decided(client, addresses, role):
    if role:
        client.force_login(make_user(role))

    wrong = {
        name: (got, decided[ROLES.index(role)])
        for name, decided in ACCESS.items()
        if (got := client.get(addresses[name]).status_code) != decided[ROLES.index(role)]
    }

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_post_opens_no_page_that_a_get_does_not(client, addresses, role):
    """With nothing in it, a POST changes nothing and is refused by the same people."""
    if role:
        client.force_login(make_user(role))
    staff_only = [name for name, answers in ACCESS.items() if answers[:2] == STAFF[:2]]

    got = {name: client.post(addresses[name]).status_code for name in staff_only}

    if role in [None, User.Role.LEAD]:
        assert got == {name: ACCESS[name][ROLES.index(role)] for name in staff_only}
    else:
        got = {name: status for name, status in got.items() if ACCESS[name][ROLES.index(role)] != 403}
        assert not {302, 403, 404, 500} & set(got.values()) - {302, 404}


@pytest.mark.parametrize("role", [None, User.Role.STAFF])
@pytest.mark.parametrize("verb", ["put", "delete"])
def test_verbs_that_no_page_uses_do_nothing(client, addresses, role, verb):
    """None fails, none changes anything, and none tells more than a GET would."""
    if role:
        client.force_login(make_user(role))
    before = Attendee.objects.count(), AuditEntry.objects.count()

    got = {name: getattr(client, verb)(address).status_code for name, address in addresses.items()}

    assert {name: status for name, status in got.items() if status >= 500} == {}
    assert Attendee.objects.count() == before[0]
    refused = {name for name, answers in ACCESS.items() if answers[ROLES.index(role)] in {302, 403, 404}}
    told = {name: got[name] for name in refused if got[name] not in {302, 401, 403, 404, 405}}
    assert told == {}


def without_token(response, address):
    """The page without its address and the token of its forms, which is another one each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', "", response.content.decode()).replace(address, "")


@pytest.mark.parametrize("role", ROLES)
def test_ids_of_others_answer_exactly_as_ids_that_do_not_exist(client, addresses, role):
    """Whoever may not see a record cannot tell whether there is one."""
    if role:
        client.force_login(make_user(role))
    hidden = {
        name: address for name, address in addresses.items() if ACCESS[name][ROLES.index(role)] in {302, 403, 404}
    }

    different = {}
    for name, address in hidden.items():
        absent = re.sub(r"/\d+/", "/999999/", address)
        if absent != address:
            there, not_there = client.get(address), client.get(absent)
            bodies = [without_token(there, address), without_token(not_there, absent)]
            if there.status_code != not_there.status_code or bodies[0] != bodies[1]:
                different[name] = (there.status_code, not_there.status_code)

    assert different == {}


@pytest.mark.parametrize("name", ["forum", "stp_feedback:feedback", "api:forum-detail", "api:feedback-list"])
def test_what_is_hidden_answers_like_what_does_not_exist(client, name):
    make_point(make_forum(slug="kept-back", is_published=False))

    hidden = client.get(reverse(name, kwargs={"slug": "kept-back"}))
    absent = client.get(reverse(name, kwargs={"slug": "absent"}))

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content.replace(b"kept-back", b"") == absent.content.replace(b"absent", b"")


def test_a_lead_sees_drafts_of_their_own_area_only(client):
    forum = make_forum_with_feedback(slug="care")
    make_point(forum, make_area("NEL"), state="draft", text="Draft of NEL")
    make_point(forum, make_area("SEL"), state="draft", text="Draft of SEL")
    lead = make_user(User.Role.LEAD)
    AreaLead.objects.create(area=make_area("NEL"), user=lead)
    client.force_login(lead)

    page = client.get("/forums/care/feedback/").content.decode()

    assert "Draft of NEL" in page
    assert "Draft of SEL" not in page


@pytest.mark.parametrize("verb", ["get", "post"])
def test_whoever_sees_a_person_leaves_a_trace(client, addresses, verb):
    """Of every page that shows the attendee's name or address to an administrator, an audit entry is kept."""
    client.force_login(make_user(User.Role.ADMIN))
    person = Attendee.objects.get()
    open_to_its_holder = {addresses[name] for name in ["commitments:answer", "commitments:thanks"]}
    seen, kept = set(), set()
    for address in addresses.values():
        response = getattr(client, verb)(address, {"why": "A check"} if verb == "post" else {})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if person.name.encode() in body or person.email.encode() in body:
            seen.add(address)
        if AuditEntry.objects.filter(page=address, verb=verb.upper()).exists():
            kept.add(address)

    assert seen - kept - open_to_its_holder == set()
    assert len(seen) > 5
