"""How long documents and files take, beside the time that typst itself needs for a page of the same text."""

import resource
import sys
import time
from datetime import date
from statistics import median

import pytest
import typst
from django.core.management import call_command
from django.utils import timezone

from initiatives.models import Initiative, STPArea
from senate_portal.lib.pdf import fonts, pdf
from senate_portal.lib.spreadsheets import csv_lines, xlsx_response
from senate_portal.lib.word import word
from stp_feedback import documents, exports, reports
from stp_feedback.forum_reports import forum_report
from stp_feedback.models import FeedbackPoint, Forum, ForumInitiative

pytestmark = pytest.mark.django_db
ROUNDS = 10
AREAS, SECTIONS = 5, 3


def say(capsys, what, seconds, goal=""):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with capsys.disabled():
        sys.stdout.write(f"\n{what:40}{median(seconds):8.3f} s{peak:8.0f} MB at most{goal}")


def timed(work, rounds=ROUNDS):
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def fill(forum, number):
    """Points over all cells, and 100 initiatives."""
    areas, sections = list(STPArea.objects.all()), list(FeedbackPoint.Section)
    FeedbackPoint.objects.bulk_create(
        [
            FeedbackPoint(
                forum=forum,
                area=areas[index % AREAS],
                section=sections[index // AREAS % SECTIONS],
                position=index // (AREAS * SECTIONS) + 1,
                text="What people wrote down at their table, in a line or two that says what would help. ",
                enabled_by="Shared metrics, and time to meet",
                state=FeedbackPoint.State.PUBLISHED,
            )
            for index in range(number)
        ],
        batch_size=5_000,
    )
    entries = Initiative.objects.bulk_create(
        Initiative(
            slug=f"entry-{index}",
            title=f"Entry {index}",
            summary="What it does, for whom and since when, in a handful of words. " * 4,
            who_for="Older people",
            stage=Initiative.Stage.LIVE,
            publication=Initiative.Publication.PUBLISHED,
        )
        for index in range(100)
    )
    ForumInitiative.objects.bulk_create(
        ForumInitiative(forum=forum, initiative=entry, position=position) for position, entry in enumerate(entries)
    )


@pytest.fixture
def big_forum(db):
    call_command("load_record", verbosity=0)
    return Forum.objects.create(
        slug="big", title="Big", held_on=date(2026, 1, 26), is_published=True, feedback_published_at=timezone.now()
    )


def test_one_area_summary(big_forum, capsys):
    forum, area = Forum.objects.get(slug="out-of-hospital-care-2017"), STPArea.objects.get(code="SEL")

    def summary():
        points = FeedbackPoint.objects.published().filter(forum=forum, area=area).for_reading(with_contacts=True)
        feedback = reports.area_feedback(forum, area, points)
        return documents.area_summary(feedback, asks=[], commitments=[], made_at=timezone.now())

    text = " ".join(point.text for point in FeedbackPoint.objects.filter(forum=forum, area=area))
    plain = text.replace("#", "").replace("$", "").replace("@", "").encode()
    pdf(summary())  # which reads the typefaces
    say(capsys, "typst alone, a page of the same text", timed(lambda: typst.compile(plain, font_paths=fonts())))
    say(capsys, "One area's summary as PDF", timed(lambda: pdf(summary())), " (the goal is 0.3 s and 300 MB)")
    say(capsys, "One area's summary as Word", timed(lambda: word(summary())))


def test_whole_report_of_100_entries_and_400_points(big_forum, capsys):
    fill(big_forum, 400)

    def report():
        points = FeedbackPoint.objects.published().filter(forum=big_forum)
        forum = Forum.objects.whole().get(pk=big_forum.pk)
        return forum_report(forum, points, asks=[], follow_up=[], made_at=timezone.now())

    say(capsys, "A forum's report as PDF", timed(lambda: pdf(report()), 3), " (the goal is 2 s)")
    say(capsys, "A forum's report as Word", timed(lambda: word(report()), 3), " (the goal is 2 s)")


def test_files_of_100_000_points(big_forum, capsys):
    fill(big_forum, 100_000)
    points = FeedbackPoint.objects.filter(forum=big_forum).for_reading()

    def as_csv():
        for _ in csv_lines(exports.POINT_COLUMNS, exports.point_rows(points.iterator(2_000))):
            pass

    def as_xlsx():
        for _ in xlsx_response("points", "Points", [exports.points_sheet(points.iterator(2_000))]).streaming_content:
            pass

    say(capsys, "100,000 points, before the files", [0.0])
    say(capsys, "100,000 points as CSV", timed(as_csv, 1))
    say(capsys, "100,000 points as Excel", timed(as_xlsx, 1), " (the goal is flat memory)")
