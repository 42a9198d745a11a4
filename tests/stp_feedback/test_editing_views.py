from datetime import UTC, date, datetime

import pytest
import time_machine

from senate_portal.accounts.models import AuditEntry, User
from stp_feedback.models import FeedbackPoint, Forum
from tests.factories import (
    make_area,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_point,
    make_user,
)
from tests.pages import html_of

pytestmark = pytest.mark.django_db
DESK = "/staff/forums/care/feedback/"


@pytest.fixture
def forum():
    return make_forum(slug="care")


def edit_address(point):
    return f"/staff/feedback/points/{point.pk}/"


def seen(client, point):
    page = html_of(client.get(edit_address(point)))
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.parametrize("method", ["get", "post"])
def test_desk_is_for_staff_only(client, forum, method):
    point = make_point(forum, make_area("NEL"), state="draft")
    addresses = [
        DESK,
        f"{DESK}NEL/",
        f"{DESK}NEL/paste/",
        f"{DESK}publish/",
        f"{DESK}code/",
        edit_address(point),
        f"{edit_address(point)}move/",
    ]
    ask = getattr(client, method)
    assert {ask(address).status_code for address in addresses} == {302}
    client.force_login(make_user(User.Role.LEAD))
    assert {ask(address).status_code for address in addresses} == {403}
    assert FeedbackPoint.objects.get().state == "draft"


def test_strangers_do_not_learn_which_forums_there_are(client):
    make_area("NEL")
    assert client.get(f"{DESK}NEL/")["Location"] == f"/accounts/login/?next={DESK}NEL/"
    assert client.get(DESK)["Location"] == f"/accounts/login/?next={DESK}"


def test_desk_counts_points_and_drafts_by_area(client, forum, staff):
    make_point(forum, make_area("NEL"), state="draft")
    make_point(forum, make_area("NEL"))
    make_area("SEL")
    page = html_of(client.get(DESK))
    assert 'Publish<span class="nhsuk-u-visually-hidden"> the drafts of Area NEL</span>' in page
    assert "the drafts of Area SEL" not in page


def test_the_desk_answers_a_script_shortly_until_something_changes(client, forum, staff):
    make_point(forum, make_area("NEL"), state="draft")
    version = client.get(DESK)["ETag"]
    looked = AuditEntry.objects.count()

    same = client.get(DESK, headers={"if-none-match": version})
    assert (same.status_code, same.content, AuditEntry.objects.count()) == (304, b"", looked)

    make_point(forum, make_area("NEL"), state="draft")
    changed = client.get(DESK, headers={"if-none-match": version})
    assert (changed.status_code, AuditEntry.objects.count()) == (200, looked + 1)
    assert "2 points, 2 of them drafts." in html_of(changed)
    client.logout()
    assert client.get(DESK, headers={"if-none-match": changed["ETag"]}).status_code == 302


def test_without_scripts_the_desk_draws_itself_anew_only_when_asked_to(client, forum, staff):
    assert "desk.js" not in html_of(client.get(DESK))
    forum.capture_code = "ABCD2345"
    forum.save()
    page = client.get(DESK)
    assert ('<a href="?live=yes">' in html_of(page), "Refresh" in page) == (True, False)
    assert "desk.js" in html_of(page)
    live = client.get(f"{DESK}?live=yes")
    assert ("Stop that" in html_of(live), live["Refresh"]) == (True, "30")


def test_staff_publish_one_area_or_all(client, forum, staff):
    make_point(forum, make_area("NEL"), state="draft")
    make_point(forum, make_area("SEL"), state="draft")
    assert "1 point published." in html_of(client.post(f"{DESK}publish/", {"area": "NEL"}, follow=True))
    assert "1 point published." in html_of(client.post(f"{DESK}publish/", follow=True))
    assert FeedbackPoint.objects.published().count() == 2
    assert client.post(f"{DESK}publish/", {"area": "XXX"}).status_code == 404


def test_pasted_notes_are_shown_before_they_are_kept(client, forum, staff):
    make_area("NEL")
    data = {"section": "support", "notes": "• QI training, enabled by time\n• Costing"}
    page = html_of(client.post(f"{DESK}NEL/paste/", data))
    assert "So they were read: 2 points" in page
    assert "<strong>Enabled by:</strong> time" in page
    assert not FeedbackPoint.objects.exists()

    client.post(f"{DESK}NEL/paste/", data | {"action": "save"})

    assert list(FeedbackPoint.objects.values_list("text", "enabled_by", "edited_by")) == [
        ("QI training", "time", staff.pk),
        ("Costing", "", staff.pk),
    ]


def test_notes_pasted_from_word_keep_their_words_and_lose_what_nobody_can_read(client, forum, staff):
    make_area("NEL")
    word = (
        "\ufeff\uf0a7\tQI\xa0training\x0bfor all\x07\x1f\r\n\uf0d8\u200bCosting\x0c \x02\u2013 by June\u2028o\tTime\x7f"
    )
    data = {"section": "support", "notes": word}
    page = client.post(f"{DESK}NEL/paste/", data)
    assert "So they were read: 3 points" in html_of(page)
    client.post(f"{DESK}NEL/paste/", data | {"action": "save"})
    assert list(FeedbackPoint.objects.values_list("text", flat=True)) == [
        "QI training for all",
        "Costing \u2013 by June",
        "Time",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"section": "support", "notes": "A\x00B"}, "Null characters are not allowed"),
        ({"notes": "x"}, "Choose the section that the points belong to"),
        ({"section": "support"}, "Paste the notes"),
        ({"section": "support", "notes": "•"}, "The notes hold no words"),
    ],
)
def test_incomplete_notes_are_explained(client, forum, staff, data, message):
    make_area("NEL")
    response = client.post(f"{DESK}NEL/paste/", data)
    assert response.status_code == 422
    assert message in html_of(response)


@time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False)
def test_editing_keeps_what_was_written_and_says_who(client, forum, staff):
    theme, initiative = make_key_theme("Trust"), make_initiative()
    forum.foruminitiative_set.create(initiative=initiative, position=1)
    point = make_point(forum, make_area("NEL"), state="draft", text="qi trainning", verbatim="qi trainning")
    data = {"text": "QI training", "enabled_by": "", "key_themes": [theme.pk], "initiatives": [initiative.pk]}

    response = client.post(edit_address(point), data | {"seen": seen(client, point)})

    assert response["Location"] == f"{DESK}NEL/#{point.anchor}"
    point.refresh_from_db()
    assert (point.text, point.verbatim, point.edited_by, point.corrected_on) == (
        "QI training",
        "qi trainning",
        staff,
        None,
    )
    assert (list(point.key_themes.all()), list(point.initiatives.all())) == ([theme], [initiative])
    assert "As written at the table: qi trainning" in html_of(client.get(f"{DESK}NEL/"))


@time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False)
def test_a_correction_after_publication_is_visible_as_such(client, staff):
    point = make_point(make_forum_with_feedback(slug="care"), make_area("NEL"), text="Teh point")
    client.post(edit_address(point), {"text": "Teh point", "is_unclear": "on", "seen": seen(client, point)})
    assert FeedbackPoint.objects.get().corrected_on is None
    client.post(edit_address(point), {"text": "The point", "seen": seen(client, point)})
    assert FeedbackPoint.objects.get().corrected_on == date(2026, 11, 25)
    client.logout()
    assert "Corrected on Wednesday 25 November 2026." in html_of(client.get("/areas/NEL/"))


def test_nobody_overwrites_what_somebody_else_wrote_meanwhile(client, forum, staff):
    point = make_point(forum, make_area("NEL"), state="draft", text="First")
    drawn = seen(client, point)
    client.post(edit_address(point), {"text": "Second", "seen": drawn})

    response = client.post(edit_address(point), {"text": "Third", "seen": drawn})

    assert response.status_code == 422
    assert "Somebody changed this point while you had it open. It now reads: “Second”" in html_of(response)
    assert FeedbackPoint.objects.get().text == "Second"


def test_staff_move_and_merge_points(client, forum, staff):
    nel = make_area("NEL")
    make_point(forum, nel, state="draft", text="A", position=1)
    second = make_point(forum, nel, state="draft", text="B", position=2)
    client.post(f"{edit_address(second)}move/", {"action": "up"})
    assert list(FeedbackPoint.objects.values_list("text", flat=True)) == ["B", "A"]
    client.post(f"{edit_address(second)}move/", {"action": "merge"})  # it is the first now
    client.post(f"{edit_address(second)}move/", {"action": "sideways"})
    assert FeedbackPoint.objects.count() == 2
    client.post(f"{edit_address(second)}move/", {"action": "down"})
    client.post(f"{edit_address(second)}move/", {"action": "merge"})
    assert FeedbackPoint.objects.get().text == "A B"
    page = html_of(client.get(f"{DESK}NEL/"))
    assert 'value="part">Make it two again' in page
    client.post(f"{edit_address(FeedbackPoint.objects.get())}move/", {"action": "part"})
    assert list(FeedbackPoint.objects.values_list("text", flat=True)) == ["A", "B"]
    assert "Make it two again" not in html_of(client.get(f"{DESK}NEL/"))


def test_staff_let_note_takers_in_and_out(client, forum, staff):
    client.post(f"{DESK}code/")
    code = Forum.objects.get().capture_code
    assert len(code) == 8
    assert code in html_of(client.get(DESK))
    client.post(f"{DESK}code/", {"action": "close"})
    assert Forum.objects.get().capture_code == ""
