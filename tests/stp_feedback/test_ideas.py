"""Idea cards, from the table to the page, the report, the files and the draft of an entry."""

import csv
import io
import json

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.models import Initiative
from senate_portal.lib.documents import Heading
from stp_feedback import forum_reports, ideas
from stp_feedback.models import FeedbackPoint, Idea
from tests.factories import make_area, make_forum, make_idea, make_initiative, make_user
from tests.pages import words_of

pytestmark = pytest.mark.django_db
PAGE, ADD = "/forums/care/ideas/", "/staff/forums/care/ideas/add/"
CARD = {
    "idea": "One number for care homes",
    "why_needed": "Nobody answers at night",
    "benefits": "Fewer nights in hospital",
    "who_for": "Residents",
    "how": "Try it in one borough",
}


@pytest.fixture
def forum():
    return make_forum(slug="care", title="Care")


def test_everybody_reads_published_cards_of_a_published_forum_and_staff_all(forum):
    shown, draft = make_idea(forum), make_idea(forum, is_published=False)
    hidden = make_idea(make_forum(is_published=False))
    assert list(Idea.objects.visible_to(AnonymousUser())) == [shown]
    assert set(Idea.objects.visible_to(make_user())) == {shown, draft, hidden}


def test_database_refuses_a_card_without_an_idea(forum):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_idea(forum, idea="")


def test_page_tells_what_the_card_says_and_what_came_of_it(client, forum, django_assert_num_queries):
    entry = make_initiative(title="Care home line", slug="line")
    make_idea(forum, area=make_area("NEL"), initiative=entry, **CARD)
    make_idea(forum, idea="Half filled in", initiative=make_initiative(title="Secret", publication="draft"))
    make_idea(forum, idea="Not yet", is_published=False)
    with django_assert_num_queries(2):
        page = words_of(client.get(PAGE))
    assert (
        "One number for care homes Why is it needed Nobody answers at night What will the benefits be "
        "Fewer nights in hospital Who is it for Residents How will it happen Try it in one borough STP area: Area NEL "
        "What came of it: Care home line Half filled in"
    ) in page
    assert "Secret" not in page
    assert "Not yet" not in page
    forum_page = words_of(client.get("/forums/care/"))
    assert "Read 2 idea cards One number for care homes Half filled in" in forum_page


def test_a_forum_without_published_cards_says_nothing_of_them(client, forum):
    make_idea(forum, is_published=False)
    assert "Idea cards" not in words_of(client.get("/forums/care/"))
    assert "Idea cards" not in words_of(client.get("/forums/care/report/"))
    assert "No idea card is published yet." in words_of(client.get(PAGE))
    forum.is_published = False
    forum.save()
    assert client.get(PAGE).status_code == client.get("/forums/care/ideas.csv").status_code == 404


def test_files_hold_the_cards_of_the_page(client, forum):
    make_idea(forum, area=make_area("NEL"), initiative=make_initiative(title="Line"), **CARD | {"how": "=1+1"})
    make_idea(forum, is_published=False)
    (row,) = csv.DictReader(io.StringIO(client.get("/forums/care/ideas.csv").getvalue().decode("utf-8-sig")))
    about = {"forum": "care", "area": "NEL", "initiative": "Line", "state": "published"}
    assert row == CARD | about | {"how": "'=1+1"}
    assert json.loads(client.get("/forums/care/ideas.json").getvalue()) == [CARD | about | {"how": "=1+1"}]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/forums/care/ideas.xlsx").getvalue())).active
    assert [cell.value for cell in sheet[2]][:3] == ["care", "NEL", "One number for care homes"]


def test_report_has_the_cards(forum):
    make_idea(forum, area=make_area("NEL"), initiative=make_initiative(title="Line"), **CARD)
    make_idea(forum, idea="Draft one", is_published=False)
    report = forum_reports.forum_report(
        forum,
        FeedbackPoint.objects.none(),
        asks=[],
        ideas=Idea.objects.for_reading(),
        follow_up=[],
        made_at=timezone.now(),
    )
    start = report.blocks.index(Heading("Idea cards: hopes, not results"))
    full, draft = report.blocks[start + 1].items
    assert (full.text, dict(full.details)) == (
        "One number for care homes",
        {
            "Why is it needed": "Nobody answers at night",
            "What will the benefits be": "Fewer nights in hospital",
            "Who is it for": "Residents",
            "How will it happen": "Try it in one borough",
            "STP area": "Area NEL",
            "What came of it": "Line",
        },
    )
    assert (draft.text, draft.details) == ("Draft one", (("", "Draft"),))


# What staff do


def test_staff_write_a_card_down_change_publish_and_delete_it(client, staff, forum):
    response = client.post(ADD, CARD)
    card = Idea.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}#idea-{card.pk}")
    assert (card.forum, card.is_published, card.answers[0]) == (forum, False, ("Why is it needed", CARD["why_needed"]))
    client.post(f"/staff/ideas/{card.pk}/", CARD | {"idea": "One number", "is_published": "on"})
    card.refresh_from_db()
    assert (card.idea, card.is_published) == ("One number", True)

    make_idea(forum, is_published=False)
    elsewhere = make_idea(is_published=False)
    page = client.post("/staff/forums/care/ideas/publish/", follow=True)
    assert "1 idea card published." in words_of(page)
    assert list(Idea.objects.filter(is_published=False)) == [elsewhere]

    delete = f"/staff/ideas/{card.pk}/delete/"
    assert "One number" in words_of(client.get(delete))
    client.post(delete)
    assert not Idea.objects.filter(pk=card.pk).exists()


def test_what_is_wrong_stands_beside_its_box_and_nothing_typed_is_lost(client, staff, forum):
    response = client.post(ADD, CARD | {"idea": " ", "who_for": "x" * 301, "how": "y" * 2001})
    page = words_of(response)
    assert response.status_code == 422
    for said in (
        "Write what the idea is",
        "Who it is for must be 300 characters or fewer",
        "“How will it happen” must be answered in 2,000 characters or fewer",
        "Nobody answers at night",
    ):
        assert said in page
    assert not Idea.objects.exists()


def test_an_entry_that_starts_from_a_card_is_a_draft_that_says_what_it_says(client, staff, forum):
    card = make_idea(forum, area=make_area("NEL"), **CARD)
    response = client.post(f"/staff/ideas/{card.pk}/offer/")
    entry = Initiative.objects.get()
    assert response["Location"] == f"/staff/initiatives/{entry.pk}/edit/"
    assert (entry.title, entry.publication, entry.stage) == ("One number for care homes", "draft", "planned")
    assert entry.summary == (
        "An idea from the forum “Care”: One number for care homes. Hoped for: Fewer nights in hospital"
    )
    assert (entry.problem, entry.who_for, entry.how_it_works) == (CARD["why_needed"], "Residents", CARD["how"])
    assert (entry.created_by, entry.edited_by, entry.areas.get().code) == (staff, staff, "NEL")
    assert not entry.outcomes.exists()
    assert ideas.offer(card, by=staff) == entry  # somebody was quicker
    assert Initiative.objects.count() == 1
    entry.delete()
    card.refresh_from_db()
    assert card.initiative is None


def test_the_empty_card_has_the_five_fields_that_the_senates_card_prints(client, staff, forum, source_text):
    page = client.get("/staff/forums/care/ideas/card/").content.decode()
    fields = page.partition('class="portal-idea-card"')[2].partition("</div>")[0]
    printed = source_text("002")
    labels = [label.partition("<")[0] for label in fields.split('<h2 class="nhsuk-heading-s">')[1:]]
    assert labels == ["Idea", "Why is it needed", "What will the benefits be", "Who is it for", "How will it happen"]
    assert not [label for label in labels if f"<b>{label}:</b>" not in printed]
