import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives import confirming, contacts, tasks, versions
from initiatives.models import Confirmation, Contact, ProblemReport
from tests.factories import make_area, make_contact, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make_initiative(title="Falls car", slug="falls-car", areas=[make_area("NEL")])


@pytest.fixture
def contact(entry):
    return make_contact(entry, name="Jo Gone", role="GP", email="jo@example.org")


def left(client, contact, **more):
    sent = {"seen": versions.latest(contact.initiative), "left_on": "2026-03-02", "left_note": "Told by phone"} | more
    return client.post(f"/staff/initiatives/contacts/{contact.pk}/left/", sent)


def text(client, address):
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).split())


def failed(contact, failure="SMTPRecipientsRefused: the mail server did not take it", **fields):
    known = {"email": contact.email, "asked_at": timezone.now(), "expires_at": timezone.now() + timedelta(days=60)}
    known |= {"name": contact.name, "token_hash": f"hash {Confirmation.objects.count()}"}
    return Confirmation.objects.create(initiative=contact.initiative, failure=failure, **known | fields)


def test_the_page_says_that_a_contact_has_left_and_hides_the_address(client, staff, contact):
    assert left(client, contact).status_code == 302

    page = client.get("/initiatives/falls-car/").content.decode()
    assert "jo@example.org" not in page
    said = text(client, "/initiatives/falls-car/")
    assert "Has left this post (Monday 2 March 2026). The Senate is looking for a new contact." in said
    assert "Told by phone" not in said
    for address in ["/initiatives/compare/?entry=falls-car", "/initiatives.csv", "/api/v1/initiatives/falls-car/"]:
        found = client.get(address)
        told = found.getvalue().decode()
        assert "jo@example.org" not in told
        assert "Told by phone" not in told
    (told,) = client.get("/api/v1/initiatives/falls-car/").json()["contacts"]
    assert told == {
        "name": "Jo Gone",
        "role": "GP",
        "organisation": None,
        "email": "",
        "kind": "person",
        "left_on": "2026-03-02",
        "successor": None,
    }
    assert "Jo Gone, GP, has left" in client.get("/initiatives.csv").getvalue().decode()


def test_somebody_new_takes_over(client, staff, contact):
    new = {"new_name": "Sam Next", "new_role": "Nurse", "new_email": "sam@example.org", "new_is_public": "on"}
    left(client, contact, **new)

    contact.refresh_from_db()
    successor = contact.successor
    assert (successor.name, successor.role, successor.email, successor.position) == (
        "Sam Next",
        "Nurse",
        "sam@example.org",
        2,
    )
    page = text(client, "/initiatives/falls-car/")
    assert "Sam Next took over." in page
    assert page.index("sam@example.org") < page.index("Has left this post"), "who can be asked comes first"
    assert "Jo Gone, GP, has left, Sam Next took over" in client.get("/initiatives.csv").getvalue().decode()
    assert contact.initiative.__class__.objects.edited_since_review().get().edited_by == staff


def test_another_contact_of_the_entry_takes_over(client, staff, contact):
    other = make_contact(contact.initiative, name="Sam Next", email="sam@example.org")

    left(client, contact, successor=other.pk)

    contact.refresh_from_db()
    assert contact.successor == other
    assert list(contacts.lost()) == []


def test_a_successor_who_has_not_agreed_is_named_to_staff_alone(client, staff, contact):
    left(client, contact, new_name="Sam Shy", new_email="sam@example.org")

    page = text(client, "/initiatives/falls-car/")
    assert "Sam Shy" not in page
    assert "The Senate is looking for a new contact" in page
    assert "Sam Shy took over" in text(client, f"/staff/initiatives/{contact.initiative_id}/")
    assert list(contacts.lost()) == [contact]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"left_on": ""}, "left_on"),
        ({"left_on": "2999-01-01"}, "left_on"),
        ({"new_email": "sam@example.org"}, "new_name"),
        ({"new_name": "Sam", "new_email": "nonsense"}, "new_email"),
        ({"new_name": "The team", "new_kind": "mailbox"}, "new_email"),
        ({"new_name": "Sam", "new_kind": "robot"}, "new_kind"),
        ({"successor": "999999"}, "successor"),
        ({"successor": "other", "new_name": "Sam"}, "new_name"),
        ({"successor": "stranger"}, "successor"),
        ({"successor": "itself"}, "successor"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box(client, staff, contact, sent, field):
    named = {
        "other": make_contact(contact.initiative, name="Other").pk,
        "stranger": make_contact(make_initiative(), name="Stranger").pk,
        "itself": contact.pk,
    }
    sent = {name: named.get(value, value) for name, value in sent.items()}

    response = left(client, contact, **sent)

    assert response.status_code == 422
    assert list(response.context_data["form"].errors) == [field]
    contact.refresh_from_db()
    assert contact.left_on is None


def test_nothing_is_saved_over_what_somebody_else_changed_meanwhile(client, staff, contact):
    seen = versions.latest(contact.initiative)
    make_contact(contact.initiative, name="Other")

    assert left(client, contact, seen=seen).status_code == 409

    contact.refresh_from_db()
    assert contact.left_on is None


def test_that_a_contact_has_left_can_be_undone(client, staff, contact):
    left(client, contact, new_name="Sam Next", new_is_public="on")

    client.post(f"/staff/initiatives/contacts/{contact.pk}/back/")

    contact.refresh_from_db()
    assert (contact.left_on, contact.left_note, contact.successor) == (None, "", None)
    assert "jo@example.org" in client.get("/initiatives/falls-car/").content.decode()


def test_going_back_to_an_earlier_version_keeps_who_followed_whom(client, staff, contact):
    left(client, contact, new_name="Sam Next", new_is_public="on")
    entry = contact.initiative
    version = versions.of(entry)[0]
    assert (
        "Jo Gone, GP, jo@example.org, left on 2026-03-02, Told by phone, followed by Sam Next"
        in (versions.said([version])["contacts"])
    )
    entry.contacts.all().delete()

    versions.restore(entry, version)

    assert Contact.objects.get(name="Jo Gone").successor == Contact.objects.get(name="Sam Next")


def test_nobody_writes_to_a_contact_who_has_left(contact, mailoutbox):
    tasks.ask_contact(contact.pk)
    link = re.search(r"/confirm/\S+", mailoutbox.pop().body)[0]
    Contact.objects.update(left_on=date(2026, 3, 2))

    tasks.ask_contact(contact.pk)

    assert mailoutbox == []
    assert Confirmation.objects.find(link.split("/")[2], timezone.now()) is None


def test_the_nights_question_goes_to_a_mailbox_where_no_person_can_be_reached(entry, mailoutbox):
    make_contact(entry, name="The team", kind="mailbox", email="team@example.org")
    person = make_contact(entry, name="Jo", email="jo@example.org")
    assert [one.name for one in contacts.to_ask(entry)] == ["Jo", "The team"]
    failed(person, asked_at=timezone.now() - timedelta(days=400))
    entry.verified_on, entry.verified_by = timezone.localdate() - timedelta(days=366), "Somebody"
    entry.save()

    confirming.ask_due(timezone.localdate())

    assert [mail.to for mail in mailoutbox] == [["team@example.org"]]


def test_a_contact_says_by_their_link_that_they_have_left(client, contact, mailoutbox):
    tasks.ask_contact(contact.pk)
    link = re.search(r"/confirm/\S+", mailoutbox[0].body)[0]

    response = client.post(link, {"right": "left", "changed": "Ask Sam Next."})

    assert response.status_code == 200
    contact.refresh_from_db()
    assert (contact.left_on, contact.left_note) == (timezone.localdate(), confirming.LEFT_NOTE)
    assert contact.initiative.verified_on is None
    assert ProblemReport.objects.get().text == "Ask Sam Next."
    assert "Has left this post" in text(client, "/initiatives/falls-car/")
    assert client.get(link).status_code == 404


def test_staff_see_who_was_lost_and_which_entries_have_nobody_left(client, staff, contact):
    other = make_initiative(title="Another car")
    gone = make_contact(other, name="Al Gone", left_on=date(2026, 3, 2))
    make_contact(other, name="Bo Here", email="bo@example.org")
    make_contact(make_initiative(title="A draft", publication="draft"), name="Draft", left_on=date(2026, 3, 2))
    make_contact(make_initiative(title="Hidden"), name="Hidden", is_public=False, left_on=date(2026, 3, 2))
    failed(contact)

    assert set(contacts.lost().values_list("name", "others")) == {("Jo Gone", False), ("Al Gone", True)}
    page = text(client, "/staff/initiatives/contacts/")
    assert "Could not be reached. SMTPRecipientsRefused" in page
    assert page.index("Jo Gone") < page.index("Al Gone")
    assert "Jo Gone" not in text(client, "/staff/initiatives/contacts/?others=another")
    assert "Contacts lost 2" in text(client, "/staff/")
    gone.successor = other.contacts.get(name="Bo Here")
    gone.save()
    contact.email = "new@example.org"
    contact.save()
    assert "Every contact is still there" in text(client, "/staff/initiatives/contacts/")


def test_a_question_that_was_taken_at_last_makes_up_for_one_that_failed(contact):
    failed(contact, asked_at=timezone.now() - timedelta(days=2))
    assert list(contacts.lost()) == [contact]

    failed(contact, failure="")

    assert list(contacts.lost()) == []


def test_the_list_takes_as_many_queries_for_one_contact_as_for_three(
    client, staff, contact, django_assert_num_queries, django_assert_max_num_queries
):
    Contact.objects.update(left_on=date(2026, 3, 2))
    with django_assert_max_num_queries(12) as one:
        client.get("/staff/initiatives/contacts/")
    for _ in range(2):
        make_contact(make_initiative(), left_on=date(2026, 3, 2))
    with django_assert_num_queries(len(one)):
        client.get("/staff/initiatives/contacts/")


def test_a_mailbox_is_told_apart_from_a_person(client, entry):
    make_contact(entry, name="Falls team", kind="mailbox", email="falls@example.org")

    assert "A mailbox of the team" in text(client, "/initiatives/falls-car/")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "mailbox"}, "contact_mailbox_with_address"),
        ({"left_note": "By phone"}, "contact_left_before_a_successor"),
        ({"successor": "other"}, "contact_left_before_a_successor"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(entry, contact, fields, constraint):
    fields = {name: contact if value == "other" else value for name, value in fields.items()}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_contact(entry, **fields)
    with pytest.raises(IntegrityError, match="contact_successor_is_another"), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(left_on=date(2026, 3, 2), successor=contact)
