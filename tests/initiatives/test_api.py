import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator

from initiatives.models import Initiative, Outcome, SourceReference
from tests.factories import (
    make_area,
    make_borough,
    make_contact,
    make_initiative,
    make_organisation,
    make_outcome,
    make_reading,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


def slugs(response):
    assert response.status_code == 200
    return [row["slug"] for row in response.json()["results"]]


def test_initiatives_have_exactly_the_promised_names(client, time_machine):
    time_machine.move_to("2026-11-25 12:00")
    entry = make_initiative(
        slug="falls-car",
        title="Falls car",
        summary="A nurse and a paramedic.",
        inferred_areas=[make_area("NEL", name="North East London")],
        boroughs=[make_borough("Havering")],
        themes=[make_theme("Falls")],
        evaluation_status="planned",
        evaluation_note="Next year.",
        problem="Falls at home.",
        cost="£200,000 a year",
        pitfalls="Winter",
        evidence_strength="moderate",
        evidence_reason="Two studies",
        verified_on="2026-01-26",
        verified_by="Sam Sample",
    )
    make_outcome(entry, measure="Kept at home", value=20, unit="patients", as_printed="20 patients", direction="up")
    make_contact(
        entry, name="Robin Example", role="Nurse", organisation=make_organisation("A trust"), email="r@example.org"
    )
    make_contact(entry, name="Hidden Person", is_public=False)
    make_contact(entry, name="No Address")
    make_reading(entry, label="Overview")
    SourceReference.objects.create(initiative=entry, source=make_source("A report"), place="page 3")

    assert client.get("/api/v1/initiatives/").json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "slug": "falls-car",
                "title": "Falls car",
                "summary": "A nurse and a paramedic.",
                "stage": "live",
                "london_wide": False,
                "london_wide_basis": "stated",
                "areas": [{"code": "NEL", "name": "North East London", "basis": "inferred"}],
                "boroughs": ["Havering"],
                "boroughs_inferred": [],
                "themes": [{"slug": "falls", "name": "Falls"}],
                "evaluation": {"status": "planned", "note": "Next year."},
                "outcomes": [
                    {
                        "claim": "aim",
                        "measure": "Kept at home",
                        "direction": "up",
                        "value": 20,
                        "unit": "patients",
                        "as_printed": "20 patients",
                    }
                ],
                "contacts": [
                    {
                        "name": "Robin Example",
                        "role": "Nurse",
                        "organisation": "A trust",
                        "email": "r@example.org",
                        "kind": "person",
                        "left_on": None,
                        "successor": None,
                    },
                    {
                        "name": "No Address",
                        "role": "",
                        "organisation": None,
                        "email": "",
                        "kind": "person",
                        "left_on": None,
                        "successor": None,
                    },
                ],
                "links": [{"label": "Overview", "url": "", "kind": "other"}],
                "sources": [{"slug": "a-report", "title": "A report", "where": "page 3"}],
                "adapted_from": [],
                "who_for": "Everyone",
                "what_it_took": {
                    "problem": "Falls at home.",
                    "how_it_works": "",
                    "cost": "£200,000 a year",
                    "funding": "",
                    "workforce": "",
                    "set_up_time": "",
                },
                "adoption": {"prerequisites": "", "pitfalls": "Winter", "start_here": "", "lessons": ""},
                "evidence": {"strength": "moderate", "reason": "Two studies"},
                "last_checked": {
                    "on": "2026-01-26",
                    "by": "Sam Sample",
                    "review_by": "2027-01-26",
                    "freshness": "fresh",
                },
            }
        ],
    }
    assert client.get("/api/v1/initiatives/falls-car/").json()["title"] == "Falls car"


def test_initiatives_take_every_filter_of_the_contract(client):
    nel, sel = make_area("NEL"), make_area("SEL")
    first = make_initiative(slug="a", title="A falls car", areas=[nel], evaluation_status="completed")
    second = make_initiative(slug="b", title="B", areas=[sel], themes=[make_theme("Falls")])
    make_initiative(slug="c", title="C")
    make_outcome(first, claim=Outcome.Claim.MEASURED)
    make_outcome(second, claim=Outcome.Claim.AIM)

    assert slugs(client.get("/api/v1/initiatives/?area=nel")) == ["a"]
    assert slugs(client.get("/api/v1/initiatives/?area=NEL&area=SEL")) == ["a", "b"]
    assert slugs(client.get("/api/v1/initiatives/?area=NEL&area=SEL&theme=falls")) == ["b"]
    assert slugs(client.get("/api/v1/initiatives/?evaluation=completed&claim=measured")) == ["a"]
    assert slugs(client.get("/api/v1/initiatives/?claim=early")) == []
    assert slugs(client.get("/api/v1/initiatives/?search=falls")) == ["a", "b"]
    assert slugs(client.get("/api/v1/initiatives/?unknown=parameter")) == ["a", "b", "c"]


def test_initiatives_are_paged_and_the_next_page_keeps_the_filters(client):
    area = make_area("NEL")
    for number in range(30):
        make_initiative(title=f"{number:02}", areas=[area])

    first = client.get("/api/v1/initiatives/?area=NEL").json()
    second = client.get(first["next"]).json()

    assert first["count"] == second["count"] == 30
    assert [row["title"] for row in first["results"] + second["results"]] == [f"{number:02}" for number in range(30)]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("area=XXX", "area"),
        ("theme=nothing", "theme"),
        ("claim=proved", "claim"),
        ("evaluation=%F0%9F%98%80", "evaluation"),
    ],
)
def test_value_that_a_filter_does_not_have_is_refused_in_words(client, query, field):
    response = client.get(f"/api/v1/initiatives/?{query}")

    assert response.status_code == 400
    assert response.json()[field][0].endswith("is not known here.")


def test_page_or_slug_that_does_not_exist_is_not_found(client):
    make_initiative(slug="draft", publication="draft")

    for address in ("initiatives/?page=2", "initiatives/?page=x", "initiatives/draft/", "areas/XXX/", "themes/x/"):
        assert client.get(f"/api/v1/{address}").status_code == 404, address


def test_areas_themes_and_sources_count_published_initiatives(client):
    area, theme, source = make_area("NEL"), make_theme("Falls"), make_source("A report")
    entry = make_initiative(slug="a", areas=[area], themes=[theme])
    SourceReference.objects.create(initiative=entry, source=source, place="page 3")
    draft = make_initiative(slug="b", areas=[area], themes=[theme], publication="draft")
    SourceReference.objects.create(initiative=draft, source=source, place="page 4")
    make_area("SWL")
    make_borough("Hackney", area=area)

    areas = client.get("/api/v1/areas/").json()["results"]
    assert [(row["code"], row["initiatives"]) for row in areas] == [("NEL", 1), ("SWL", 0)]
    assert client.get("/api/v1/areas/NEL/").json()["boroughs"] == ["Hackney"]
    assert client.get("/api/v1/themes/").json()["results"][0]["initiatives"] == 1
    assert client.get("/api/v1/sources/").json()["results"][0]["initiatives"] == ["a"]


def test_list_takes_as_many_queries_for_thirty_entries_as_for_one(client):
    taken = []
    for rows in (1, 29):
        for _ in range(rows):
            entry = make_initiative(areas=[make_area()], themes=[make_theme()])
            make_outcome(entry)
            make_contact(entry)
        client.get("/api/v1/initiatives/?search=initiative")
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/initiatives/?search=initiative")
        taken.append(sum("initiatives_" in query["sql"] or "EXECUTE entries_" in query["sql"] for query in queries))

    assert taken == [3, 3]  # the version, the search and the rows


def test_docs_page_names_every_operation_of_the_schema(client):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    page = client.get("/api/v1/docs/").content.decode()

    assert "/api/v1/initiatives/" in schema["paths"]
    for address, operations in schema["paths"].items():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
            for parameter in operation.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page, address
    assert client.get("/api/v1/schema/").status_code == 200


def test_an_old_slug_leads_to_the_new_one_for_ever(client):
    entry = make_initiative(slug="falls-car")
    entry.slug = "falls-response-car"
    entry.save()

    response = client.get("/api/v1/initiatives/falls-car/")

    assert response.status_code == 301
    assert response["Location"] == "http://testserver/api/v1/initiatives/falls-response-car/"
    assert client.get(response["Location"]).json()["slug"] == "falls-response-car"
    Initiative.objects.update(publication="draft")
    assert client.get("/api/v1/initiatives/falls-car/").status_code == 404
