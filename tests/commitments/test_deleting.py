from datetime import date

import pytest
from django.utils import timezone

from senate_portal.accounts.models import AuditEntry
from stp_feedback.models import FeedbackPoint, Forum, Series
from tests.factories import (
    make_area,
    make_attendee,
    make_forum,
    make_initiative,
    make_key_theme,
    make_message,
    make_point,
    make_wave,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db
PAGE = "/staff/forums/wrong/delete/"


@pytest.fixture
def forum():
    return make_forum(slug="wrong", title="Wrong forum", is_published=False)


def test_staff_see_what_goes_and_delete_it(client, staff, forum):
    initiative = make_initiative()
    forum.foruminitiative_set.create(initiative=initiative, position=1)
    theme = make_key_theme("Trust", forum)
    for number in [1, 2]:
        forum.sessions.create(position=number, title="Talk")
    make_point(forum, make_area("NEL"), state="draft", key_themes=[theme])
    make_point(text="Of another forum")

    page = words_of(client.get(PAGE))
    for words in ["1 initiative shown", "1 key theme raised", "2 sessions", "1 feedback point "]:
        assert words in page
    assert client.post(PAGE).status_code == 422
    assert Forum.objects.filter(pk=forum.pk).exists()

    said = client.post(PAGE, {"action": "delete"}, follow=True)

    assert "Wrong forum is deleted." in words_of(said)
    assert not Forum.objects.filter(pk=forum.pk).exists()
    assert [point.text for point in FeedbackPoint.objects.all()] == ["Of another forum"]
    initiative.refresh_from_db()
    theme.refresh_from_db()
    gone = Forum.pgh_event_model.objects.get(pgh_label="delete")
    assert (gone.title, gone.pgh_context.metadata["user"]) == ("Wrong forum", staff.pk)
    assert AuditEntry.objects.filter(by=staff, verb="POST", page=PAGE).exists()
    assert client.post(PAGE, {"action": "delete"}).status_code == 404


def test_an_empty_forum_has_nothing_to_preview(client, staff, forum):
    page = words_of(client.get(PAGE))
    assert "Nothing hangs on it but the forum itself." in page
    assert "That day would change" not in page


def test_staff_see_whose_follow_up_waits_for_the_forum_and_it_moves(client, staff):
    series = Series.objects.create(slug="s", title="S")
    spring = make_forum(title="Spring forum", held_on=date(2026, 3, 2), series=series, follow_up_at_next=True)
    make_forum(slug="wrong", held_on=date(2026, 6, 1), series=series)
    assert "People of Spring forum are to be asked by the day of this forum" in words_of(client.get(PAGE))
    spring.refresh_from_db()
    assert spring.follow_up_due_on == date(2026, 6, 1)
    client.post(PAGE, {"action": "delete"})
    spring.refresh_from_db()
    assert spring.follow_up_due_on == date(2026, 6, 2)  # three months after it


def sent(forum):
    make_message(make_attendee(forum), make_wave(forum), attempts=1)


def set_field(name, value):
    def change(forum):
        setattr(forum, name, value)
        forum.save()

    return change


@pytest.mark.parametrize(
    ("happened", "why", "instead"),
    [
        (make_attendee, "1 person is on record for it.", "Look at the people on record, correct or erase them"),
        (sent, "Emails about it have left,", "Hold or stop its follow-up"),
        (set_field("feedback_published_at", timezone.now()), "What areas said there was published", "hide it from"),
        (set_field("join_code", "ABC234"), "People can write with a code", "Close the code with which people join"),
        (set_field("capture_code", "ABC234"), "People can write with a code", "Close the code with which note-takers"),
    ],
)
def test_what_others_would_miss_is_not_deleted_and_staff_learn_what_to_do(client, staff, forum, happened, why, instead):
    happened(forum)
    for response in [client.get(PAGE), client.post(PAGE, {"action": "delete"})]:
        page = words_of(response)
        assert "This forum cannot be deleted" in page
        assert why in page
        assert instead in page
        assert "Delete it for good" not in page
    assert response.status_code == 409
    assert Forum.objects.filter(pk=forum.pk).exists()
