import pytest
import time_machine

from senate_portal.celery import app as celery_app
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
