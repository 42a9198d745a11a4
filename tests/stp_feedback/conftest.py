import pytest
from django.core.management import call_command


@pytest.fixture
def published_record(db):
    """The record that the portal is shipped with, for one test."""
    call_command("load_record", verbosity=0)
