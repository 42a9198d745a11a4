import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.freshness import Freshness
from initiatives.models import Outcome, SourceReference
from stp_feedback.models import ForumInitiative
from tests.factories import (
    make_area,
    make_borough,
    make_contact,
    make_forum,
    make_initiative,
    make_outcome,
    make_point,
    make_reading,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


def text(response, status=200):
    """The page as people read it: without tags, spaces made one."""
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def heading(response):
    assert response.status_code == 200
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def shown(response):
    assert response.status_code == 200
    return [entry["title"] for entry in response.context_data["entries"]]


# The list


def test_list_heading_says_what_is_shown(client):
    nel, sel = make_area("NEL", name="North East London"), make_area("SEL", name="South East London")
    make_initiative(title="Falls car", areas=[nel], themes=[make_theme("Falls")])
    make_initiative(title="Other", areas=[nel, sel])

    assert heading(client.get("/initiatives/")) == "2 initiatives"
    assert heading(client.get("/initiatives/?area=SEL")) == "1 initiative in South East London"
    assert heading(client.get("/initiatives/?area=NEL&area=SEL&theme=falls&search=car")) == (
        "1 initiative in North East London or South East London about Falls for “car”"
    )


def test_list_shows_of_each_entry_its_areas_evaluation_and_surest_claim(client):
    entry = make_initiative(
        title="Falls car",
        summary="A nurse and a paramedic. They go out.",
        areas=[make_area("NEL", name="North East London")],
        inferred_areas=[make_area("SEL", name="South East London")],
        evaluation_status="preliminary",
        who_for="Frail older people",
    )
    make_outcome(entry, measure="Kept at home", value=20, unit="people", as_printed="20 people")
    make_outcome(entry, claim="measured", measure="Referrals", direction="down", value=60, unit="%", as_printed="60%")

    page = text(client.get("/initiatives/"))

    assert (
        "North East London South East London (inferred) A nurse and a paramedic. Evaluation: preliminary results"
        in page
    )
    assert "Measured: Referrals: down 60%" in page
    assert "They go out" not in page
    assert "Who it is for: Frail older people" in page


def test_list_shows_an_odd_figure_only_as_printed(client):
    entry = make_initiative()
    make_outcome(
        entry, measure="Referrals", direction="down", value=60, unit="%", as_printed="+60% reduction", note="?"
    )

    page = text(client.get("/initiatives/"))

    assert "Aim: Referrals: “+60% reduction” as printed" in page
    assert "down 60" not in page


def test_list_marks_the_words_found_and_escapes_the_rest(client):
    make_initiative(title="A", summary="First. A car for people aged < 100 & those who have fallen.")

    page = client.get("/initiatives/?search=fallen").content.decode()

    assert "A car for people aged &lt; 100 &amp; those who have <mark>fallen</mark>" in page
    assert "\x02" not in page


def test_list_chosen_filters_are_links_that_remove_them(client):
    make_initiative(areas=[make_area("NEL")], themes=[make_theme("Falls")])

    page = client.get("/initiatives/?area=NEL&theme=falls&search=initiative&page=1").content.decode()

    assert 'href="?area=NEL&amp;theme=falls"' in page
    assert 'href="?theme=falls&amp;search=initiative"' in page
    assert 'href="?area=NEL&amp;search=initiative"' in page


def test_list_pages_keep_the_query(client):
    for number in range(30):
        make_initiative(title=f"{number:02}", areas=[make_area("NEL")])

    first = client.get("/initiatives/?area=NEL&sort=title")

    assert shown(first) == [f"{number:02}" for number in range(25)]
    assert 'href="?area=NEL&amp;sort=title&amp;page=2"' in first.content.decode()
    assert shown(client.get("/initiatives/?area=NEL&sort=title&page=2")) == [f"{number:02}" for number in range(25, 30)]


def test_list_of_an_area_without_entry_explains_itself_and_shows_london_wide_ones(client):
    make_area("SWL", name="South West London")
    make_initiative(title="Elsewhere", areas=[make_area("NEL")])
    make_initiative(title="Everywhere", london_wide=True)

    response = client.get("/initiatives/?area=SWL")

    page = text(response)
    assert "No initiative of South West London is recorded yet." in page
    assert [entry["title"] for entry in response.context_data["london_wide"]] == ["Everywhere"]
    assert "Elsewhere" not in page


def test_list_that_is_empty_offers_the_nearest_spelling_and_the_filters_to_leave_out(client):
    make_initiative(title="Reablement at home", areas=[make_area("NEL")])
    make_initiative(title="Falls car", areas=[make_area("SEL")])

    misspelt = text(client.get("/initiatives/?search=reablment"))
    assert "Did you mean reablement (1)?" in misspelt
    misspelt = text(client.get("/initiatives/?search=reablment&area=SEL"))
    assert "Did you mean reablement (1 without the other filters)?" in misspelt

    page = text(client.get("/initiatives/?search=falls&area=NEL"))
    assert "No initiative with these filters holds all the words of “falls”." in page
    assert "without STP area : 1 initiative" in page
    assert "without the search words : 1 initiative" in page


def test_list_leaves_out_a_filter_value_that_it_does_not_know_and_says_so(client):
    make_initiative(title="Falls car", areas=[make_area("NEL")])

    response = client.get("/initiatives/?area=XXX&theme=%3Cscript%3E")

    assert shown(response) == ["Falls car"]
    assert "“XXX” is not known under STP area, so that filter is left out." in text(response)
    assert "<script>”" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "search=%27%22%3B--%5C",
        "search=((((&area=((",
        "search=a%20%26%20%7C%20!%20%3C-%3E%20b%3A*",
        "search=" + "falls " * 1700,
        "search=%F0%9F%98%80%E2%80%AE",
        "search=%ff%fe",
        "search=-",
        'search=-"falls',
        "search=*%20.%2B%3F%5B",
        "sort=nothing",
        "&".join(["area=NEL"] * 900),
        "&".join(f"theme=x{number}" for number in range(900)),
    ],
)
def test_list_answers_hostile_queries_with_a_page_and_few_queries(client, query):
    make_initiative(title="Falls car", areas=[make_area("NEL")])
    client.get("/initiatives/")

    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/initiatives/?{query}").status_code == 200
    assert len(queries) <= 8


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "page=2"])
def test_list_page_that_does_not_exist_is_not_found(client, query):
    make_initiative()

    assert "Page not found" in text(client.get(f"/initiatives/?{query}"), 404)


@pytest.mark.parametrize("query", ["search=%00", "&".join(f"a{number}=1" for number in range(2000))])
def test_list_refuses_in_words_what_cannot_be_read(client, query):
    assert "could not read that request" in text(client.get(f"/initiatives/?{query}"), 400)


@pytest.mark.parametrize("address", ["/initiatives/", "/initiatives/?search=initiative", "/initiatives/?area=NEL"])
def test_list_takes_as_many_queries_for_thirty_entries_as_for_one(client, address):
    taken = []
    for rows in (1, 29):
        for _ in range(rows):
            entry = make_initiative(areas=[make_area("NEL")], themes=[make_theme()], boroughs=[make_borough()])
            make_outcome(entry)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        taken.append(len(queries))

    assert taken == [4 if "search" in address else 2] * 2  # version, rows; the search and its excerpts


# An entry


def test_entry_keeps_aims_apart_from_results_and_shows_figures_as_printed(client):
    entry = make_initiative(evaluation_status="in-progress", evaluation_note="A two-year pilot.")
    make_outcome(
        entry, measure="Kept at home", direction="up", value=20, unit="people", as_printed="aims to keep 20 people"
    )
    make_outcome(entry, claim=Outcome.Claim.EARLY, measure="Satisfaction", direction="better", period="first year")
    make_outcome(
        entry,
        claim=Outcome.Claim.MEASURED,
        measure="Referrals",
        direction="down",
        value=60,
        unit="%",
        as_printed="+60% reduction",
        note="A plus sign is printed before a reduction.",
    )

    page = text(client.get(entry.get_absolute_url()))

    assert "Evaluation: in progress A two-year pilot." in page
    assert "Measured Measured: Referrals: “+60% reduction” as printed Note: A plus sign" in page
    assert "Early result Early result: Satisfaction: better (first year)" in page
    assert (
        "Aim Hoped for; not a result. Aim: Kept at home: up 20 people As printed : Kept at home “aims to keep" in page
    )
    assert page.index("Measured:") < page.index("Early result:") < page.index("Aim:")


def test_entry_has_no_empty_mail_link_and_no_dead_link(client):
    entry = make_initiative()
    make_contact(entry, name="Robin Example", email="r@example.org")
    make_contact(entry, name="No Address")
    make_contact(entry, name="Hidden Person", email="hidden@example.org", is_public=False)
    make_reading(entry, label="click here")
    make_reading(entry, label="Website", address="https://www.example.org/")

    response = client.get(entry.get_absolute_url())

    page, html = text(response), response.content.decode()
    assert 'href="mailto:r@example.org"' in html
    assert 'href="mailto:"' not in html
    assert 'href="#"' not in html
    assert 'href=""' not in html
    assert "No Address The report gives no email address for this person." in page
    assert "“click here”: the report gives no address for this document." in page
    assert 'href="https://www.example.org/"' in html
    assert "hidden@example.org" not in html


def test_entry_says_where_it_came_from_and_what_people_said(client):
    entry = make_initiative()
    SourceReference.objects.create(initiative=entry, source=make_source("A report"), place="entry 7 of 16")
    forum = make_forum(title="The forum")
    ForumInitiative.objects.create(forum=forum, initiative=entry, position=1)
    hidden = make_forum(title="Hidden forum", is_published=False)
    ForumInitiative.objects.create(forum=hidden, initiative=entry, position=1)
    make_point(text="Learn from the car", area=make_area("NEL", name="North East London"), initiatives=[entry])
    make_point(text="Still a draft", initiatives=[entry], state="draft")
    make_point(text="Not yet out", forum=forum, initiatives=[entry])

    page = text(client.get(entry.get_absolute_url()))

    assert "A report , A publisher: entry 7 of 16" in page
    assert "Shown at The forum" in page
    assert "North East London Learn from the car" in page
    assert "Hidden forum" not in page
    assert "Still a draft" not in page
    assert "Not yet out" not in page


def test_entry_says_when_it_was_last_checked(client):
    checked = make_initiative(verified_on="2026-11-02", verified_by="the Senate office")
    never = make_initiative()

    assert "Last checked on Monday 2 November 2026 by the Senate office." in text(
        client.get(checked.get_absolute_url())
    )
    assert "Not checked since it was taken over from its source." in text(client.get(never.get_absolute_url()))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-11-01", "Recently checked"),
        ("2027-11-02", "Due to be checked"),
        ("2028-02-02", "Overdue to be checked"),
    ],
)
def test_list_page_file_and_api_tell_the_same_freshness(client, time_machine, day, words):
    entry = make_initiative(verified_on="2026-11-02", verified_by="the Senate office")
    time_machine.move_to(f"{day} 12:00")

    assert words in text(client.get("/initiatives/"))
    assert words in text(client.get(entry.get_absolute_url()))
    assert words in b"".join(client.get("/initiatives.csv").streaming_content).decode()
    told = client.get("/api/v1/initiatives/").json()["results"][0]["last_checked"]
    assert Freshness(told["freshness"]).label == words
    assert told["review_by"] == "2027-11-02"


def test_entry_says_what_it_took_and_what_is_not_stated(client):
    make_contact(entry := make_initiative(problem="Falls at home", cost="£200,000 a year", pitfalls="Winter"))

    page = text(client.get(entry.get_absolute_url()))

    assert "The problem it meets Falls at home" in page
    assert "Cost £200,000 a year" in page
    assert "Time to set up Not stated" in page
    assert "What to look out for Winter" in page
    assert "Where to start" not in page


def test_entry_without_advice_invites_to_ask_its_contacts(client):
    with_contact, without = make_initiative(), make_initiative()
    make_contact(with_contact)

    assert "Ask the people who know it" in text(client.get(with_contact.get_absolute_url()))
    assert "Ask the Senate , and tell us" in text(client.get(without.get_absolute_url()))


def test_work_that_stopped_stays_with_its_lessons(client):
    entry = make_initiative(title="Falls car", stage="stopped", lessons="Ask the nurses first")

    page = text(client.get(entry.get_absolute_url()))
    assert "This work has stopped." in page
    assert "What they would do differently: Ask the nurses first" in page
    found = client.get("/initiatives/?search=nurses")
    assert shown(found) == ["Falls car"]
    assert ">Stopped</strong>" in found.content.decode()


def test_strength_of_evidence_is_told_apart_from_figures(client):
    entry = make_initiative(evidence_strength="moderate", evidence_reason="Two studies")

    assert "Strength of the evidence: moderate . Two studies." in text(client.get(entry.get_absolute_url()))


@pytest.mark.parametrize("publication", ["draft", "in-review", "needs-changes"])
def test_entry_that_is_not_published_is_not_found(client, publication):
    entry = make_initiative(publication=publication, review_comment="Why?")

    assert client.get(entry.get_absolute_url()).status_code == 404


def test_entry_takes_the_same_few_queries_whatever_belongs_to_it(client):
    entry = make_initiative()
    taken = []
    for _ in range(2):
        for number in range(5):
            make_outcome(entry)
            make_contact(entry)
            make_reading(entry)
            make_point(initiatives=[entry])
            make_initiative(themes=[make_theme(f"Theme {number}")])
        client.get(entry.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(entry.get_absolute_url())
        taken.append(len(queries))

    assert taken == [2, 2]  # the versions, and the entry


# Sources


def test_sources_name_the_published_entries_that_refer_to_them(client):
    source = make_source("A report", date_as_printed="February 2017")
    published = make_initiative(title="Falls car")
    SourceReference.objects.create(initiative=published, source=source, place="page 3")
    draft = make_initiative(title="A draft", publication="draft")
    SourceReference.objects.create(initiative=draft, source=source, place="page 4")
    make_source("A compendium")

    response = client.get("/sources/")

    page = text(response)
    assert 'id="a-report"' in response.content.decode()
    assert "A report A publisher. Dated February 2017. We have no address for this document." in page
    assert "Falls car : page 3" in page
    assert "A draft" not in page
    assert "Search and filter 1 initiative from this source" in page
    assert "A compendium A publisher. No date is printed." in page


def test_sources_name_only_the_first_of_very_many_places(client):
    source = make_source("A report")
    for number in range(102):
        entry = make_initiative(title=f"Title {number:03}")
        SourceReference.objects.create(initiative=entry, source=source, place=f"page {number}")

    page = text(client.get("/sources/"))

    assert "The first 100 places used for initiatives" in page
    assert "Title 099 : page 99" in page
    assert "Title 100" not in page
    assert "Search and filter 102 initiatives from this source" in page
