from datetime import date

import pytest
import time_machine
from django.core.cache import cache

from senate_portal.celery import app as celery_app
from tests.factories import make_attendee, make_commitment, make_forum, make_link
from tests.smtp_server import MailServer


@pytest.fixture
def mail_server(settings):
    """A mail server on loopback that the portal sends through, at any hour of any day."""
    with MailServer().running() as server:
        settings.EMAIL_BACKEND = "senate_portal.lib.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        settings.SEND_WINDOW = None
        yield server


@pytest.fixture
def any_hour(settings):
    settings.SEND_WINDOW = None


@pytest.fixture
def clock_stands():
    """It is ten o'clock on Wednesday 25 November 2026, and stays so."""
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def worker_at_once():
    """Tasks run where they are queued; the real worker has its own tests."""
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = False


# Somebody with a commitment and a mailed link


@pytest.fixture
def nobody_asked_before():
    """No limit of so many in an hour is used up."""
    cache.clear()


@pytest.fixture
def attendee():
    forum = make_forum(title="Forum of tests", venue="Town Hall", held_on=date(2026, 1, 26))
    return make_attendee(forum, name="Dr Ada Sample", email="ada@example.org")


@pytest.fixture
def commitment(attendee):
    return make_commitment(attendee, text="Call the <ward> every Monday")


@pytest.fixture
def link(attendee, commitment):
    return f"/answer/{make_link(attendee)}/"
