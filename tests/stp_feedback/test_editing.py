import uuid

import pytest
from django.db import IntegrityError, transaction

from stp_feedback import editing
from stp_feedback.editing import Note
from stp_feedback.models import FeedbackPoint
from tests.factories import make_area, make_forum, make_point, make_user

# The reading of typed notes


@pytest.mark.parametrize(
    ("pasted", "notes"),
    [
        ("• QI training\n• Costing skills", [Note("QI training"), Note("Costing skills")]),
        ("QI training\r\nCosting skills\r\n\r\n", [Note("QI training"), Note("Costing skills")]),
        ("1. First\n2) Second\n(3) Third", [Note("First"), Note("Second"), Note("Third")]),
        (
            "\u2013 Dash\n- Hyphen\no Letter\n\uf0b7\tSymbol",
            [Note("Dash"), Note("Hyphen"), Note("Letter"), Note("Symbol")],
        ),
        (
            "\uf0a7\tSquare\n\uf0d8 Arrow\n\uf0fc\u200bTick\n\ufeff§ Sign\n➢ Drawn\nØ Letter",
            [Note("Square"), Note("Arrow"), Note("Tick"), Note("Sign"), Note("Drawn"), Note("Letter")],
        ),
        ("• A point that\n  goes on\n• Another", [Note("A point that goes on"), Note("Another")]),
        ("• Consistency, enabled by shared pathways", [Note("Consistency", "shared pathways")]),
        ("• Consistency. ENABLED BY: shared pathways", [Note("Consistency", "shared pathways")]),
        ("• Enabled by luck", [Note("Enabled by luck")]),
        ("• Never enabled bystanders", [Note("Never enabled bystanders")]),
        ("• A bell\x07 and\x0ba tab\there", [Note("A bell and a tab here")]),
        ("7 days a week", [Note("7 days a week")]),
        ("online advice", [Note("online advice")]),
        ("•\n \n", []),
    ],
)
def test_read_notes_finds_points_and_what_enables_them(pasted, notes):
    assert editing.read_notes(pasted) == notes


def test_twenty_bullets_give_twenty_points():
    pasted = "\n".join(f"•\tPoint number {number}, enabled by reason {number}" for number in range(1, 21))
    notes = editing.read_notes(pasted)
    assert notes == [Note(f"Point number {number}", f"reason {number}") for number in range(1, 21)]


# From the table to the page


@pytest.fixture
def forum(db):
    return make_forum()


@pytest.fixture
def nel(db):
    return make_area("NEL")


def texts(forum):
    return list(FeedbackPoint.objects.filter(forum=forum).values_list("text", flat=True))


def test_write_down_adds_drafts_below_and_keeps_the_words(forum, nel):
    make_point(forum, nel, section="support", position=4)
    staff = make_user()
    first, second = editing.write_down(
        forum, nel, "support", [Note("Time", "Trust"), Note("Money", is_unclear=True)], by=staff
    )
    assert (first.position, first.text, first.enabled_by, first.verbatim) == (
        5,
        "Time",
        "Trust",
        "Time, enabled by Trust",
    )
    assert (first.state, first.edited_by) == ("draft", staff)
    assert (second.position, second.verbatim, second.is_unclear) == (6, "Money", True)


def test_write_down_keeps_a_note_that_is_sent_twice_once(forum, nel):
    note = Note("Time", key=uuid.uuid4())
    assert len(editing.write_down(forum, nel, "support", [note])) == 1
    assert editing.write_down(forum, nel, "support", [note, note]) == []
    assert texts(forum) == ["Time"]


def test_database_refuses_the_same_note_twice_and_a_point_without_words(forum, nel):
    key = uuid.uuid4()
    make_point(forum, nel, sent_key=key)
    for fields in ({"sent_key": key}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_point(forum, nel, **fields)


def test_move_changes_places_and_stops_at_the_ends(forum, nel):
    points = editing.write_down(forum, nel, "support", [Note("a"), Note("b"), Note("c")])
    make_point(forum, make_area("SEL"), section="support", position=1, text="elsewhere")
    editing.move(points[2], up=True)
    assert texts(forum)[:3] == ["a", "c", "b"]
    editing.move(points[0], up=True)
    assert texts(forum)[:3] == ["a", "c", "b"]
    editing.move(points[0], up=False)
    assert texts(forum)[:3] == ["c", "a", "b"]


def test_move_changes_nothing_where_another_stands_there_than_was_seen(forum, nel):
    a, b, c = editing.write_down(forum, nel, "support", [Note("a"), Note("b"), Note("c")])
    assert editing.move(c, up=True, past=b.pk)
    assert not editing.move(b, up=True, past=a.pk)
    assert not editing.move(a, up=True, past=b.pk)
    assert texts(forum) == ["a", "c", "b"]


def test_publish_opens_one_area_and_leaves_the_others(forum, nel):
    sel = make_area("SEL")
    ours = make_point(forum, nel, state="draft")
    make_point(forum, sel, state="draft")
    assert editing.publish(forum, [nel]) == 1
    assert list(FeedbackPoint.objects.published()) == [ours]
    since = forum.feedback_published_at
    assert editing.publish(forum, [nel, sel]) == 1
    assert forum.feedback_published_at == since
    assert FeedbackPoint.objects.published().count() == 2


def test_publishing_nothing_opens_nothing(forum, nel):
    assert editing.publish(forum, [nel]) == 0
    assert forum.feedback_published_at is None
