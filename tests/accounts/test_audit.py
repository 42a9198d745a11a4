import pytest
from django.db import InternalError, transaction

from senate_portal.accounts.models import AuditEntry, User
from tests.factories import make_attendee, make_forum, make_link, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def attendee():
    return make_attendee(make_forum(slug="autumn"), name="Zuleika Quillfeather", email="zuleika@example.org")


def entries():
    return list(AuditEntry.objects.order_by("pk").values_list("by__name", "verb", "page"))


def test_looking_at_a_person_is_kept_without_what_was_searched_for(client, attendee):
    client.force_login(make_user(name="Sam Staff"))
    client.get(f"/staff/attendees/{attendee.pk}/")
    client.get("/staff/attendees/?search=Quillfeather")
    client.post(f"/staff/attendees/{attendee.pk}/stop/")
    assert entries() == [
        ("Sam Staff", "GET", f"/staff/attendees/{attendee.pk}/"),
        ("Sam Staff", "GET", "/staff/attendees/"),
        ("Sam Staff", "POST", f"/staff/attendees/{attendee.pk}/stop/"),
    ]


def test_looking_through_the_administration_is_kept(client, attendee):
    client.force_login(make_user(User.Role.ADMIN, is_superuser=True))
    assert client.get(f"/admin/commitments/attendee/{attendee.pk}/change/").status_code == 200
    assert [page for _, _, page in entries()] == [f"/admin/commitments/attendee/{attendee.pk}/change/"]


def test_who_was_refused_and_who_holds_a_link_leave_no_trace(client, attendee):
    client.get(f"/answer/{make_link(attendee)}/")
    client.get(f"/staff/attendees/{attendee.pk}/")
    client.force_login(make_user(User.Role.LEAD))
    client.get(f"/staff/attendees/{attendee.pk}/")
    client.force_login(make_user())
    client.get("/initiatives/")
    assert entries() == []


def test_an_entry_cannot_be_changed():
    AuditEntry.objects.create(by=make_user(), verb="GET", page="/staff/")
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        AuditEntry.objects.update(page="/elsewhere/")


def test_staff_see_their_own_visits_and_administrators_all(client, attendee):
    staff, admin = make_user(name="Sam Staff"), make_user(User.Role.ADMIN, name="Ada Admin")
    for user in [staff, admin]:
        client.force_login(user)
        client.get(f"/staff/attendees/{attendee.pk}/")
    page = client.get("/staff/audit/", {"address": f"attendees/{attendee.pk}/"}).content.decode()
    assert "2 visits" in page
    page = client.get("/staff/audit/", {"address": f"attendees/{attendee.pk}/", "by": staff.pk}).content.decode()
    assert "1 visit<" in page
    client.force_login(staff)
    page = client.get("/staff/audit/", {"by": admin.pk}).content.decode()
    assert "0 visits" in page


def test_reasons_of_downloads_are_shown_to_whoever_may(client, attendee):
    staff = make_user()
    client.force_login(staff)
    client.post("/staff/chase/", {"why": "To ring them", "format": "csv"})
    assert "To ring them" in client.get("/staff/downloads/").content.decode()
    client.force_login(make_user())
    assert "To ring them" not in client.get("/staff/downloads/").content.decode()
