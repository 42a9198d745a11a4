"""The desk of asks, from the points to the page on which everyone reads what became of them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from initiatives.models import Organisation
from stp_feedback import asks
from stp_feedback.models import Ask
from tests.factories import (
    make_area,
    make_ask,
    make_forum_with_feedback,
    make_organisation,
    make_point,
    make_user,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db
DESK = "/staff/asks/"


@pytest.fixture
def forum():
    return make_forum_with_feedback(slug="care", title="Care")


def names(areas):
    return [area.code for area in areas]


def test_waiting_are_published_points_about_support_that_no_ask_rests_on(forum):
    nel = make_area("NEL")
    waits = make_point(forum, nel)
    make_ask([make_point(forum, nel)])
    make_point(forum, nel, state="draft")
    make_point(forum, nel, section="innovation")
    assert list(asks.waiting()) == [waits]


def test_the_same_ask_from_several_areas_is_one_ask_with_several_askers(forum):
    sel, nel = (make_point(forum, make_area(code)) for code in ["SEL", "NEL"])
    asks.gather([sel], "QI training")
    asks.gather([nel], "qi training")
    (ask,) = Ask.objects.of_forum(forum, AnonymousUser())
    assert (ask.text, names(ask.askers)) == ("QI training", ["NEL", "SEL"])


def test_merge_keeps_points_replies_owner_and_who_could_help(forum):
    staff, body = make_user(), make_organisation("A network")
    other = make_ask([make_point(forum, make_area("NEL"))], "Train us", owner=staff, passed_to=body)
    other.replies.create(told_on=date(2026, 1, 2), text="A course begins")
    ask = make_ask([make_point(forum, make_area("SEL"))])
    asks.merge(other, ask)
    asks.merge(other, ask)  # somebody was quicker
    (ask,) = Ask.objects.of_forum(forum, AnonymousUser())
    assert (names(ask.askers), ask.owner, ask.passed_to) == (["NEL", "SEL"], staff, body)
    assert [reply.text for reply in ask.replies.all()] == ["A course begins"]


def test_the_public_sees_no_ask_that_rests_on_drafts_alone(forum):
    ask = make_ask([make_point(forum, make_area("NEL")), make_point(forum, make_area("SEL"), state="draft")])
    make_ask([make_point(forum, make_area("SWL"), state="draft")], "Secret")
    assert list(Ask.objects.of_forum(forum, AnonymousUser())) == [ask]
    assert names(Ask.objects.of_forum(forum, AnonymousUser()).get().askers) == ["NEL"]
    assert Ask.objects.of_forum(forum, make_user()).count() == 2


def test_an_area_has_the_asks_that_it_made_with_all_who_ask_the_same(forum):
    nel, sel = make_area("NEL"), make_area("SEL")
    make_ask([make_point(forum, nel), make_point(forum, sel)])
    make_ask([make_point(forum, sel)], "Costing")
    make_ask([make_point(make_forum_with_feedback(), nel)], "Elsewhere")
    (ask,) = Ask.objects.of_forum(forum, AnonymousUser(), area=nel)
    assert names(ask.askers) == ["NEL", "SEL"]


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": "Late", "passed_on": date(2026, 1, 2)}])
def test_database_refuses_an_ask_without_words_or_passed_to_nobody(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ask(**fields)


def test_body_named_finds_what_is_there_and_makes_what_is_not():
    known = make_organisation("Health Innovation Network")
    assert asks.body_named("health innovation network") == known
    assert asks.body_named("New body").kind == Organisation.Kind.PARTNERSHIP
    assert asks.body_named("New  Body!") == asks.body_named("New body")
    assert asks.body_named("…") is None


# What staff do


def test_staff_gather_points_into_a_new_ask_and_into_one_that_is_there(client, staff, forum):
    nel, sel = (make_point(forum, make_area(code), text=f"Train {code}") for code in ["NEL", "SEL"])
    page = client.post(DESK, {"points": [nel.pk], "text": "QI training"}, follow=True)
    assert "On the desk: QI training." in words_of(page)
    assert "Area NEL: Train NEL" not in words_of(page)
    client.post(DESK, {"points": [sel.pk], "ask": Ask.objects.get().pk})
    assert set(Ask.objects.get().points.all()) == {nel, sel}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": []}, "Choose the points"),
        ({"text": ""}, "Write what they ask for, or choose the ask that they join, not both"),
        ({"points": [0]}, "Somebody else dealt with a point that you chose"),
        ({"text": "x" * 301}, "What they ask for must be 300 characters or fewer"),
    ],
)
def test_gathering_says_what_is_wrong_and_keeps_what_was_typed(client, staff, forum, change, message):
    point = make_point(forum, make_area("NEL"))
    response = client.post(DESK, {"points": [point.pk], "text": "QI training"} | change)
    assert response.status_code == 422
    assert message in words_of(response)
    if "text" not in change:
        assert 'value="QI training"' in response.content.decode()
    assert not Ask.objects.exists()


def test_staff_pass_an_ask_on_and_the_desk_shows_it(client, staff, forum):
    point = make_point(forum, make_area("NEL"))
    ask = make_ask([point])
    assert "1 ask Download" in words_of(client.get(f"{DESK}?owner=nobody"))
    data = {
        "text": "Training",
        "owner": staff.pk,
        "body": "A new network",
        "passed_on": "2026-01-02",
        "points": [point.pk],
    }
    assert client.post(f"{DESK}{ask.pk}/", data)["Location"] == DESK
    page = words_of(client.get(DESK))
    assert "0 asks" in words_of(client.get(f"{DESK}?owner=nobody"))
    assert "Who could help A new network, since Friday 2 January 2026 Looked after by Sam Staff" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": ""}, "Write what is asked for"),
        ({"text": "Costing"}, "Another ask reads the same"),
        ({"points": []}, "Leave at least one point"),
        ({"passed_on": "2026-01-02"}, "Choose who it was passed to, or leave the day empty"),
        ({"passed_on": "2126-01-02"}, "The day must be today or in the past"),
        ({"reply_by": "soon"}, "Enter a day such as 27 3 2026"),
        ({"body": "…"}, "Enter a name with letters in it"),
    ],
)
def test_a_wrong_change_to_an_ask_is_explained(client, staff, forum, change, message):
    make_ask([make_point(forum, make_area("SEL"))], "Costing")
    point = make_point(forum, make_area("NEL"))
    ask = make_ask([point])
    response = client.post(f"{DESK}{ask.pk}/", {"text": "QI training", "points": [point.pk]} | change)
    assert response.status_code == 422
    assert message in words_of(response)


def test_a_point_taken_off_an_ask_waits_again(client, staff, forum):
    kept, off = (make_point(forum, make_area("NEL")) for _ in range(2))
    ask = make_ask([kept, off])
    client.post(f"{DESK}{ask.pk}/", {"text": "QI training", "points": [kept.pk]})
    assert list(asks.waiting()) == [off]


def test_staff_make_two_asks_one(client, staff, forum):
    ask, other = (make_ask([make_point(forum, make_area("NEL"))], text) for text in ["QI training", "Train us"])
    assert "Choose the ask that says the same" in words_of(client.post(f"{DESK}{other.pk}/merge/", follow=True))
    response = client.post(f"{DESK}{other.pk}/merge/", {"into": ask.pk})
    assert response["Location"] == f"{DESK}{ask.pk}/"
    assert list(Ask.objects.all()) == [ask]


@time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False)
def test_everyone_reads_who_asked_whom_it_was_passed_to_and_what_came_back(client, staff, forum):
    ask = make_ask(
        [make_point(forum, make_area(code), text=f"Train {code}") for code in ["NEL", "SEL"]],
        passed_to=make_organisation("A network"),
        passed_on=date(2026, 11, 2),
        owner=staff,
    )
    response = client.post(f"{DESK}{ask.pk}/tell/", {"told_on": "2026-11-26", "text": "A course"})
    assert "The day must be today or in the past" in words_of(response)
    client.post(f"{DESK}{ask.pk}/tell/", {"told_on": "2026-11-25", "text": "A course begins"})
    client.logout()
    for address in ["/forums/care/asks/", "/areas/SEL/"]:
        page = words_of(client.get(address))
        assert "Asked by Area NEL, Area SEL. Passed to A network on Monday 2 November 2026." in page
        assert "Wednesday 25 November 2026: A course begins" in page
        assert "Sam Staff" not in page
    report = words_of(client.get("/forums/care/report/"))
    assert "QI training Asked by: Area NEL, Area SEL Passed to: A network on Monday 2 November 2026" in report


def test_pages_of_asks_read_the_database_as_often_for_three_as_for_one(
    client, staff, forum, django_assert_num_queries, django_assert_max_num_queries
):
    make_ask([make_point(forum, make_area("NEL"))], "0").replies.create(told_on=date(2026, 1, 2), text="Yes")
    addresses = [DESK, "/forums/care/asks/", "/areas/NEL/"]
    counts = {}
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(100) as one:
            client.get(address)
        counts[address] = len(one)
    for number in range(1, 4):
        points = [make_point(forum, make_area(code)) for code in ["NEL", "SEL"]]
        make_ask(points, str(number), owner=staff).replies.create(told_on=date(2026, 1, 2), text="Yes")
    for address in addresses:
        with django_assert_num_queries(counts[address]):
            client.get(address)
