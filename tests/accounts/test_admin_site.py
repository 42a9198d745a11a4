import pytest
from django.core import mail

from senate_portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/auth/group/", "/admin/nowhere/"])
@pytest.mark.parametrize("role", [None, User.Role.LEAD, User.Role.STAFF])
def test_administration_is_hidden(client, settings, address, role):
    settings.DEMONSTRATION = True
    if role:
        client.force_login(User.objects.create_user("jo@example.org", name="Jo Example", role=role))

    assert client.get(address).status_code == 404


def test_administrators_see_it(client, settings):
    settings.DEMONSTRATION = True
    client.force_login(User.objects.create_superuser("ada@example.org", name="Ada Example"))

    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/").url == "/admin/"


def test_administrators_need_the_second_factor(client):
    client.force_login(User.objects.create_superuser("ada@example.org", name="Ada Example"))

    assert client.get("/admin/").url == "/accounts/second-factor/totp/activate/"


def test_administrators_invite_people_who_then_sign_in_by_code(client, settings):
    settings.DEMONSTRATION = True
    client.force_login(User.objects.create_superuser("ada@example.org", name="Ada Example"))

    client.post(
        "/admin/accounts/user/add/",
        {"name": "Jo Example", "email": "jo@example.org", "role": "lead", "is_active": "on"},
    )

    assert not User.objects.get(email="jo@example.org").has_usable_password()
    client.logout()
    client.post("/accounts/login/", {"login": "jo@example.org"})
    assert mail.outbox[-1].to == ["jo@example.org"]
