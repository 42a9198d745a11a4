from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commitments import importing
from commitments.importing import Kind
from commitments.models import Attendee, AttendeeImport, Objection
from senate_portal.accounts.models import User
from tests.factories import make_area, make_attendee, make_forum, make_user
from tests.pages import words_of

pytestmark = pytest.mark.django_db

UPLOAD = "/staff/forums/spring/import/"
LIST = """First Name,Surname,Email Address,Company,Job Title,STP
Ada,Sample,Ada@Example.org,Trust,Nurse,NEL
Bo,Mock,bo@example.org,,,
"""


@pytest.fixture
def forum():
    make_area("NEL", name="North East London")
    return make_forum(slug="spring", held_on=date(2026, 3, 2))


def upload(client, content=LIST, name="list.csv"):
    response = client.post(UPLOAD, {"file": SimpleUploadedFile(name, content.encode())})
    return response.url


COLUMNS = {"first_name": 0, "last_name": 1, "email": 2, "organisation": 3, "role": 4, "area": 5}


def kinds(forum, rows, columns=COLUMNS):
    found = importing.preview(forum, rows, columns, came=True)
    return [row.kind for row in found.rows]


def test_known_headings_are_matched_by_themselves():
    assert importing.guess(["First Name", "Surname", "Email Address", "Company", "Job Title", "STP"]) == COLUMNS
    assert importing.guess(["Attendee_Name", "Shoe size"]) == {"name": 0}


def test_list_is_previewed_then_imported(client, staff, forum):
    address = upload(client)
    page = words_of(client.get(address))
    assert "New 2 Changed 0 The same 0 Wrong 0" in page
    assert not Attendee.objects.exists()

    response = client.post(address, COLUMNS | {"came": "on"}, follow=True)

    assert "The list is imported: 2 new, 0 changed." in words_of(response)
    ada = Attendee.objects.get(email="ada@example.org")
    assert (ada.name, ada.organisation, ada.role, ada.area.code, ada.came) == (
        "Ada Sample",
        "Trust",
        "Nurse",
        "NEL",
        True,
    )
    assert ada.agreed_at is None
    assert not AttendeeImport.objects.exists()


def test_importing_again_changes_nothing(client, staff, forum):
    client.post(upload(client), COLUMNS | {"came": "on"})
    again = upload(client)

    assert "Everything in this list is on record already" in words_of(client.get(again))
    client.post(again, COLUMNS | {"came": "on"})
    assert Attendee.objects.count() == 2


def test_columns_can_be_matched_by_hand(client, staff, forum):
    address = upload(client, "Wer,Wo\nAda Sample,ada@example.org\n")
    assert "Wrong 1" in words_of(client.get(address))

    assert "New 1" in words_of(client.get(f"{address}?name=0&email=1"))
    assert "Say which column holds the name" in words_of(client.get(f"{address}?email=1"))
    assert client.post(address, {"email": 1}).status_code == 422
    client.post(address, {"name": 0, "email": 1})

    assert Attendee.objects.get().email == "ada@example.org"


def test_empty_cell_takes_nothing_away_and_a_new_one_is_taken_over(forum):
    attendee = make_attendee(forum, name="Ada Sample", email="ada@example.org", organisation="Trust")

    found = importing.preview(forum, [["Ada", "Sample", "ada@example.org", "", "Nurse", ""]], COLUMNS, came=True)

    (row,) = found.rows
    assert row.kind == Kind.CHANGED
    assert row.attendee == attendee
    assert (row.attendee.organisation, row.attendee.role) == ("Trust", "Nurse")


def test_wrong_cells_are_named_and_nothing_is_imported(client, staff, forum):
    address = upload(client, LIST + "Cy,Test,no address,,,Mars\n" + ",,x@example.org,,,\n")

    page = words_of(client.get(address))
    response = client.post(address, COLUMNS, follow=True)

    assert "C4 Not an email address" in page
    assert "F4 Not one of the five STP areas" in page
    assert "A5 The name is missing" in page
    assert "nothing was imported" in words_of(response)
    assert not Attendee.objects.exists()


def test_same_address_twice_needs_the_same_name(forum):
    rows = [
        ["Ada", "Sample", "ada@example.org"],
        ["ADA", "SAMPLE", "ada@example.org"],
        ["Bo", "Mock", "ada@example.org"],
    ]
    rows = [[*row, "", "", ""] for row in rows]

    assert kinds(forum, rows) == [Kind.NEW, Kind.SAME, Kind.WRONG]


def test_person_without_address_is_known_by_name(forum):
    make_attendee(forum, name="Ada Sample", email="", came=True)

    assert kinds(forum, [["ada", "sample", "", "", "", ""], ["Bo", "Mock", "", "", "", ""]]) == [Kind.CHANGED, Kind.NEW]


def test_somebody_who_asked_us_to_stop_stays_stopped(client, staff, forum):
    Objection.objects.record("ada@example.org")

    client.post(upload(client), COLUMNS)

    assert Attendee.objects.get(email="ada@example.org").objected_at
    assert Attendee.objects.get(email="bo@example.org").objected_at is None


def test_preview_makes_two_queries_however_long_the_list(forum, django_assert_num_queries):
    rows = [[f"Name{number}", "Sample", f"n{number}@example.org", "", "", "NEL"] for number in range(2000)]

    with django_assert_num_queries(2):
        found = importing.preview(forum, rows, COLUMNS, came=True)

    assert len(found.of(Kind.NEW)) == 2000


def test_uploaded_list_is_seen_by_whoever_uploaded_it_and_goes_within_a_week(client, staff, forum):
    address = upload(client)
    client.force_login(make_user(User.Role.STAFF))
    assert client.get(address).status_code == 404
    AttendeeImport.objects.update(made_at=timezone.now() - timedelta(days=8))

    upload(client)

    assert AttendeeImport.objects.count() == 1


@pytest.mark.parametrize("content", ["", "Name\n", "\x00\x01\x02"])
def test_unreadable_file_is_told_beside_the_box(client, staff, forum, content):
    response = client.post(UPLOAD, {"file": SimpleUploadedFile("list.csv", content.encode())})

    assert response.status_code == 422
    assert 'id="id_file_error"' in response.content.decode()


@pytest.mark.parametrize("query", ["?name=99", "?name=x", "?name=-1"])
def test_unknown_columns_are_told(client, staff, forum, query):
    response = client.get(upload(client) + query)

    assert response.status_code == 200
    assert "Select a valid choice" in words_of(response)
