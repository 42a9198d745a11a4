import uuid

import pytest
from django.core.cache import cache

from stp_feedback.models import FeedbackPoint
from tests.factories import make_area, make_forum, make_point
from tests.stp_feedback.test_views import text_of

pytestmark = pytest.mark.django_db
DOOR, PAGE = "/forums/care/capture/", "/forums/care/capture/NEL/"


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def forum():
    make_area("NEL")
    return make_forum(slug="care", capture_code="ABCD2345", is_published=False)


def note(**fields):
    return {"section": "support", "text": "QI training", "enabled_by": "Time", "key": str(uuid.uuid4())} | fields


def enter(client):
    return client.post(DOOR, {"code": " abcd 2345 "})


def test_note_taker_enters_with_the_code_and_writes(client, forum):
    assert "Which area is your table?" not in text_of(client.get(DOOR))
    assert enter(client)["Location"] == DOOR
    assert f'href="{PAGE}"' in text_of(client.get(DOOR))

    response = client.post(PAGE, note(is_unclear="on"))

    assert response["Location"] == f"{PAGE}#support"
    point = FeedbackPoint.objects.get()
    assert (point.forum, point.area.code, point.section, point.position) == (forum, "NEL", "support", 1)
    assert (point.text, point.enabled_by, point.is_unclear, point.state) == ("QI training", "Time", True, "draft")
    assert point.verbatim == "QI training, enabled by Time"
    assert "QI training" in text_of(client.get(PAGE))


def test_a_note_sent_twice_is_kept_once(client, forum):
    enter(client)
    sent = note()
    for _ in range(2):
        response = client.post(PAGE, sent, headers={"accept": "application/json"})
        assert response.json() == {"kept": sent["key"]}
    assert FeedbackPoint.objects.count() == 1


def test_without_the_code_nobody_reads_or_writes(client, forum):
    make_point(forum, make_area("NEL"), text="Secret", state="draft")
    response = client.post(DOOR, {"code": "WRONG234"})
    assert response.status_code == 422
    assert "This code does not open this forum." in text_of(response)
    assert client.get(PAGE)["Location"] == DOOR
    assert client.post(PAGE, note())["Location"] == DOOR
    assert FeedbackPoint.objects.count() == 1


def test_guessing_is_stopped_after_thirty_wrong_codes(client, forum):
    assert {client.post(DOOR, {"code": "WRONG234"}).status_code for _ in range(30)} == {422}
    assert client.post(DOOR, {"code": "WRONG234"}).status_code == 429
    assert enter(client).status_code == 302


def test_a_new_code_shuts_out_those_with_the_old_one(client, forum):
    enter(client)
    assert client.get(PAGE).status_code == 200
    forum.capture_code = "NEWC2345"
    forum.save()
    assert client.get(PAGE)["Location"] == DOOR


def test_a_forum_without_a_code_has_no_such_page(client):
    make_area("NEL")
    make_forum(slug="care")
    assert client.get(DOOR).status_code == 404
    assert client.post(DOOR, {"code": ""}).status_code == 404
    assert client.get(PAGE).status_code == 404


def test_areas_see_only_their_own_notes(client, forum):
    make_point(forum, make_area("SEL"), text="Said elsewhere", state="draft")
    enter(client)
    assert "Said elsewhere" not in text_of(client.get(PAGE))
    assert client.get("/forums/care/capture/XXX/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": " "}, "Write what was said"),
        ({"text": "x" * 2001}, "What was said must be 2,000 characters or fewer"),
        ({"enabled_by": "x" * 1001}, "Enabled by must be 1,000 characters or fewer"),
    ],
)
def test_an_incomplete_note_is_explained_and_not_kept(client, forum, fields, message):
    enter(client)
    response = client.post(PAGE, note(**fields))
    assert response.status_code == 422
    assert message in text_of(response)
    json = client.post(PAGE, note(**fields), headers={"accept": "application/json"})
    assert (json.status_code, message in str(json.json())) == (422, True)
    assert not FeedbackPoint.objects.exists()


@pytest.mark.parametrize("fields", [{"section": "nowhere"}, {"key": "not-a-key"}, {"section": "", "key": ""}])
def test_a_damaged_note_is_refused(client, forum, fields):
    enter(client)
    assert client.post(PAGE, note(**fields)).status_code == 422
    assert not FeedbackPoint.objects.exists()
