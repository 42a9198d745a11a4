from collections import Counter

import pytest

from tests.factories import make_area, make_forum, make_forum_with_feedback, make_initiative, make_key_theme, make_point

pytestmark = pytest.mark.django_db
FORUMS = "/api/v1/forums/"
FEEDBACK = f"{FORUMS}out-of-hospital-care-2017/feedback/"


def all_results(client, address):
    results = []
    while address:
        page = client.get(address).json()
        results += page["results"]
        address = page["next"]
    return results


def test_forum_gives_the_facts_of_2017(client, published_record):
    forum = client.get(f"{FORUMS}out-of-hospital-care-2017/").json()

    assert list(forum) == [
        "slug",
        "title",
        "held_on",
        "date_note",
        "venue",
        "attendees",
        "committers",
        "commitments",
        "follow_up_due_on",
        "recommendations",
        "key_themes",
    ]
    assert (forum["held_on"], forum["follow_up_due_on"]) == ("2017-01-26", "2017-04-26")
    assert (forum["attendees"], forum["committers"], forum["commitments"]) == (100, 45, 92)
    assert [recommendation["number"] for recommendation in forum["recommendations"]] == [1, 2, 3, 4]
    assert list(forum["recommendations"][0]) == ["number", "addressed_to", "text"]
    assert len(forum["key_themes"]) == 8
    assert forum["key_themes"][0] == {
        "slug": "relationships-and-trust",
        "name": "Strong relationships, trust and mutual understanding",
    }


def test_feedback_gives_the_76_points_of_2017_in_15_cells(client, published_record):
    points = all_results(client, FEEDBACK)

    assert client.get(FEEDBACK).json()["count"] == len(points) == 76
    cells = Counter((point["area"], point["section"]) for point in points)
    assert len(cells) == 15
    assert [cells["SEL", section] for section in ("opportunities", "innovation", "support")] == [4, 5, 9]
    assert list(points[0]) == ["area", "section", "position", "text", "enabled_by", "key_themes", "initiatives"]


def test_feedback_filters_narrow_and_repeating_one_widens(client, published_record):
    def count(query):
        return client.get(f"{FEEDBACK}?{query}").json()["count"]

    assert count("area=SEL") == 18
    assert count("area=SEL&area=NEL") == 30
    assert count("area=SEL&section=support") == 9
    assert count("area=SEL&section=opportunities&enabled=true") == 3
    assert count("area=SEL&section=opportunities&enabled=false") == 1
    assert count("enabled=true") == 15


def test_feedback_names_themes_and_published_initiatives_by_slug(client):
    forum = make_forum_with_feedback(slug="care")
    themes = [make_key_theme("Time", slug="time"), make_key_theme("Trust", slug="trust")]
    initiatives = [make_initiative(slug="falls"), make_initiative(slug="secret", publication="draft")]
    make_point(forum, make_area("SEL"), position=1, text="Go", key_themes=themes, initiatives=initiatives)

    assert client.get(f"{FORUMS}care/feedback/").json()["results"] == [
        {
            "area": "SEL",
            "section": "support",
            "position": 1,
            "text": "Go",
            "enabled_by": "",
            "key_themes": ["time", "trust"],
            "initiatives": ["falls"],
        }
    ]


def test_what_is_not_published_is_not_served(client):
    make_forum(slug="hidden", is_published=False)
    make_point(make_forum(slug="no-feedback-yet"))
    make_point(make_forum_with_feedback(slug="care"), state="draft")

    assert {forum["slug"] for forum in client.get(FORUMS).json()["results"]} == {"care", "no-feedback-yet"}
    assert client.get(f"{FORUMS}hidden/").status_code == 404
    assert client.get(f"{FORUMS}no-feedback-yet/feedback/").status_code == 404
    assert client.get(f"{FORUMS}care/feedback/").json()["count"] == 0


@pytest.mark.parametrize("query", ["area=XXX", "section=x", "enabled=maybe", "key_theme=%27"])
def test_an_unknown_filter_is_refused_in_words(client, query):
    make_point(make_forum_with_feedback(slug="care"))
    response = client.get(f"{FORUMS}care/feedback/?{query}")
    assert response.status_code == 400
    assert "Select a valid choice" in str(response.json())


@pytest.mark.parametrize(
    "address", ["nowhere/", "nowhere/feedback/", "care/feedback/?page=99", "care/feedback/?page=x"]
)
def test_unknown_forums_and_pages_are_not_found(client, address):
    make_point(make_forum_with_feedback(slug="care"))
    assert client.get(f"{FORUMS}{address}").status_code == 404


@pytest.mark.parametrize(("address", "queries"), [(FORUMS, 5), (f"{FORUMS}care/feedback/", 6)])
def test_number_of_queries_does_not_grow_with_rows(client, settings, django_assert_num_queries, address, queries):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    forum = make_forum_with_feedback(slug="care")
    make_point(forum, key_themes=[make_key_theme(forum=forum)], initiatives=[make_initiative()])
    with django_assert_num_queries(queries):
        client.get(address)
    for name in ("a", "b", "c"):
        make_point(forum, make_area(f"{name}EL"), key_themes=[make_key_theme(name, forum=make_forum())])
    with django_assert_num_queries(queries):
        client.get(address)
