from datetime import UTC, date, datetime

import pytest
import time_machine

from stp_feedback.models import Recommendation, RecommendationUpdate
from tests.factories import make_forum, make_user
from tests.pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def noon():
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def recommendation():
    forum = make_forum(slug="care", held_on=date(2026, 1, 26))
    return Recommendation.objects.create(forum=forum, number=2, addressed_to="STP leads", text="Act on it.")


def address(recommendation):
    return f"/staff/recommendations/{recommendation.pk}/tell/"


def test_staff_tell_what_became_of_a_recommendation_and_everyone_reads_it(client, recommendation):
    staff = make_user()
    client.force_login(staff)
    assert 'value="2026-11-25"' in html_of(client.get(address(recommendation)))

    response = client.post(address(recommendation), {"told_on": "2026-03-27", "text": "Two areas took it up."})

    assert response["Location"] == "/forums/care/#recommendations"
    assert RecommendationUpdate.objects.get().by == staff
    client.logout()
    said = "<strong>Friday 27 March 2026:</strong> Two areas took it up."
    assert said in html_of(client.get("/forums/care/"))
    assert said in html_of(client.get("/forums/care/report/"))
    assert address(recommendation) not in html_of(client.get("/forums/care/"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"told_on": "2026-11-26", "text": "x"}, "The day must be today or in the past"),
        ({"told_on": "soon", "text": "x"}, "Enter a day such as"),
        ({"text": "x"}, "Enter the day"),
        ({"told_on": "2026-11-25", "text": " "}, "Write what was done"),
    ],
)
def test_an_incomplete_update_is_explained_and_not_saved(client, recommendation, data, message):
    client.force_login(make_user())
    response = client.post(address(recommendation), data)
    assert response.status_code == 422
    assert message in html_of(response)
    assert not RecommendationUpdate.objects.exists()


def test_updates_are_read_in_the_order_of_their_days(client, recommendation):
    for day, text in ((date(2026, 6, 1), "Later"), (date(2026, 3, 1), "Sooner")):
        recommendation.updates.create(told_on=day, text=text)
    page = html_of(client.get("/forums/care/"))
    assert page.index("Sooner") < page.index("Later")
