"""A slice of the campaign that `make hostile` runs in full."""

import pytest

from tests.hostile import campaign

pytestmark = pytest.mark.django_db

REQUESTS = {
    campaign.address_parts: 200,
    campaign.query_strings: 250,
    campaign.page_forms: 250,
    campaign.headers_and_verbs: 100,
    campaign.stored: 200,
    campaign.letters: 15,
}


@pytest.mark.parametrize("part", campaign.PARTS, ids=lambda part: part.__name__)
def test_hostile_strings_break_nothing(addresses, part):
    trial = campaign.Campaign(addresses, seed=1, budget=REQUESTS[part])
    trial.run([part])
    assert trial.faults == []
