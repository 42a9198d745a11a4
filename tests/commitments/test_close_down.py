from datetime import date

import pytest

from commitments import cards, close_down, digests
from commitments.models import CardCheck, CloseDown, TypedCard, Wave
from stp_feedback.models import Forum
from tests.factories import (
    make_area,
    make_ask,
    make_attendee,
    make_commitment,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_point,
    make_source,
    make_user,
    make_wave,
)
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]
TODAY = date(2026, 11, 25)


@pytest.fixture
def forum():
    return make_forum_with_feedback(slug="autumn", title="Autumn forum", held_on=date(2026, 10, 1))


def tasks(forum):
    read = close_down.with_facts(Forum.objects.all()).get(pk=forum.pk)
    return {task.name: (task.state.value, task.words) for task in close_down.checklist(read).tasks}


def test_a_forum_of_which_nothing_is_on_record_has_all_to_do(forum):
    make_area("NEL")
    assert tasks(forum) == {
        "report": ("to-do", "It has no initiatives, no key themes and no recommendations."),
        "feedback": ("to-do", "Nothing is written down."),
        "commitments": ("to-do", "Nobody is on record."),
        "cards": ("not-needed", "No card was typed."),
        "follow-up": ("to-do", "Nobody is on record who could be asked."),
        "asks": ("not-needed", "No published point asks for support."),
        "brief": ("not-needed", "No follow-up tells what it could be drawn from."),
    }


def test_the_report_is_done_when_everybody_can_read_all_of_it(forum):
    forum.foruminitiative_set.create(initiative=make_initiative(), position=1)
    make_key_theme("Trust", forum)
    make_key_theme("Time", forum)
    assert tasks(forum)["report"] == ("to-do", "It has no recommendations.")
    forum.recommendations.create(number=1, addressed_to="All", text="Act")
    assert tasks(forum)["report"] == (
        "done",
        "Everybody can read it, with 1 initiative, 2 key themes, 1 recommendation.",
    )
    forum.is_published = False
    forum.save()
    assert tasks(forum)["report"] == ("to-do", "Only staff can read it: the forum is not published.")


def test_feedback_is_done_when_each_area_is_published(forum):
    draft = make_point(forum, make_area("NEL"), state="draft")
    make_point(forum, make_area("NEL"))
    make_area("SEL")
    assert tasks(forum)["feedback"] == ("to-do", "Area NEL has 1 draft. Nothing is written down for Area SEL.")
    draft.delete()
    forum.areas_absent.set([make_area("SEL")])
    assert tasks(forum)["feedback"][0] == "done"


def test_nobody_waits_for_what_areas_say_that_took_no_part(forum):
    forum.areas_absent.set([make_area("NEL"), make_area("SEL")])
    assert tasks(forum)["feedback"] == ("not-needed", "No STP area took part.")


def test_commitments_are_done_when_as_many_are_on_record_as_were_reported(forum):
    attendee = make_attendee(forum)
    assert tasks(forum)["commitments"] == ("to-do", "1 person is on record, with no commitments.")
    make_commitment(attendee)
    assert tasks(forum)["commitments"] == ("done", "1 commitment is on record.")
    forum.commitments = 2
    forum.save()
    assert tasks(forum)["commitments"] == ("to-do", "1 of the 2 commitments reported are on record.")


def test_a_forum_known_from_its_report_alone_needs_no_names():
    forum = make_forum(source=make_source(), commitments=92)
    found = tasks(forum)
    assert found["commitments"] == ("not-needed", "The report gives totals only. No names are on record.")
    assert found["follow-up"][0] == "not-needed"


def test_cards_are_done_when_the_whole_sample_is_checked(forum):
    for _ in range(11):
        TypedCard.objects.create(commitment=make_commitment(make_attendee(forum)))
    assert tasks(forum)["cards"] == ("to-do", "0 of 10 cards in the sample are checked.")
    for card in cards.sample(forum):
        CardCheck.objects.create(commitment=card)
    assert tasks(forum)["cards"] == ("done", "10 of 10 cards in the sample are checked.")


def test_the_follow_up_is_to_do_only_while_it_waits_for_staff(forum):
    make_commitment(make_attendee(forum))
    assert tasks(forum)["follow-up"] == ("to-do", "It is not planned.")
    wave = make_wave(forum)
    states = {}
    for state in Wave.State:
        wave.state, wave.state_why = state, "We wait"
        wave.save()
        found = tasks(forum)
        states[state.value] = (found["follow-up"][0], found["brief"][0])
    assert states == {
        "planned": ("under-way", "under-way"),
        "held": ("to-do", "under-way"),
        "open": ("under-way", "under-way"),
        "stopped": ("done", "not-needed"),
        "closed": ("done", "to-do"),
    }


def test_the_brief_is_done_once_there_is_a_forum_that_it_is_for(forum):
    make_wave(forum, state=Wave.State.CLOSED)
    make_forum(held_on=date(2026, 9, 1))
    assert tasks(forum)["brief"][0] == "to-do"
    make_forum(held_on=None, date_known="not-yet")
    assert tasks(forum)["brief"][0] == "done"


def test_asks_are_done_when_somebody_looks_after_each(forum):
    points = [make_point(forum, make_area(code)) for code in ["NEL", "SEL"]]
    assert tasks(forum)["asks"] == ("to-do", "2 points about support are on no ask.")
    ask = make_ask(points)
    assert tasks(forum)["asks"] == ("to-do", "1 ask has no owner.")
    ask.owner = make_user()
    ask.save()
    assert tasks(forum)["asks"] == ("done", "1 ask has an owner.")


def test_staff_are_reminded_of_forums_older_than_four_weeks_until_they_close_them(forum):
    make_forum(held_on=date(2026, 10, 29))
    make_forum(held_on=date(2027, 1, 1))
    assert [(one.forum, one.left) for one in close_down.overdue(TODAY)] == [(forum, 4)]
    assert [(one.what, one.number) for one in digests.waiting()] == [("Forums with something left to do", 1)]
    CloseDown.objects.create(forum=forum, why="Nobody took notes")
    assert close_down.overdue(TODAY) == []
    assert digests.waiting() == []


def test_as_many_queries_for_many_forums_as_for_one(forum, django_assert_num_queries):
    with django_assert_num_queries(5):
        close_down.overdue(TODAY)
    for _ in range(3):
        make_wave(make_commitment(make_attendee(make_forum())).attendee.forum)
    with django_assert_num_queries(5):
        assert len(close_down.overdue(TODAY)) == 4


# Its pages


def test_home_and_workspace_say_what_is_left(client, staff, forum):
    home = client.get("/staff/")
    assert "Forums to close down 1 held more than four weeks ago" in words_of(home)
    assert 'href="/staff/forums/autumn/#close-down">4 things are left to do' in home.content.decode()
    workspace = client.get("/staff/forums/autumn/")
    assert "Nothing is written down. To do" in words_of(workspace)
    assert 'href="/staff/forums/autumn/feedback/" aria-describedby' in workspace.content.decode()


def test_before_the_forum_there_is_no_list(client, staff):
    make_forum(slug="spring", held_on=date(2027, 3, 1))
    page = words_of(client.get("/staff/forums/spring/"))
    assert "Once the forum was held, what is left to do stands here." in page
    assert "Nobody is on record who could be asked" not in page


def test_staff_close_a_forum_for_a_reason_and_open_it_again(client, staff, forum):
    page = client.post("/staff/forums/autumn/close/", {"why": ""})
    assert (page.status_code, "Say why, in a few words" in words_of(page)) == (422, True)
    assert "4 things are left to do." in words_of(page)

    said = client.post("/staff/forums/autumn/close/", {"why": "Nobody took notes"}, follow=True)
    assert "Closed on Wednesday 25 November 2026 by Sam Staff: Nobody took notes" in words_of(said)
    client.post("/staff/forums/autumn/close/", {"why": "Another reason"})
    assert CloseDown.objects.get().why == "Nobody took notes"
    assert "No forum of more than four weeks ago waits" in words_of(client.get("/staff/"))

    client.post("/staff/forums/autumn/reopen/")
    assert not CloseDown.objects.exists()
    history = CloseDown.pgh_event_model.objects.order_by("pgh_id")
    assert [(row.pgh_label, row.why) for row in history] == [
        ("insert", "Nobody took notes"),
        ("delete", "Nobody took notes"),
    ]
