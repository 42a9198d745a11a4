"""Commitments from a list: header matched on screen, a look at what would be added, all or nothing, and undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments import importing
from commitments.models import Attendee, AttendeeImport, Commitment, FinishedImport
from tests.factories import make_attendee, make_commitment, make_forum, make_key_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff")]

UPLOAD = "/staff/forums/spring/import-commitments/"


@pytest.fixture
def forum():
    return make_forum(slug="spring")


def upload(client, text, address=UPLOAD):
    response = client.post(address, {"file": SimpleUploadedFile("list.csv", text.encode())})
    assert response.status_code == 302, response.content.decode()
    return response.url


ROLE = {"organisation": 2, "role": 3}
COLUMNS = {"name": 0, "email": 1, "text": 2}
LIST = "Name,Email,Commitment\nAda Sample,ada@example.org,Ring the ward\nBo New,bo@example.org,Share the list\n"


def test_list_adds_commitments_and_whoever_is_new(client, forum):
    ada = make_attendee(forum, name="Dr A Sample", email="ada@example.org")
    make_commitment(ada, text="An earlier one")
    address = upload(client, LIST)

    page = client.get(address).content.decode()
    assert "<dt>New</dt><dd>2</dd>" in page
    assert "<dt>New people</dt><dd>1</dd>" in page
    assert "Share the list" in page
    client.post(address, COLUMNS)

    assert list(ada.commitments.values_list("position", "text")) == [(1, "An earlier one"), (2, "Ring the ward")]
    assert ada.commitments.last().attendee.name == "Dr A Sample"
    new = Attendee.objects.get(email="bo@example.org")
    assert (new.agreed_at, new.commitments.get().text) == (None, "Share the list")


def test_same_list_again_adds_nothing(client, forum):
    for expected in [2, 0]:
        address = upload(client, LIST)
        assert f"<dt>New</dt><dd>{expected}</dd>" in client.get(address).content.decode()
        client.post(address, COLUMNS)

    assert (Attendee.objects.count(), Commitment.objects.count()) == (2, 2)


def test_strange_headings_are_matched_on_screen(client, forum):
    address = upload(client, "Who,What they said,Topic\nAda Sample,Ring the ward,leadership; MONEY\n")
    for name in ["Leadership", "Money"]:
        make_key_theme(name, forum=forum)
    columns = {"name": 0, "text": 1, "key_themes": 2}
    assert "What they said" in client.get(address).content.decode()
    assert client.post(address, {"name": 0}).status_code == 422

    client.post(address, columns)

    commitment = Commitment.objects.get()
    assert set(commitment.key_themes.values_list("name", flat=True)) == {"Leadership", "Money"}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",,Ring the ward", "The name is missing"),
        ("Ada,nonsense,Ring", "Not an email address"),
        ("Ada,ada@example.org,", "The commitment is missing"),
        (f"Ada,ada@example.org,{'x' * 5001}", "Longer than 5,000 characters"),
        ("Twin,,Ring", "Several people have this name: add the email address"),
    ],
)
def test_one_wrong_row_stops_the_whole_list_and_is_told_by_its_cell(client, forum, row, problem):
    make_attendee(forum, name="Twin")
    make_attendee(forum, name="twin")
    address = upload(client, f"{LIST}{row}\n")

    page = client.get(address).content.decode()
    client.post(address, COLUMNS)

    assert problem in page
    assert "4</th>" in page
    assert not Commitment.objects.exists()


def test_new_person_with_two_commitments_is_added_once(client, forum):
    address = upload(client, "Name,Commitment\nAda Sample,Ring\nada sample,Share\n")

    client.post(address, {"name": 0, "text": 1})

    assert Attendee.objects.get().commitments.count() == 2


def test_preview_makes_the_same_queries_for_one_and_for_many(client, forum, django_assert_max_num_queries):
    lines = "".join(f"Person {number},p{number}@example.org,Promise {number}\n" for number in range(30))
    address = upload(client, f"Name,Email,Commitment\n{lines}")

    with django_assert_max_num_queries(12):
        client.get(address)


def test_undo_takes_back_what_the_import_added(client, forum):
    ada = make_attendee(forum, email="ada@example.org")
    client.post(upload(client, LIST), COLUMNS)
    done = FinishedImport.objects.get()

    response = client.post(f"/staff/imports/{done.pk}/undo/", follow=True)

    assert "The import is undone." in response.content.decode()
    assert list(Attendee.objects.all()) == [ada]
    assert not Commitment.objects.exists()


def test_undo_changes_nothing_once_somebody_has_answered(client, forum):
    client.post(upload(client, LIST), COLUMNS)
    Commitment.objects.first().answers.create(outcome="done")

    response = client.post(f"/staff/imports/{FinishedImport.objects.get().pk}/undo/", follow=True)

    assert "answered or handed over since. So nothing is undone." in response.content.decode().replace("\n", " ")
    assert Commitment.objects.count() == 2


def test_undo_of_people_puts_back_what_was_changed_unless_changed_since(client, forum, staff):
    ada = make_attendee(forum, name="Ada S", email="ada@example.org", organisation="Trust", role="Nurse")
    text = "Name,Email,Organisation,Role\nAda Sample,ada@example.org,Council,Matron\nBo,bo@example.org,,\n"
    client.post(upload(client, text, "/staff/forums/spring/import/"), COLUMNS | ROLE)
    ada.refresh_from_db()
    assert (ada.name, ada.organisation) == ("Ada Sample", "Council")
    Attendee.objects.filter(pk=ada.pk).update(role="Director")

    importing.undo(FinishedImport.objects.get(), by=staff)

    ada.refresh_from_db()
    assert (ada.name, ada.organisation, ada.role) == ("Ada S", "Trust", "Director")
    assert not Attendee.objects.filter(email="bo@example.org").exists()
    done = FinishedImport.objects.get()
    assert (done.changes, done.undone_by) == ([], staff)
    assert not AttendeeImport.objects.exists()
