import json
import re
from collections import Counter
from datetime import date

import pytest

from initiatives.models import AreaLead
from senate_portal.accounts.models import User
from stp_feedback.models import FeedbackPoint
from tests.factories import (
    make_area,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_point,
    make_user,
)
from tests.pages import html_of, read_csv

pytestmark = pytest.mark.django_db
FORUM = "/forums/out-of-hospital-care-2017/"


def points_on(response):
    """The places of the points shown, such as sel-support-9, in the order of the page."""
    return re.findall('<li class="portal-point" id="([^"]+)"', html_of(response))


def test_forum_list_shows_published_forums_the_latest_first(client):
    make_forum(title="Care 2016", held_on=date(2016, 10, 1))
    make_forum(title="Care 2017", held_on=date(2017, 1, 26))
    make_forum(title="Hidden", is_published=False)

    page = html_of(client.get("/forums/"))

    assert re.findall(r'href="/forums/[^"]+">([^<]+)</a></h2>', page) == ["Care 2017", "Care 2016"]


def test_forum_list_shows_staff_what_is_not_published(client):
    make_forum(title="Hidden", is_published=False)
    client.force_login(make_user())
    assert 'Hidden</a></h2> <p><strong class="nhsuk-tag nhsuk-tag--grey">Not published' in html_of(
        client.get("/forums/")
    )


def test_feedback_list_shows_the_2017_points_in_fifteen_cells(client, published_record):
    response = client.get(f"{FORUM}feedback/")

    assert "What each area said: 76 points" in html_of(response)
    cells = Counter(place.rpartition("-")[0] for place in points_on(response))
    expected = {"nel": (5, 3, 4), "ncl": (6, 5, 7), "sel": (4, 5, 9), "swl": (6, 4, 6), "nwl": (5, 3, 4)}
    assert cells == {
        f"{area}-{section}": count
        for area, counts in expected.items()
        for section, count in zip(("opportunities", "innovation", "support"), counts, strict=True)
    }


def test_feedback_file_holds_the_same_points_as_the_page(client, published_record):
    query = "?area=SEL&section=support"
    shown = points_on(client.get(f"{FORUM}feedback/{query}"))
    rows = read_csv(client.get(f"{FORUM}feedback.csv{query}"))

    assert [f"{row['area'].lower()}-{row['section']}-{row['position']}" for row in rows] == shown
    assert [int(row["position"]) for row in rows] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert {(row["forum"], row["area"], row["section"], row["state"]) for row in rows} == {
        ("out-of-hospital-care-2017", "SEL", "support", "published")
    }


def test_feedback_as_json_holds_the_same_rows_as_the_csv_file(client, published_record):
    query = "?area=SEL&section=support"
    rows = read_csv(client.get(f"{FORUM}feedback.csv{query}"))
    response = client.get(f"{FORUM}feedback.json{query}")
    points = json.loads(response.getvalue())

    assert response["Content-Type"] == "application/json"
    assert [point.keys() for point in points] == [row.keys() for row in rows]
    assert [(point["position"], point["text"]) for point in points] == [
        (int(row["position"]), row["text"]) for row in rows
    ]


def test_feedback_as_json_keeps_the_kinds_of_its_values(client):
    forum = make_forum_with_feedback(slug="care")
    make_point(forum, text="=1+1 “quoted”", is_unclear=True, key_themes=[make_key_theme("Time")])
    (point,) = json.loads(client.get("/forums/care/feedback.json").getvalue())
    assert point["text"] == "=1+1 “quoted”"
    assert (point["unclear"], point["key_themes"], point["initiatives"]) == (True, ["Time"], [])
    assert (point["enabled_by"], point["answer"], point["answered_on"]) == ("", None, None)


def test_feedback_as_json_without_any_point_is_an_empty_list(client, published_record):
    assert json.loads(client.get(f"{FORUM}feedback.json?search=zebra").getvalue()) == []


def test_feedback_file_names_key_themes_initiatives_and_unclear_notes(client):
    themes = [make_key_theme("Time"), make_key_theme("Trust")]
    shown, hidden = make_initiative(title="Falls car"), make_initiative(title="Secret", publication="draft")
    forum = make_forum_with_feedback(slug="care")
    make_point(
        forum,
        text="=1+1",
        enabled_by="Trust",
        position=1,
        is_unclear=True,
        key_themes=themes,
        initiatives=[shown, hidden],
    )

    assert read_csv(client.get("/forums/care/feedback.csv")) == [
        {
            "forum": "care",
            "area": "NEL",
            "section": "support",
            "position": "1",
            "text": "'=1+1",
            "enabled_by": "Trust",
            "key_themes": "Time\nTrust",
            "initiatives": "Falls car",
            "unclear": "yes",
            "state": "published",
            "answer": "",
            "answer_why": "",
            "answered_on": "",
            "also_in": "",
        }
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "123"),
        ("?area=NEL", "12"),
        ("?area=NEL&area=SEL", "123"),
        ("?section=support", "23"),
        ("?enabled=true", "1"),
        ("?enabled=false", "23"),
        ("?enabled=true&enabled=false", "123"),
        ("?key_theme=trust&key_theme=time", "13"),
        ("?key_theme=trust&area=SEL", "3"),
        ("?search=trainings", "2"),
        ("?search=%22shared+money%22+OR+training", "12"),
        ("?search=money&area=SEL", ""),
        ("?search=%27+AND+%28%22", ""),
        ("?other=1&page=-1", "123"),
    ],
)
def test_feedback_list_narrows_by_every_filter(client, query, expected):
    forum, nel, sel = make_forum_with_feedback(slug="care"), make_area("NEL"), make_area("SEL")
    trust, time = make_key_theme("Trust", slug="trust"), make_key_theme("Time", slug="time")
    make_point(forum, nel, section="opportunities", position=1, enabled_by="Shared money", key_themes=[trust, time])
    make_point(forum, nel, position=2, text="QI training")
    make_point(forum, sel, position=3, key_themes=[trust])

    assert sorted(place[-1] for place in points_on(client.get(f"/forums/care/feedback/{query}"))) == list(expected)


def test_feedback_list_offers_to_take_away_each_chosen_filter(client):
    forum = make_forum_with_feedback(slug="care")
    make_point(forum, make_area("NEL"))
    make_point(forum, make_area("SEL"))

    page = html_of(client.get("/forums/care/feedback/?area=NEL&area=SEL&section=support"))

    assert (
        '<a href="?area=SEL&amp;section=support"> <span class="nhsuk-u-visually-hidden">Remove </span>Area NEL' in page
    )
    assert '<a href="?area=NEL&amp;area=SEL"> <span class="nhsuk-u-visually-hidden">Remove </span>Support' in page


@pytest.mark.parametrize(
    "query", ["?area=XXX", "?section=%27", "?enabled=maybe", "?key_theme=none", f"?search={'x' * 201}"]
)
def test_unknown_filters_are_named_on_the_page_and_refused_for_the_file(client, query):
    make_point(make_forum_with_feedback(slug="care"))

    page = client.get(f"/forums/care/feedback/{query}")

    assert page.status_code == 200
    assert points_on(page) == []
    assert "There is a problem" in html_of(page)
    assert '<a href="/forums/care/feedback/">Show all points</a>' in html_of(page)
    assert client.get(f"/forums/care/feedback.csv{query}").status_code == 400


@pytest.mark.parametrize("address", ["feedback/", "feedback.csv", "feedback/NEL.csv"])
def test_unpublished_feedback_is_there_for_staff_and_its_lead_only(client, address):
    forum = make_forum(slug="care")
    make_point(forum, make_area("NEL"), state=FeedbackPoint.State.DRAFT)
    lead, other_lead = make_user(User.Role.LEAD), make_user(User.Role.LEAD)
    AreaLead.objects.create(user=lead, area=make_area("NEL"))
    AreaLead.objects.create(user=other_lead, area=make_area("SEL"))

    def status(user=None):
        client.logout()
        if user:
            client.force_login(user)
        return client.get(f"/forums/care/{address}").status_code

    assert (status(), status(other_lead), status(lead), status(make_user())) == (404, 404, 200, 200)


def test_drafts_stay_out_of_a_published_page_and_are_marked_for_staff(client):
    forum = make_forum_with_feedback(slug="care")
    make_point(forum, text="Shown")
    make_point(forum, text="Not yet", state=FeedbackPoint.State.DRAFT)

    assert "Not yet" not in html_of(client.get("/forums/care/feedback/"))
    assert [row["text"] for row in read_csv(client.get("/forums/care/feedback/NEL.csv"))] == ["Shown"]
    client.force_login(make_user())
    assert 'Draft</strong></p> <p class="portal-point__text">Not yet' in html_of(client.get("/forums/care/feedback/"))


@pytest.mark.parametrize("address", ["nowhere/feedback/", "nowhere/feedback.csv", "care/feedback/XXX.csv", "care/x/"])
def test_unknown_forums_and_areas_are_not_found(client, address):
    make_point(make_forum_with_feedback(slug="care"))
    assert client.get(f"/forums/{address}").status_code == 404


@pytest.mark.parametrize("address", ["/forums/", "/forums/care/feedback/", "/forums/care/feedback.csv"])
def test_number_of_queries_does_not_grow_with_rows(client, django_assert_max_num_queries, address):
    forum, theme, initiative = make_forum_with_feedback(slug="care"), make_key_theme(), make_initiative()

    def queries():
        with django_assert_max_num_queries(20) as captured:
            client.get(address).getvalue() if address.endswith("csv") else client.get(address)
        return len(captured)

    make_point(forum, key_themes=[theme], initiatives=[initiative])
    few = queries()
    for code in ("NCL", "SEL", "SWL"):
        make_point(forum, make_area(code), key_themes=[theme, make_key_theme(code)], initiatives=[make_initiative()])
        make_forum()
    assert queries() == few
