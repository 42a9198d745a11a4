"""The recorded forum and its feedback, recounted against the report that prints them."""

import re
from collections import Counter
from datetime import date

import pytest

from stp_feedback.models import FeedbackPoint, Forum, KeyTheme, Recommendation

pytestmark = pytest.mark.django_db

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
