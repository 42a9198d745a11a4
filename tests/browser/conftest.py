import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The published record and invented people, as a visitor of the demonstration meets them.

    Loaded once for a module, since it takes seconds: its tests share the rows and see what the ones before them did.
    """
    files = {
        "EMAIL_BACKEND": "senate_portal.lib.mail_files.EmailBackend",
        "OUTBOX_DIR": tmp_path_factory.mktemp("outbox"),
    }
    with django_db_blocker.unblock(), override_settings(DEMONSTRATION=True, SEND_WINDOW=None, **files):
        cache.clear()
        call_command("load_record", verbosity=0)
        call_command("load_demonstration", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(demonstration):
    """The address of a running portal that shows the demonstration."""
    server = LiveServer("localhost")
    with override_settings(SITE_URL=server.url):
        yield server.url
    server.stop()
