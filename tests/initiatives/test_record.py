"""The recorded initiatives, recounted against the report and the strategy that print them."""

import re
from collections import Counter

import pytest

from initiatives.models import Basis, Contact, Initiative, Outcome, Source, Theme
from tests.wording import plain

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Health 1000: The Wellness Practice",
    "The Camden & Islington Psychosis & Long Term Conditions Integrated Practice Unit",
    "Children and young people's health partnership (CYPHP)",
    "ESCAPE-pain",
    "The East London primary care mental health service",
    "Islington Children’s Hospital @ Home service",  # noqa: RUF001 - the apostrophe that is printed
    "Falls Specialist Response Car",
    "Islington Practice based mental health team (PBMH)",
    "Community Independence Service (CIS)",
    "Connecting Care for Children (CC4C)",
    "The Living Well Network",
    "Innovation in medicines optimisation",
    "Bromley-by-Bow, DIY Health",
    "Meeting the needs of frequent service users",
    "The Royal Free Care Homes Outreach Service",
    "Improving Care Home Access to Urgent Care",
]
END_OF_ENTRIES = "The Senate Forum identified several issues"
SENATE_MAILBOX = "England.londonclinicalsenate@nhs.net"
EMAIL = re.compile(r"[\w.]+@[\w.]+\w")


@pytest.fixture(scope="module")
def printed_entries(report):
    """The printed text of each entry by its heading, from the heading to the next one."""
    rest = report.partition("Transforming out of hospital care in practice")[2].partition(END_OF_ENTRIES)[0]
    entries = {}
    for heading, following in zip(HEADINGS, [*HEADINGS[1:], None], strict=True):
        rest = rest.partition(f"\n{heading}\n")[2]
        entries[heading] = rest.partition(f"\n{following}\n")[0] if following else rest
    return entries


def entries_in_order():
    return Initiative.objects.filter(forums__slug="out-of-hospital-care-2017").order_by("foruminitiative__position")


def test_sixteen_entries_hold_seventeen_services(record):
    entries = list(entries_in_order())
    services = [entry.services.count() or 1 for entry in entries]
    assert [entry.title for entry in entries] == HEADINGS
    assert len(entries) == 16
    assert sum(services) == 17
    assert {entry.publication for entry in entries} == {"published"}


def test_entries_are_those_that_the_report_prints(printed_entries):
    assert all(printed_entries.values())
    assert sum(entry.count("Contact: ") for entry in printed_entries.values()) == 16


def test_entries_have_one_to_three_themes_and_no_theme_is_idle(record):
    assert {entry.themes.count() for entry in Initiative.objects.all()} <= {1, 2, 3}
    assert not Theme.objects.filter(initiatives=None).exists()


def test_every_entry_says_where_it_stands(record):
    for position, entry in enumerate(entries_in_order(), start=1):
        place = entry.source_references.get(source__slug="out-of-hospital-care-2017-report").place
        assert place == f"Transforming out of hospital care in practice, entry {position} of 16"


def test_contacts_stand_as_printed(record, printed_entries):
    for entry in entries_in_order():
        printed = plain(printed_entries[entry.title]).replace(", nhs foundation", " nhs foundation")
        for contact in entry.contacts.all():
            assert plain(contact.name) in printed
            assert plain(contact.role) in printed
            assert contact.organisation is None or plain(contact.organisation.name) in printed
            assert contact.is_public


def test_emails_stand_once_and_in_order(record, report, printed_entries):
    for entry in entries_in_order():
        emails = [contact.email for contact in entry.contacts.all() if contact.email]
        assert emails == EMAIL.findall(printed_entries[entry.title])
    recorded = Counter(Contact.objects.exclude(email="").values_list("email", flat=True))
    assert recorded + Counter([SENATE_MAILBOX]) == Counter(EMAIL.findall(report))
    assert SENATE_MAILBOX in Source.objects.get(slug="out-of-hospital-care-2017-report").note


def test_email_stands_by_its_own_person(record):
    emails = dict(Contact.objects.values_list("name", "email"))
    easily_swapped = {
        "Sue Malkin": "Susan.Malkin@gstt.nhs.uk",
        "Ingrid Wolfe": "Ingrid.Wolfe@kcl.ac.uk",
        "Catherine Lad": "Catherine.Lad@islington.gov.uk",
        "Kath Howes": "katherine.howes@nhs.net",
        "Francesca Pisanu": "mariafrancesca.pisanu@nhs.net",
        "Dr Ian Prenelle": "ian.prenelle@candi.nhs.uk",
    }
    assert len(emails) == 25
    assert easily_swapped.items() <= emails.items()
    for name, email in emails.items():
        assert not email or name.split()[-1].lower() in email.lower()
    assert [name for name, email in emails.items() if not email] == ["Neil Kendrick", "Eileen Sutton"]


def test_links_keep_every_label(record, printed_entries):
    two_labels_in_one = "[click here, www.escape-pain.org](http://www.escape-pain.org)"
    for entry in entries_in_order():
        printed = printed_entries[entry.title].replace(two_labels_in_one, "[click here](#), www.escape-pain.org")
        labels = re.findall(r"(?<=\[)[^\]]+(?=\]\(#\))|www\.[\w.-]+\w", printed.replace("\\", ""))
        assert [link.label for link in entry.links.all()] == labels
        for link in entry.links.exclude(address=""):
            assert link.address.removeprefix("http://") == link.label


def test_places_are_stated_only_where_printed(record, printed_entries):
    for entry in entries_in_order():
        printed = plain(printed_entries[entry.title] + " " + entry.title)
        places = {row.borough.name: row.basis for row in entry.initiativeborough_set.all()}
        places |= {row.area.name: row.basis for row in entry.initiativearea_set.all()}
        if entry.london_wide:
            places["across London"] = entry.london_wide_basis
        for place, basis in places.items():
            assert (basis == Basis.STATED) == (plain(place) in printed), f"{entry}: {place}"
        assert places, f"{entry} has no place at all"


def test_boroughs_lie_in_the_areas_of_their_entry(record):
    for entry in Initiative.objects.all():
        areas = {borough.area for borough in entry.boroughs.all()}
        assert areas <= set(entry.areas.all())


def test_names_that_look_like_places_are_none(record):
    diy_health = Initiative.objects.get(slug="diy-health")
    assert not Initiative.objects.filter(areas__code="SWL").exists()
    assert [borough.name for borough in diy_health.boroughs.all()] == ["Tower Hamlets"]


def test_outcomes_quote_what_is_printed(record, printed_entries):
    for entry in entries_in_order():
        printed = plain(printed_entries[entry.title]).replace("[", "").replace("](#)", "")
        for outcome in entry.outcomes.all():
            for piece in outcome.as_printed.split(" ... "):
                assert plain(piece) in printed, outcome
            if outcome.value is not None:
                assert f"{outcome.value:.0f}" in outcome.as_printed.replace(",", "")


def test_figures_are_those_of_the_report(record):
    outcomes = Outcome.objects.filter(initiative__in=entries_in_order()).exclude(value=None)
    figures = outcomes.values_list("claim", "direction", "value", "unit", "as_printed")
    assert set(figures) == {
        ("measured", "not-stated", 5000, "people", "approximately 5,000 people since 2013"),
        ("aim", "not-stated", 20, "patients a week", "aims to keep 20 patients at home, per week"),
        ("measured", "up", 95, "%", "+95% positive ratings excellent/v.good"),
        ("measured", "down", 60, "%", "+60% reduction"),
        ("measured", "down", 30, "%", "+30%"),
    }
    assert not Outcome.objects.filter(as_printed__startswith="+", note="").exists()


def test_aims_are_not_told_as_results(record):
    told_as_result = re.compile(
        r"\b(reduced|improved|increased|shown|showed|demonstrated|achieved|evaluat\w+|result)\b"
    )
    for outcome in Outcome.objects.filter(claim="aim"):
        assert not told_as_result.search(f"{outcome.measure} {outcome.as_printed}".lower()), outcome
    for outcome in Outcome.objects.exclude(claim="aim"):
        assert not re.search(r"\b(aims?|will)\b", f"{outcome.measure} {outcome.as_printed}".lower()), outcome


def test_evaluation_goes_no_further_than_the_report(record):
    evaluations = {}
    for slug, status in entries_in_order().values_list("slug", "evaluation_status"):
        evaluations.setdefault(status, set()).add(slug)
    evaluations.pop("none-stated")
    assert evaluations == {
        "planned": {
            "camden-islington-psychosis-integrated-practice-unit",
            "children-and-young-peoples-health-partnership",
        },
        "in-progress": {"health-1000"},
        "preliminary": {"connecting-care-for-children", "diy-health"},
        "completed": {"escape-pain", "islington-childrens-hospital-at-home"},
    }
    evaluated = Outcome.objects.filter(claim="evaluated").exclude(initiative__evaluation_status="completed")
    assert not evaluated.exists()


def test_examples_of_the_strategy_stay_drafts(record):
    """They are a dozen years old, name nobody to ask, and wait for somebody to check them."""
    examples = Initiative.objects.filter(source_references__source__slug="south-east-london-community-based-care")
    assert examples.count() == 10
    assert {example.publication for example in examples} == {"draft"}
    assert set(Initiative.objects.published()) == set(entries_in_order())


def test_examples_of_the_strategy_stand_as_printed(record, source_text):
    printed = plain(source_text("003"))
    for example in Initiative.objects.filter(publication="draft"):
        assert plain(example.title) in printed
        for place in [*example.boroughs.all(), *example.areas.all(), *example.organisations.all()]:
            assert plain(place.name) in printed
        for outcome in example.outcomes.all():
            assert plain(outcome.as_printed) in printed
            assert outcome.value is None or f"{outcome.value:.0f}" in outcome.as_printed
