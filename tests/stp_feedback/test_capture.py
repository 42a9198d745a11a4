import uuid

import pytest
from django.core.cache import cache

from stp_feedback.models import FeedbackPoint
from tests.factories import make_area, make_forum, make_point
from tests.pages import html_of

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
    assert "Which area is your table?" not in html_of(client.get(DOOR))
    assert enter(client)["Location"] == DOOR
    forum.areas_absent.add(make_area("SEL"))
    door = html_of(client.get(DOOR))
    assert f'href="{PAGE}"' in door
    assert "/SEL/" not in door

    response = client.post(PAGE, note(is_unclear="on"))

    assert response["Location"] == f"{PAGE}#support"
    point = FeedbackPoint.objects.get()
    assert (point.forum, point.area.code, point.section, point.position) == (forum, "NEL", "support", 1)
    assert (point.text, point.enabled_by, point.is_unclear, point.state) == ("QI training", "Time", True, "draft")
    assert point.verbatim == "QI training, enabled by Time"
    assert "QI training" in html_of(client.get(PAGE))


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
    assert "This code does not open this forum." in html_of(response)
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
    assert "Said elsewhere" not in html_of(client.get(PAGE))
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
    assert message in html_of(response)
    json = client.post(PAGE, note(**fields), headers={"accept": "application/json"})
    assert (json.status_code, message in str(json.json())) == (422, True)
    assert not FeedbackPoint.objects.exists()


@pytest.mark.parametrize("fields", [{"section": "nowhere"}, {"key": "not-a-key"}, {"section": "", "key": ""}])
def test_a_damaged_note_is_refused(client, forum, fields):
    enter(client)
    assert client.post(PAGE, note(**fields)).status_code == 422
    assert not FeedbackPoint.objects.exists()


# Order and merging


@pytest.fixture
def points(client, forum):
    """Three drafts of one section, and the address at which each is changed."""
    enter(client)
    for text in "abc":
        client.post(PAGE, note(text=text, enabled_by=""))
    return {point.text: point for point in FeedbackPoint.objects.all()}


def change(client, point, **pressed):
    return client.post(f"{PAGE}points/{point.pk}/", pressed)


def order():
    return list(FeedbackPoint.objects.filter(forum__slug="care").values_list("text", flat=True))


def test_note_takers_change_the_order_with_buttons(client, points):
    a, b, c = points.values()
    page = html_of(client.get(PAGE))
    assert f'name="up" value="{b.pk}">Up<span' in page
    assert f'name="up" value="{c.pk}">' not in page

    response = change(client, c, up=b.pk)

    assert response["Location"] == f"{PAGE}#nel-support-2"
    assert order() == ["a", "c", "b"]
    change(client, a, down=c.pk)
    assert order() == ["c", "a", "b"]
    json = client.post(f"{PAGE}points/{b.pk}/", {"up": a.pk}, headers={"accept": "application/json"})
    assert (json.json(), order()) == ({"at": "nel-support-2"}, ["c", "b", "a"])


def test_note_takers_merge_two_points_and_part_them_again(client, points):
    a, b, _ = points.values()
    said = html_of(client.post(f"{PAGE}points/{b.pk}/", {"merge": a.pk}, follow=True))
    assert "The two points are one." in said
    assert order() == ["a b", "c"]
    assert FeedbackPoint.objects.get(pk=a.pk).verbatim == "a\nb"
    assert 'name="part" value="yes">Make it two again' in said

    change(client, a, part="yes")

    assert order() == ["a", "b", "c"]
    assert "Make it two again" not in html_of(client.get(PAGE))


def test_a_device_that_sends_a_merged_note_again_makes_no_second_one(client, forum):
    enter(client)
    first, second = note(text="a"), note(text="b")
    for one in (first, second):
        client.post(PAGE, one)
    a, b = FeedbackPoint.objects.all()
    change(client, b, merge=a.pk)
    client.post(PAGE, second, headers={"accept": "application/json"})
    assert FeedbackPoint.objects.count() == 1
    change(client, a, part="yes")
    client.post(PAGE, second, headers={"accept": "application/json"})
    assert FeedbackPoint.objects.count() == 2


@pytest.mark.parametrize("pressed", ["up", "merge"])
def test_of_two_note_takers_the_second_sees_how_the_points_stand_and_nothing_is_lost(client, points, pressed):
    a, b, c = points.values()
    change(client, b, **{pressed: a.pk})  # on a colleague's page
    for point, other in [(c, b), (b, a)]:  # on a page drawn before that
        said = html_of(client.post(f"{PAGE}points/{point.pk}/", {pressed: other.pk}, follow=True))
        assert "Nothing was changed: somebody else has changed these points meanwhile." in said
    assert order() == {"up": ["b", "a", "c"], "merge": ["a b", "c"]}[pressed]


def test_what_is_published_stays_in_its_place(client, points):
    a, b, c = points.values()
    FeedbackPoint.objects.filter(pk=b.pk).update(state="published")
    page = html_of(client.get(PAGE))
    assert "portal-actions" not in page
    for pressed in [{"up": a.pk}, {"down": c.pk}, {"merge": a.pk}]:
        change(client, b, **pressed)
    for pressed in [{"up": b.pk}, {"merge": b.pk}]:
        change(client, c, **pressed)
    assert order() == ["a", "b", "c"]


@pytest.mark.parametrize(
    "pressed", [{}, {"up": ""}, {"up": "x"}, {"up": "9" * 30}, {"part": "yes"}, {"merge": "\u0661"}]
)
def test_odd_requests_change_nothing(client, points, pressed):
    for point in points.values():
        assert change(client, point, **pressed).status_code == 302
    assert order() == ["a", "b", "c"]


def test_points_of_other_areas_and_forums_are_out_of_reach(client, points):
    elsewhere = make_point(make_forum(capture_code="ABCD2345"), make_area("NEL"), state="draft", position=2)
    above = make_point(elsewhere.forum, make_area("NEL"), state="draft", position=1)
    change(client, elsewhere, up=above.pk)
    elsewhere.refresh_from_db()
    assert elsewhere.position == 2
    client.logout()
    a, b, _ = points.values()
    assert change(client, b, up=a.pk)["Location"] == DOOR
    assert order() == ["a", "b", "c"]
