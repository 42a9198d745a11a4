import pytest

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
