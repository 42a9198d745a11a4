import re

import pytest

from initiatives.models import Initiative
from senate_portal.accounts.models import User
from tests.factories import make_initiative, make_outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, settings):
    settings.DEMONSTRATION = True  # no second factor
    user = User.objects.create_superuser("ada@example.org", name="Ada Example")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    "model", ["initiative", "stparea", "borough", "theme", "population", "organisation", "source", "thesaurusentry"]
)
def test_record_can_be_listed_and_added(client, administrator, model):
    make_initiative()

    assert client.get(f"/admin/initiatives/{model}/").status_code == 200
    assert client.get(f"/admin/initiatives/{model}/add/").status_code == 200


def test_history_of_an_initiative_is_visible(client, administrator):
    entry = make_initiative(title="Before")
    make_outcome(entry)
    Initiative.objects.update(title="After")

    change = client.get(f"/admin/initiatives/initiative/{entry.pk}/change/").content.decode()
    address = re.search(r'href="([^"]*)" class="events-admin"', change)[1].replace("&amp;", "&")
    events = client.get(address).content.decode()

    assert "Before" in events
    assert "After" in events
