"""The pages on which staff and note-takers work, by axe and on a phone."""

import pytest

from stp_feedback.models import Forum
from tests.browser.test_accessibility import problems, problems_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
DESK = "/staff/forums/out-of-hospital-care-2017/feedback/"


@pytest.fixture(scope="module")
def forum(site):
    forum = Forum.objects.get(slug="out-of-hospital-care-2017")
    forum.capture_code = "ABCD2345"
    forum.save()
    return forum


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_for_capturing_editing_and_answering_are_accessible(site, forum, page, width):
    point = forum.points.filter(area__code="NEL").first()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + "/accounts/login/")
    page.get_by_role("button", name="Sasha Staff (invented)").click()
    found = []

    for address in (
        DESK,
        f"{DESK}NEL/",
        f"{DESK}NEL/paste/",
        f"/staff/feedback/points/{point.pk}/",
        f"/feedback/points/{point.pk}/answer/",
        "/areas/NEL/",
        "/forums/out-of-hospital-care-2017/capture/",
    ):
        found += problems_at(page, site + address)
    page.get_by_label("The code on your sheet").fill("ABCD2345")
    page.get_by_role("button", name="Continue").click()
    found += problems(page)
    page.get_by_role("link", name="North East London").click()

    assert found + problems(page) == []
