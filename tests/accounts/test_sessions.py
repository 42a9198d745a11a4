from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from senate_portal.accounts.models import User
from tests.factories import make_attendee, make_commitment, make_user

pytestmark = pytest.mark.django_db

NINE = "2026-11-25 09:00:00+00:00"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


@pytest.mark.parametrize(("role", "minutes"), [(User.Role.LEAD, 240), (User.Role.STAFF, 60), (User.Role.ADMIN, 30)])
def test_sign_in_ends_when_nobody_clicks(client, clock, role, minutes):
    client.force_login(make_user(role))
    client.get("/accounts/")
    clock.shift(minutes * MINUTE)
    assert client.get("/accounts/").status_code == 200

    clock.shift((minutes + 1) * MINUTE)

    page = client.get("/accounts/", follow=True)
    assert page.redirect_chain == [("/accounts/login/?next=/accounts/", 302)]
    assert "You were signed out. A sign-in ends after" in page.content.decode()


@pytest.mark.parametrize(("role", "hours"), [(User.Role.LEAD, 12), (User.Role.STAFF, 12), (User.Role.ADMIN, 8)])
def test_sign_in_ends_however_much_is_clicked(client, clock, role, hours):
    client.force_login(make_user(role))
    for _ in range(hours * 4 + 1):
        assert client.get("/accounts/").status_code == 200
        clock.shift(15 * MINUTE)

    assert client.get("/accounts/").status_code == 302


def test_what_is_typed_when_the_sign_in_ends_is_kept(client, clock):
    edit = f"/staff/commitments/{make_commitment(make_attendee()).pk}/edit/"
    client.force_login(make_user())
    client.get(edit)
    clock.shift(61 * MINUTE)

    page = client.post(edit, {"text": "Ring the GP"})

    assert page.status_code == 403
    assert "<bdi>Ring the GP</bdi>" in page.content.decode()
    client.force_login(make_user())
    assert client.post(edit, {"text": "Ring the GP"}).status_code == 302


def test_clicks_within_a_minute_write_nothing(client, clock, django_assert_num_queries):
    client.force_login(make_user(User.Role.LEAD))
    client.get("/accounts/logout/")
    clock.shift(timedelta(seconds=59))

    with django_assert_num_queries(2):  # the session and its user
        client.get("/accounts/logout/")


def test_the_page_about_oneself_says_when_the_sign_in_ends(client):
    client.force_login(make_user())

    words = "ends after an hour without a click, and after 12 hours at the latest"
    assert words in client.get(reverse("account")).content.decode()
