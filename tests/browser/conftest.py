import pytest
from django.core.cache import cache
from django.core.management import call_command


@pytest.fixture
def demonstration(transactional_db, settings):
    """The published record and invented people, as a visitor of the demonstration meets them."""
    settings.DEMONSTRATION = True
    cache.clear()
    call_command("load_record", verbosity=0)
    call_command("load_demonstration", verbosity=0)
