import pytest
from django.core.cache import cache
from django.core.management import call_command


@pytest.fixture
def record(transactional_db, settings):
    """The published record and the demonstration's invented people, as a visitor of the demonstration meets them."""
    settings.DEMONSTRATION = True
    cache.clear()
    call_command("load_record", verbosity=0)
    call_command("load_demonstration", verbosity=0)


@pytest.fixture
def browser_context_args(browser_context_args, width):
    return {**browser_context_args, "viewport": {"width": width, "height": 900}}


@pytest.fixture
def width():
    return 1280
