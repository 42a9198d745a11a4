from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture
def published_record(db, settings):
    """The record of the forum of 26 January 2017, as the portal is shipped with it."""
    of_the_source = sorted(path.name for path in Path(settings.BASE_DIR, "fixtures").glob("00*.yaml"))
    call_command("loaddata", "reference", *of_the_source, verbosity=0)
