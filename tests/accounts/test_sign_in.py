import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache

from senate_portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


def invited(role, email="jo@example.org", **fields):
    return User.objects.create_user(email, name="Jo Example", role=role, **fields)


def sign_in(client, email="jo@example.org"):
    client.post("/accounts/login/", {"login": email})
    code = re.search(r"^\S{4}-\S{4}$", mail.outbox[-1].body, re.MULTILINE).group()
    return client.post("/accounts/login/code/confirm/", {"code": code})


def test_lead_signs_in_with_an_emailed_code(client):
    invited(User.Role.LEAD)

    response = sign_in(client)

    assert response.status_code == 302
    assert response.url == "/"
    assert mail.outbox[0].subject == "Your sign-in code"
    assert "Jo Example" in client.get("/accounts/").content.decode()


def test_sign_in_page_asks_for_no_password(client):
    page = client.get("/accounts/login/").content.decode()

    assert 'type="password"' not in page
    assert 'name="login"' in page


def test_wrong_code_is_refused_beside_the_box(client):
    invited(User.Role.LEAD)
    client.post("/accounts/login/", {"login": "jo@example.org"})

    response = client.post("/accounts/login/code/confirm/", {"code": "WRONG"})

    page = response.content.decode()
    assert "<title>Error: Enter your code" in page
    assert 'href="#id_code"' in page
    assert "_auth_user_id" not in client.session


def test_unknown_address_gets_the_same_answer_and_no_email(client):
    invited(User.Role.LEAD)

    known = client.post("/accounts/login/", {"login": "jo@example.org"})
    unknown = client.post("/accounts/login/", {"login": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [["jo@example.org"]]


def test_a_closed_account_cannot_sign_in(client):
    invited(User.Role.LEAD, is_active=False)

    client.post("/accounts/login/", {"login": "jo@example.org"})

    assert mail.outbox == []


def test_nobody_signs_up_by_themselves(client):
    assert client.get("/accounts/signup/").status_code == 404


def test_staff_set_up_a_second_factor_before_anything_else(client):
    invited(User.Role.STAFF)
    sign_in(client)

    response = client.get("/staff/")

    assert response.status_code == 302
    assert response.url == "/accounts/second-factor/totp/activate/"

    page = client.get(response.url).content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", page).group(1)
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    client.post(response.url, {"code": code})

    assert client.get("/staff/").status_code == 200


def test_staff_type_the_code_of_their_app_at_each_sign_in(client):
    staff = invited(User.Role.STAFF)
    totp.TOTP.activate(staff, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(staff).get_unused_codes()

    response = sign_in(client)

    assert response.url.startswith("/accounts/second-factor/authenticate/")
    assert "_auth_user_id" not in client.session

    client.post("/accounts/second-factor/authenticate/", {"code": codes[0]})

    assert client.get("/staff/").status_code == 200


def test_a_lead_is_told_that_staff_pages_are_not_theirs(client):
    client.force_login(invited(User.Role.LEAD))

    response = client.get("/staff/")

    assert response.status_code == 403
    assert "You cannot see this page" in response.content.decode()


def test_sign_out_needs_a_post(client):
    client.force_login(invited(User.Role.LEAD))

    assert "Do you want to sign out?" in client.get("/accounts/logout/").content.decode()
    assert "_auth_user_id" in client.session

    client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session


def test_one_button_per_role_in_a_demonstration(client, settings):
    settings.DEMONSTRATION = True
    User.objects.create_user("staff@demonstration.example.org", name="Senate staff (invented)", role=User.Role.STAFF)

    assert "Senate staff (invented)" in client.get("/accounts/login/").content.decode()

    client.post("/accounts/demonstration/", {"email": "staff@demonstration.example.org"})

    assert client.get("/staff/").status_code == 200


def test_no_buttons_outside_a_demonstration(client):
    User.objects.create_user("staff@demonstration.example.org", name="Senate staff (invented)", role=User.Role.STAFF)

    assert "invented" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/demonstration/", {"email": "staff@demonstration.example.org"}).status_code == 404


def test_demonstration_signs_in_invented_people_only(client, settings):
    settings.DEMONSTRATION = True
    invited(User.Role.STAFF)

    assert client.post("/accounts/demonstration/", {"email": "jo@example.org"}).status_code == 404
    assert client.post("/accounts/demonstration/", {"email": "\x00"}).status_code == 404
    assert client.get("/accounts/demonstration/").status_code == 405
