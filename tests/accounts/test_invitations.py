import pytest
from django.contrib.sessions.models import Session

from senate_portal.accounts import invitations
from senate_portal.accounts.models import User
from tests.factories import make_area, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_user(name="Sam Staff")


@pytest.fixture
def admin():
    return make_user(User.Role.ADMIN, name="Ada Admin")


def invite(client, **fields):
    return client.post(
        "/staff/accounts/invite/", {"name": "Lee Lead", "email": "Lee@Example.org"} | fields, follow=True
    )


def test_staff_invite_the_lead_of_an_area(client, staff, mailoutbox):
    client.force_login(staff)
    page = invite(client, role="lead", areas=[make_area("NEL").pk]).content.decode()
    assert "Lee Lead is invited." in page
    lead = User.objects.get(email="lee@example.org")
    assert (lead.name, lead.role, lead.has_usable_password()) == ("Lee Lead", "lead", False)
    assert [area.code for area in lead.areas.all()] == ["NEL"]
    assert lead.events.get().pgh_context.metadata["user"] == staff.pk
    (email,) = mailoutbox
    assert email.to == ["lee@example.org"]
    assert "http://localhost:8000/accounts/login/" in email.body
    assert "Your role there: STP lead" in email.body


def test_the_invited_lead_gets_a_code(client, staff, mailoutbox):
    client.force_login(staff)
    invite(client, role="lead", areas=[make_area("NEL").pk])
    client.logout()
    client.post("/accounts/login/", {"login": "lee@example.org"})
    assert [email.to for email in mailoutbox] == [["lee@example.org"]] * 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"role": "staff"}, "Select a valid choice"),
        ({"role": "lead"}, "Choose at least one area"),
        ({"role": "lead", "email": "user@example.org"}, "Somebody has an account with this email address already"),
        ({"role": "lead", "email": "nobody"}, "Enter an email address like"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(client, staff, mailoutbox, fields, words):
    make_user(email="USER@example.org")
    client.force_login(staff)
    response = invite(client, **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert (User.objects.count(), mailoutbox) == (2, [])


def test_only_administrators_invite_staff(client, admin, staff, mailoutbox):
    with pytest.raises(invitations.NotAllowedError):
        invitations.invite(name="Lee", email="lee@example.org", role="staff", by=staff)
    client.force_login(admin)
    invite(client, role="staff")
    assert User.objects.get(email="lee@example.org").role == "staff"


def test_an_account_stands_though_the_email_did_not_leave(client, staff, settings):
    settings.EMAIL_BACKEND = "senate_portal.lib.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(staff)
    page = invite(client, role="lead", areas=[make_area("NEL").pk]).content.decode()
    assert "the email did not leave" in page
    assert User.objects.filter(email="lee@example.org").exists()


def test_a_closed_account_is_signed_out_with_the_next_click(client, admin, staff):
    client.force_login(staff)
    assert client.get("/staff/").status_code == 200
    invitations.set_open(staff, False, by=admin)
    assert Session.objects.count() == 1
    assert client.get("/staff/").status_code == 302
    assert client.get("/accounts/").status_code == 302


def test_a_closed_account_gets_no_code(client, admin, staff, mailoutbox):
    invitations.set_open(staff, False, by=admin)
    client.post("/accounts/login/", {"login": staff.email})
    assert mailoutbox == []


def test_an_account_is_closed_and_opened_on_the_page(client, admin):
    lead = make_user(User.Role.LEAD, name="Lee Lead")
    client.force_login(admin)
    client.post(f"/staff/accounts/{lead.pk}/close/")
    lead.refresh_from_db()
    assert not lead.is_active
    assert "Open again" in client.get("/staff/accounts/").content.decode()
    client.post(f"/staff/accounts/{lead.pk}/open/")
    lead.refresh_from_db()
    assert lead.is_active


def test_nobody_closes_their_own_account_nor_staff_that_of_staff(client, admin, staff):
    other = make_user()
    for by, user in [(admin, admin), (staff, staff), (staff, other), (staff, admin)]:
        client.force_login(by)
        page = client.post(f"/staff/accounts/{user.pk}/close/", follow=True).content.decode()
        assert "You may not open or close this account." in page
    assert not User.objects.filter(is_active=False).exists()


@pytest.mark.parametrize(("own", "role"), [(True, "admin"), (False, "lead")])
def test_an_administrator_changes_no_role_of_their_own(client, own, role):
    admin = make_user(User.Role.ADMIN, is_superuser=True)
    user = admin if own else make_user()
    client.force_login(admin)
    fields = {"name": user.name, "email": user.email, "role": "lead", "is_active": "on"}
    assert client.post(f"/admin/accounts/user/{user.pk}/change/", fields).status_code == 302
    user.refresh_from_db()
    assert (user.role, user.is_superuser) == (role, own)
