"""The published record, recounted against the report it comes from."""

import os
import re
from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from initiatives.models import Basis, Borough, Contact, Initiative, Outcome, Source, STPArea, Theme
from stp_feedback.models import FeedbackPoint, Forum, KeyTheme, Recommendation

FIXTURES = settings.BASE_DIR / "fixtures"
NAMES = ["reference.yaml", *sorted(path.name for path in FIXTURES.glob("00*.yaml"))]
SOURCES = settings.BASE_DIR.parent / "shared" / "sources"

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
CELLS = {
    "NEL": {"opportunities": 5, "innovation": 3, "support": 4},
    "NCL": {"opportunities": 6, "innovation": 5, "support": 7},
    "SEL": {"opportunities": 4, "innovation": 5, "support": 9},
    "SWL": {"opportunities": 6, "innovation": 4, "support": 6},
    "NWL": {"opportunities": 5, "innovation": 3, "support": 4},
}
PRINTED_SECTIONS = {
    "opportunities": "Opportunities and enablers",
    "innovation": "Promoting and adopting innovation more widely",
    "support": "Support that would add most value",
}
SENATE_MAILBOX = "England.londonclinicalsenate@nhs.net"
EMAIL = re.compile(r"[\w.]+@[\w.]+\w")
LONGEST_SHARED_RUN = 11  # words


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole record, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *NAMES, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def report():
    paths = list(SOURCES.glob("000*.txt"))
    if not paths and not os.environ.get("CI"):
        pytest.skip(f"The report is not beside this clone: no 000*.txt in {SOURCES}")
    assert paths, f"The report must be beside the repository: no 000*.txt in {SOURCES}"
    return paths[0].read_text()


@pytest.fixture(scope="module")
def printed_entries(report):
    """The printed text of each entry by its heading, from the heading to the next one."""
    rest = report.partition("Transforming out of hospital care in practice")[2].partition(END_OF_ENTRIES)[0]
    entries = {}
    for heading, following in zip(HEADINGS, [*HEADINGS[1:], None], strict=True):
        rest = rest.partition(f"\n{heading}\n")[2]
        entries[heading] = rest.partition(f"\n{following}\n")[0] if following else rest
    return entries


@pytest.fixture(scope="module")
def printed_points(report):
    """The printed points by area code and section."""
    feedback = report.partition("Taking forward local plans\n")[2].partition("\nOther out of hospital care")[0]
    names = ["North East London", "North Central London", "South East London", "South West London", "North West London"]
    points = {}
    for code, name, following in zip(CELLS, names, [*names[1:], None], strict=True):
        block = feedback.partition(f"\n{name}\n")[2]
        block = block.partition(f"\n{following}\n")[0] if following else block
        for section, heading in PRINTED_SECTIONS.items():
            cell = block.partition(heading)[2]
            for other in PRINTED_SECTIONS.values():
                cell = cell.partition(other)[0]
            points[code, section] = [without_tags(point) for point in cell.split("•")[1:]]
    return points


def without_tags(text):
    return " ".join(re.sub(r"<[^>]*>", " ", text).split()).rstrip(" ,")


def plain(text):
    """Words and figures as printed, without emphasis and line breaks, and with one way to write "and"."""
    return " ".join(text.replace("*", "").replace("&", "and").split()).lower()


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def dump(tmp_path, name):
    """All rows that the fixtures hold, written out with natural keys."""
    path = tmp_path / f"{name}.yaml"
    call_command("dumpdata", *fixture_models(), natural_foreign=True, natural_primary=True, output=path, verbosity=0)
    return path


def fixture_models():
    text = "".join((FIXTURES / name).read_text() for name in NAMES)
    return sorted(set(re.findall(r"^- model: (\S+)$", text, re.MULTILINE)))


def entries_in_order():
    return Initiative.objects.filter(forums__slug="out-of-hospital-care-2017").order_by("foruminitiative__position")


def test_every_row_is_valid(record):
    for label in fixture_models():
        rows = apps.get_model(label).objects.all()
        assert rows, label
        for row in rows:
            row.full_clean()


def test_fixtures_name_rows_by_natural_keys():
    assert not [name for name in NAMES if "pk:" in (FIXTURES / name).read_text()]


def test_record_survives_a_round_trip(record, tmp_path):
    before = dump(tmp_path, "before")
    call_command("loaddata", before, verbosity=0)
    assert dump(tmp_path, "after").read_text() == before.read_text()


def test_loading_twice_changes_nothing(record, tmp_path):
    before = dump(tmp_path, "before")
    call_command("loaddata", *NAMES, verbosity=0)
    assert dump(tmp_path, "after").read_text() == before.read_text()


def test_boroughs_make_five_areas_and_a_map(record):
    boroughs = Counter(Borough.objects.values_list("area__code", flat=True))
    tiles = {borough.short_name: (borough.tile_row, borough.tile_column) for borough in Borough.objects.all()}
    assert boroughs == {"NEL": 8, "NCL": 5, "SEL": 6, "SWL": 6, "NWL": 8}
    assert tiles["ENF"] == (1, 5)
    assert tiles["HLG"] == (3, 1)
    assert tiles["BAR"] == (4, 8)
    assert tiles["RCH"] == (5, 1)
    assert tiles["STN"] == (7, 3)


def test_successors_are_those_of_today(record):
    assert {area.code: area.successor.name for area in STPArea.objects.all()} == {
        "NEL": "NHS North East London Integrated Care Board",
        "NCL": "NHS West and North London Integrated Care Board",
        "SEL": "NHS South East London Integrated Care Board",
        "SWL": "NHS South West London Integrated Care Board",
        "NWL": "NHS West and North London Integrated Care Board",
    }


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
    figures = Outcome.objects.exclude(value=None).values_list("claim", "direction", "value", "unit", "as_printed")
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
    for slug, status in Initiative.objects.values_list("slug", "evaluation_status"):
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


def test_seventy_six_points_fill_fifteen_cells(record):
    points = Counter(FeedbackPoint.objects.published().values_list("area__code", "section"))
    assert points == {(area, section): count for area, cell in CELLS.items() for section, count in cell.items()}
    assert points.total() == 76


def test_points_are_those_that_the_report_prints(record, printed_points):
    assert {cell: len(points) for cell, points in printed_points.items()} == dict(
        Counter(FeedbackPoint.objects.values_list("area__code", "section"))
    )


def test_points_say_what_enables_them(record, printed_points):
    enabled = Counter(FeedbackPoint.objects.exclude(enabled_by="").values_list("area__code", flat=True))
    assert enabled == {"NEL": 5, "NCL": 1, "SEL": 3, "SWL": 6}
    for point in FeedbackPoint.objects.all():
        printed = printed_points[point.area.code, point.section][point.position - 1]
        assert bool(point.enabled_by) == ("enabled by" in printed)


def test_points_keep_names_and_figures(record, printed_points):
    """Acronyms and figures are facts: reworded points keep every one of them."""
    for point in FeedbackPoint.objects.all():
        printed = printed_points[point.area.code, point.section][point.position - 1]
        facts = set(re.findall(r"\b[A-Z]\w*[A-Z0-9]\w*\b|\b\d+\b", printed))
        assert facts <= set(re.findall(r"\w+", f"{point.text} {point.enabled_by}")), point


def test_points_open_the_initiatives_they_name(record):
    named = FeedbackPoint.objects.exclude(initiatives=None).values_list(
        "area__code", "section", "position", "initiatives__slug"
    )
    assert set(named) == {
        ("NEL", "opportunities", 5, "falls-specialist-response-car"),
        ("NEL", "innovation", 1, "falls-specialist-response-car"),
        ("NEL", "innovation", 2, "innovation-in-medicines-optimisation"),
        ("NEL", "innovation", 3, "meeting-the-needs-of-frequent-service-users"),
        ("NCL", "innovation", 5, "connecting-care-for-children"),
        ("NCL", "innovation", 5, "living-well-network"),
    }


def test_forum_has_its_totals_and_its_date(record, report):
    forum = Forum.objects.get(slug="out-of-hospital-care-2017")
    totals = f"Of the {forum.attendees} attendees, {forum.committers} made {forum.commitments} commitments overall."
    assert (forum.attendees, forum.committers, forum.commitments) == (100, 45, 92)
    assert totals in report
    assert f"{forum.held_on:%d %B %Y} at {forum.venue}." in report
    assert forum.follow_up_due_on == forum.promised_follow_up_on == date(2017, 4, 26)
    assert forum.further_sources.count() == 3


def test_eight_key_themes_stand_in_the_order_of_the_report(record, report):
    printed = report.partition("all were considered to be important.")[2].partition("Taking forward local plans")[0]
    forum = Forum.objects.get(slug="out-of-hospital-care-2017")
    themes = list(forum.key_themes.order_by("forumkeytheme__position"))
    assert len(themes) == KeyTheme.objects.count() == len(printed.strip().split("\n\n")) == 8
    assert themes[0].short_name == "Relationships and trust"
    assert themes[-1].short_name == "Developing primary care"


def test_four_recommendations_say_whom_they_ask(record, report):
    printed = report.partition("Actions and recommendations\n")[2].partition("setting the context")[0]
    numbered = dict(re.findall(r"^(\d)\. (.*)$", printed, re.MULTILINE))
    recommendations = Recommendation.objects.order_by("number")
    assert [recommendation.number for recommendation in recommendations] == [1, 2, 3, 4]
    assert len(numbered) == 4
    for recommendation in recommendations:
        assert recommendation.addressed_to in numbered[str(recommendation.number)].replace("*", "")


def test_sentences_are_our_own(record, report):
    printed = words(report)
    length = LONGEST_SHARED_RUN + 1
    runs = {tuple(printed[start : start + length]) for start in range(len(printed) - length + 1)}
    copied = []
    for row, text in sentences():
        ours = words(text)
        copied += [
            (str(row), " ".join(ours[start : start + length]))
            for start in range(len(ours) - length + 1)
            if tuple(ours[start : start + length]) in runs
        ]
    assert copied == []


def sentences():
    """Every text in our own words. Titles, labels and quoted figures are facts, so they are not among them."""
    own_words = {"summary", "how_it_works", "who_for", "evaluation_note", "results_expected_note", "measure", "note"}
    own_words |= {"text", "enabled_by", "introduction", "feedback_note"}
    for label in fixture_models():
        model = apps.get_model(label)
        fields = own_words & {field.name for field in model._meta.get_fields()}
        for row in model.objects.all():
            yield from ((row, getattr(row, field)) for field in fields)
