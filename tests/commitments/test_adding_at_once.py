import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client

from commitments.models import Attendee
from tests.factories import make_attendee, make_forum, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def wait_until_somebody_waits():
    """For a lock that somebody else holds."""
    deadline = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")


def test_the_slower_of_two_who_add_the_same_person_is_told():
    forum = make_forum(slug="care")
    client = Client()
    client.force_login(make_user())
    card = {"name": "Jo Example", "email": "jo@example.org", "came": "on"}
    boxes = {"commitment-TOTAL_FORMS": "1", "commitment-INITIAL_FORMS": "0", "commitment-0-text": "Ring the ward"}

    def add():
        try:
            return client.post("/staff/forums/care/attendees/add/", card | boxes)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            make_attendee(forum, email="jo@example.org")
            answer = pool.submit(add)
            wait_until_somebody_waits()
        response = answer.result(10)

    assert response.status_code == 422
    page = response.content.decode()
    assert "has just been added" in page
    assert "Ring the ward" in page
    assert Attendee.objects.count() == 1
