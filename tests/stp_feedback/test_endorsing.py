import pytest

from initiatives.models import AreaLead
from senate_portal.accounts.models import User
from stp_feedback.models import Endorsement
from tests.factories import make_area, make_forum_with_feedback, make_point, make_user
from tests.pages import html_of, read_csv

pytestmark = pytest.mark.django_db
PAGE = "/forums/care/feedback/"


@pytest.fixture
def point():
    return make_point(make_forum_with_feedback(slug="care"), make_area("NEL"), position=1, text="QI training")


def lead_of(code):
    lead = make_user(User.Role.LEAD)
    AreaLead.objects.create(user=lead, area=make_area(code))
    return lead


def address(point):
    return f"/feedback/points/{point.pk}/endorse/"


def test_lead_of_another_area_says_that_they_have_this_too_and_everyone_reads_it(client, point):
    for code in ["SWL", "NCL", "NCL"]:
        client.force_login(lead_of(code))
        assert "We have this too<span" in html_of(client.get(PAGE))
        assert client.post(address(point)).url == f"{PAGE}#nel-support-1"
    client.logout()

    for page in (PAGE, "/areas/NEL/"):
        assert "Also in Area NCL, Area SWL." in html_of(client.get(page))
    assert read_csv(client.get("/forums/care/feedback.csv"))[0]["also_in"] == "Area NCL\nArea SWL"


def test_said_twice_it_counts_once_and_can_be_taken_back(client, point):
    client.force_login(lead_of("NCL"))
    client.post(address(point))
    client.post(address(point))
    assert Endorsement.objects.count() == 1
    assert "We do not have this after all" in html_of(client.get(PAGE))

    client.post(address(point), {"withdraw": "yes"})

    assert "Also in" not in html_of(client.get(PAGE))


def test_whoever_leads_two_areas_speaks_for_both(client, point):
    lead = lead_of("NCL")
    AreaLead.objects.create(user=lead, area=make_area("SEL"))
    client.force_login(lead)
    client.post(address(point))
    assert {row.area.code for row in Endorsement.objects.all()} == {"NCL", "SEL"}


@pytest.mark.parametrize("role", ["own area", "staff", "a draft"])
def test_point_does_not_exist_for_whoever_may_not_say_so(client, point, role):
    if role == "a draft":
        point = make_point(point.forum, make_area("NEL"), position=2, text="Draft", state="draft")
    client.force_login(
        make_user(User.Role.STAFF) if role == "staff" else lead_of("NEL" if role == "own area" else "NCL")
    )

    assert client.post(address(point)).status_code == 404
    assert not Endorsement.objects.exists()


def test_only_leads_see_the_button_and_not_at_their_own_points(client, point):
    assert "We have this too" not in html_of(client.get(PAGE))
    client.force_login(lead_of("NEL"))
    assert "We have this too" not in html_of(client.get(PAGE))
