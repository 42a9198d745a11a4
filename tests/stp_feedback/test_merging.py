import uuid

import pytest

from stp_feedback import merging
from stp_feedback.models import FeedbackPoint, Merge
from tests.factories import make_area, make_forum, make_initiative, make_key_theme, make_point, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return make_forum()


def draft(forum, text, **fields):
    return make_point(forum, make_area("NEL"), state="draft", text=text, verbatim=text.lower(), **fields)


def texts():
    return list(FeedbackPoint.objects.values_list("text", flat=True))


def test_merge_keeps_the_words_themes_and_initiatives_of_both(forum):
    staff, trust, time, falls = make_user(), make_key_theme("Trust"), make_key_theme("Time"), make_initiative()
    draft(forum, "A", enabled_by="X", key_themes=[trust])
    point = draft(forum, "B", is_unclear=True, key_themes=[time], initiatives=[falls])
    merged = merging.merge_into_one_above(point, by=staff)
    merged.refresh_from_db()
    assert (merged.text, merged.verbatim, merged.enabled_by, merged.is_unclear) == ("A B", "a\nb", "X", True)
    assert set(merged.key_themes.all()) == {trust, time}
    assert (list(merged.initiatives.all()), merged.edited_by, texts()) == ([falls], staff, ["A B"])


def test_published_points_are_never_merged_away(forum):
    make_point(forum, make_area("NEL"), text="Published")
    below = draft(forum, "Draft")
    assert merging.merge_into_one_above(below) is None
    published = make_point(forum, make_area("NEL"), text="Also published")
    assert merging.merge_into_one_above(published) is None
    assert texts() == ["Published", "Draft", "Also published"]


def test_parting_brings_back_both_as_they_were(forum):
    trust, key = make_key_theme("Trust"), uuid.uuid4()
    above = draft(forum, "A", position=1)
    below = draft(forum, "B", position=2, enabled_by="X", is_unclear=True, sent_key=key, key_themes=[trust])
    draft(forum, "C", position=3)
    merging.merge_into_one_above(below)
    draft(forum, "D", position=4)

    parted = merging.part(above)

    assert (parted.text, parted.verbatim, parted.enabled_by, parted.is_unclear) == ("B", "b", "X", True)
    assert (parted.sent_key, list(parted.key_themes.all())) == (key, [trust])
    above.refresh_from_db()
    assert (above.text, above.verbatim, above.enabled_by, above.is_unclear) == ("A", "a", "", False)
    assert list(FeedbackPoint.objects.values_list("text", "position")) == [("A", 1), ("B", 2), ("C", 4), ("D", 5)]
    assert not Merge.objects.exists()


def test_what_somebody_changed_since_is_not_parted(forum):
    above = draft(forum, "A")
    merging.merge_into_one_above(draft(forum, "B"))
    assert merging.can_be_parted(FeedbackPoint.objects.all()) == {above.pk}
    FeedbackPoint.objects.update(text="A and B")
    assert merging.can_be_parted(FeedbackPoint.objects.all()) == set()
    assert merging.part(above) is None
    assert texts() == ["A and B"]


def test_three_merged_by_two_steps_come_apart_the_same_way(forum):
    first = draft(forum, "A")
    for text in "BC":
        merging.merge_into_one_above(draft(forum, text))
    assert texts() == ["A B C"]
    merging.part(first)
    assert texts() == ["A B", "C"]
    merging.part(first)
    assert texts() == ["A", "B", "C"]


def test_a_point_that_was_merged_before_it_goes_leaves_its_keys(forum):
    key = uuid.uuid4()
    draft(forum, "A")
    second = draft(forum, "B")
    merging.merge_into_one_above(draft(forum, "C", sent_key=key))
    merging.merge_into_one_above(second)
    assert texts() == ["A B C"]
    assert Merge.objects.filter(sent_key=key, into__text="A B C").exists()
    assert len(merging.can_be_parted(FeedbackPoint.objects.all())) == 1
