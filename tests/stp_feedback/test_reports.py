import pytest

from stp_feedback import reports
from stp_feedback.models import FeedbackPoint
from tests.factories import make_area, make_forum_with_feedback, make_initiative, make_key_theme, make_point

pytestmark = pytest.mark.django_db


def read(forum):
    return FeedbackPoint.objects.filter(forum=forum).for_reading()


def test_area_feedback_holds_three_sections_in_order_and_only_its_own_points():
    forum, nel = make_forum_with_feedback(), make_area("NEL")
    first = make_point(forum, nel, section="opportunities", is_unclear=True)
    last = make_point(forum, nel, section="support", state=FeedbackPoint.State.DRAFT)
    make_point(forum, make_area("SEL"))
    make_point(area=nel)

    feedback = reports.area_feedback(forum, nel, FeedbackPoint.objects.for_reading())

    assert [(cell.section, list(cell.points)) for cell in feedback.cells] == [
        ("opportunities", [first]),
        ("innovation", []),
        ("support", [last]),
    ]
    assert (len(feedback.points), feedback.unclear, feedback.drafts) == (2, 1, 1)


def test_area_feedback_names_each_published_initiative_once_and_counts_key_themes():
    forum, nel = make_forum_with_feedback(), make_area("NEL")
    trust, time = make_key_theme("Trust"), make_key_theme("Time")
    falls, draft = make_initiative(title="Falls car"), make_initiative(publication="draft")
    make_point(forum, nel, key_themes=[trust, time], initiatives=[falls, draft])
    make_point(forum, nel, key_themes=[trust], initiatives=[falls])

    feedback = reports.area_feedback(forum, nel, read(forum))

    assert feedback.initiatives == [falls]
    assert feedback.key_themes == [(time, 1), (trust, 2)]


def test_side_by_side_leaves_out_what_is_empty():
    forum, nel, sel, swl = make_forum_with_feedback(), make_area("NEL"), make_area("SEL"), make_area("SWL")
    a = make_point(forum, nel, section="support")
    b = make_point(forum, sel, section="support")

    rows = reports.side_by_side(read(forum), [nel, sel, swl])

    assert [(section, [(cell.area, cell.points) for cell in cells]) for section, cells in rows] == [
        ("support", [(nel, (a,)), (sel, (b,))])
    ]


def test_theme_matrix_counts_a_point_under_each_of_its_themes():
    forum, nel, sel = make_forum_with_feedback(), make_area("NEL"), make_area("SEL")
    trust, time = make_key_theme("Trust"), make_key_theme("Time")
    make_key_theme("Never touched")
    make_point(forum, nel, key_themes=[trust, time])
    make_point(forum, nel, key_themes=[trust])
    make_point(forum, sel)

    rows = reports.theme_matrix(FeedbackPoint.objects.filter(forum=forum), [nel, sel])

    assert [(row.key_theme, row.counts, row.total) for row in rows] == [
        (time, ((nel, 1), (sel, 0)), 1),
        (trust, ((nel, 2), (sel, 0)), 2),
    ]


def test_count_by_cell_counts_by_area_and_section():
    forum = make_forum_with_feedback()
    make_point(forum, make_area("NEL"), section="support")
    make_point(forum, make_area("NEL"), section="support")
    make_point(forum, make_area("NEL"), section="opportunities")
    make_point(forum, make_area("SEL"), section="innovation")

    rows = reports.count_by_cell(FeedbackPoint.objects.filter(forum=forum))

    assert [(row.area.code, row.counts, row.total) for row in rows] == [("NEL", (1, 0, 2), 3), ("SEL", (0, 1, 0), 1)]
