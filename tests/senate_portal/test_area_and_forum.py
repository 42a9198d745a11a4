import html
import re
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pikepdf
import pytest
from django.core.cache import cache
from django.core.management import call_command

from initiatives.models import Borough, InitiativeArea, InitiativeBorough, SuccessorBody
from senate_portal.lib import file_sizes
from stp_feedback.models import FeedbackPoint, ForumInitiative, Recommendation
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_message,
    make_point,
    make_user,
    make_wave,
)
from tests.pages import html_of, words_of

pytestmark = pytest.mark.django_db


def make_borough(area, name="Newham", **fields):
    known = {"slug": name.lower(), "short_name": name[:3].upper(), "tile_row": 4, "tile_column": 7}
    return Borough.objects.create(area=area, name=name, **known | fields)


def test_areas_counts_published_initiatives_by_area_and_borough(client):
    newham = make_borough(make_area("NEL"))
    make_borough(make_area("SEL"), "Bexley", tile_row=5)
    for publication in ("published", "draft"):
        initiative = make_initiative(publication=publication)
        InitiativeArea.objects.create(initiative=initiative, area=newham.area)
        InitiativeBorough.objects.create(initiative=initiative, borough=newham)

    page = words_of(client.get("/areas/"))

    assert "Area NEL (NEL) 1 initiative here. Newham." in page
    assert "Area SEL (SEL) 0 initiatives here. Bexley." in page
    assert "NEW Newham, Area NEL: 1 initiative BEX Bexley, Area SEL: 0 initiatives" in page
    assert "Bexley Area SEL 0 Newham Area NEL 1" in page


def test_map_puts_each_borough_on_its_tile_and_links_to_its_initiatives(client):
    make_borough(make_area("NEL"))
    page = html_of(client.get("/areas/"))
    assert '<li class="portal-map__tile portal-map__tile--row-4 portal-map__tile--column-7"> <a' in page
    assert 'href="/initiatives/?borough=newham"' in page


def test_area_shows_todays_body_and_since_when(client):
    area = make_area("NCL")
    point = make_point(area=area)
    SuccessorBody.objects.create(area=area, name="The old board", since_on=date(2022, 7, 1))
    SuccessorBody.objects.create(area=area, name="The new board", since_on=date(2026, 4, 1))
    page = words_of(client.get("/areas/NCL/"))
    assert "The new board, since Wednesday 1 April 2026 Before: The old board, since Friday 1 July 2022" in page
    assert "Area NCL" in words_of(client.get(f"/forums/{point.forum.slug}/feedback/"))


def test_area_shows_what_it_said_at_its_latest_forum_and_links_to_earlier_ones(client):
    area = make_area("NEL")
    old = make_forum_with_feedback(slug="old", title="Old forum", held_on=date(2016, 10, 1))
    new = make_forum_with_feedback(slug="new", title="New forum", held_on=date(2017, 1, 26))
    newest = make_forum_with_feedback(held_on=date(2017, 6, 1))
    make_point(old, area, text="Said long ago")
    falls = make_initiative(title="Falls car", slug="falls")
    trust = make_key_theme("Trust")
    make_point(new, area, text="Learn from falls", enabled_by="Time", initiatives=[falls], key_themes=[trust])
    make_point(new, make_area("SEL"), text="Said elsewhere")
    make_point(newest, make_area("SEL"), text="Said elsewhere later")

    response = client.get("/areas/NEL/")
    page = words_of(response)

    assert "At the forum New forum , Thursday 26 January 2017: 1 point." in page
    assert "Learn from falls Enabled by: Time Names Falls car Trust" in page
    assert "Opportunities and enablers Nothing was written down in this section." in page
    assert "elsewhere" not in page
    assert "long ago" not in page
    assert "Other forums What Area NEL said at Old forum , Saturday 1 October 2016" in page
    assert 'href="/forums/new/feedback/NEL.csv"' in html_of(response)


def test_area_shows_a_real_forum_before_an_invented_one(client):
    area = make_area("NEL")
    make_point(make_forum_with_feedback(held_on=date(2017, 1, 26)), area, text="Really said")
    invented = make_forum_with_feedback(title="Invented", held_on=date(2026, 8, 1), is_invented=True)
    make_point(invented, area, text="Made up")
    page = words_of(client.get("/areas/NEL/"))
    assert "Really said" in page
    assert "Made up" not in page
    assert "What Area NEL said at Invented , Saturday 1 August 2026 (invented for demonstration)" in page


def test_area_tells_stated_inferred_and_london_wide_initiatives_apart(client):
    area = make_area("NEL")
    InitiativeArea.objects.create(initiative=make_initiative(title="Stated", summary="Here."), area=area)
    InitiativeArea.objects.create(
        initiative=make_initiative(title="Inferred", summary="Perhaps."), area=area, basis="inferred"
    )
    make_initiative(title="Everywhere", london_wide=True)
    make_initiative(title="Not published", london_wide=True, publication="draft")

    page = words_of(client.get("/areas/NEL/"))

    assert "Initiatives here Inferred Area NEL (inferred) Perhaps." in page
    assert "Who it is for: Everyone Stated Area NEL Here." in page
    assert "For all of London Everywhere" in page
    assert "Not published" not in page


def test_area_without_an_entry_says_so_and_invites_one(client):
    make_area("SWL")
    make_initiative(title="Everywhere", london_wide=True)
    page = words_of(client.get("/areas/SWL/"))
    assert "No initiative in the catalogue is placed in Area SWL yet. Those for all of London run here too." in page
    assert "No feedback of this area is published yet." in page
    assert "For all of London Everywhere" in page


def test_area_accepts_a_code_in_small_letters(client):
    make_area("NEL")
    response = client.get("/areas/nel/")
    assert (response.status_code, response["Location"]) == (301, "/areas/NEL/")


@pytest.mark.parametrize("address", ["/areas/XXX/", "/areas/N%27L/", "/forums/nowhere/", "/forums/a%20b/"])
def test_unknown_areas_and_forums_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_forum_tells_what_happened_and_what_was_said(client):
    forum = make_forum_with_feedback(
        title="Care out of hospital",
        slug="care",
        held_on=date(2017, 1, 26),
        date_note="A Thursday",
        venue="The King's Fund",
        attendees=100,
        committers=45,
        commitments=92,
    )
    make_key_theme("Trust", forum=forum)
    forum.sessions.create(position=1, title="Setting the scene", speaker="The medical director")
    Recommendation.objects.create(forum=forum, number=1, addressed_to="STP leads", text="Act on it.")
    other = make_forum()
    for title, position in (("Second", 2), ("First", 1)):
        initiative = make_initiative(title=title)
        ForumInitiative.objects.create(forum=forum, initiative=initiative, position=position)
        ForumInitiative.objects.create(forum=other, initiative=initiative, position=3 - position)
    ForumInitiative.objects.create(forum=forum, initiative=make_initiative(publication="draft"), position=3)
    make_point(forum, make_area("NEL"), section="support")
    make_point(forum, make_area("NEL"), section="support", state=FeedbackPoint.State.DRAFT)

    page = words_of(client.get("/forums/care/"))

    assert "When Thursday 26 January 2017. A Thursday Where The King&#39;s Fund Who came 100 people" in page
    assert (
        "initiatives shown 2 key themes 1 feedback points 1 recommendations 1 people came 100 "
        "of them made commitments 45 commitments 92" in page
    )
    assert "Setting the scene , The medical director" in page
    assert "Initiatives shown First Second Feedback by area" in page
    assert "Area NEL 0 0 1 1" in page
    assert "To STP leads: Act on it." in page
    assert "45 people made 92 commitments. What became of them was to be asked on Wednesday 26 April 2017" in page
    assert "This day is worked out: 3 months after the forum" in page


def test_forum_links_to_the_one_before_and_the_one_after(client):
    make_forum(title="First", held_on=date(2016, 1, 1))
    make_forum(title="Second", slug="second", held_on=date(2017, 1, 1))
    make_forum(title="Hidden", held_on=date(2017, 6, 1), is_published=False)
    make_forum(title="Third", held_on=date(2018, 1, 1))
    page = words_of(client.get("/forums/second/"))
    assert "Previous forum : First Next forum : Third" in page


def test_forum_without_numbers_or_feedback_says_what_is_missing(client):
    forum = make_forum(slug="care")
    make_point(forum, text="Not yet")
    page = words_of(client.get("/forums/care/"))
    assert "No feedback of this forum is published." in page
    assert "feedback points" not in page
    assert "Who came" not in page


def test_unpublished_forum_is_there_for_staff_only(client):
    make_forum(slug="care", is_published=False)
    assert client.get("/forums/care/").status_code == 404
    client.force_login(make_user())
    assert "Not published" in words_of(client.get("/forums/care/"))


@pytest.mark.parametrize("address", ["/areas/", "/areas/NEL/", "/forums/care/", "/forums/care/report/"])
def test_number_of_queries_does_not_grow_with_rows(client, django_assert_max_num_queries, address):
    forum, nel = make_forum_with_feedback(slug="care"), make_area("NEL")

    def add(number):
        initiative, theme = make_initiative(), make_key_theme(f"Theme {number}", forum=forum)
        InitiativeArea.objects.create(initiative=initiative, area=nel)
        ForumInitiative.objects.create(forum=forum, initiative=initiative, position=number)
        Recommendation.objects.create(forum=forum, number=number, addressed_to="All", text="Act.")
        forum.sessions.create(position=number, title="Session")
        make_point(forum, nel, key_themes=[theme], initiatives=[initiative])
        make_borough(make_area(f"S{number}L"), f"Borough {number}", short_name=f"B{number}", tile_row=number)

    def queries():
        with django_assert_max_num_queries(26) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(1)
    few = queries()
    for number in (2, 3, 4):
        add(number)
    assert queries() == few


FIGURES = {
    "Initiatives shown": "16",
    "Key themes": "8",
    "Feedback points": "76",
    "Recommendations": "4",
    "People who came, as reported": "100",
    "People who made commitments, as reported": "45",
    "Commitments, as reported": "92",
}
REPORT = "/forums/out-of-hospital-care-2017/report"


@pytest.fixture
def published_record(db):
    call_command("load_record", verbosity=0)


def test_report_of_2017_is_rebuilt_from_the_records(client, published_record):
    response = client.get(f"{REPORT}/")
    page = words_of(response)

    for name, number in FIGURES.items():
        assert f"{name} {number}" in page
    items = re.findall('<li value="([0-9]+)">', response.content.decode())
    assert len(items) == 4 + 16 + 76
    assert "Aim: Patients kept at home (aims to keep 20 patients at home, per week)" in page
    assert (
        "Ask: Lea Agambar, Nurse Practitioner, North East London NHS Foundation Trust, Lea.Agambar@nelft.nhs.uk" in page
    )
    assert "Of the 100 people who came, 45 people made 92 commitments." in page


def test_report_in_word_holds_the_words_of_the_page(client, published_record):
    page = html.unescape(words_of(client.get(f"{REPORT}/")))
    word = docx.Document(BytesIO(client.get(f"{REPORT}.docx").content))

    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "Recommendations",
        "Programme",
        "Initiatives shown",
        "What was most important",
        "What each area said",
        "Commitments and their follow-up",
        "Further sources",
    ]
    numbered = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "List Number"]
    assert len(numbered) == 4 + 16 + 76
    assert [text for text in numbered if " ".join(text.split()) not in page] == []
    assert {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows[1:]} == FIGURES


def test_report_as_pdf_is_a_tagged_document(client, published_record):
    with pikepdf.open(BytesIO(client.get(f"{REPORT}.pdf").content)) as file:
        assert file.Root.MarkInfo.Marked
        assert len(file.pages) > 5


def test_report_tells_how_far_the_follow_up_has_come(client):
    forum = make_forum(slug="care")
    wave = make_wave(forum)
    for _ in range(5):
        make_commitment(attendee := make_attendee(forum))
        make_message(attendee, wave, state="accepted")
    for address in ("/forums/care/", "/forums/care/report/"):
        page = words_of(client.get(address))
        assert (
            "How far the follow-up has come Step Commitments People Made 5 5 Reachable 5 5 Asked 5 5 Answered 0 0"
            in page
        )


def test_report_hides_drafts_and_unpublished_forums_from_the_public(client):
    make_point(make_forum(slug="care"), text="Not yet")
    make_forum(slug="hidden", is_published=False)
    page = words_of(client.get("/forums/care/report/"))
    assert "No feedback of this forum is published." in page
    assert "Not yet" not in page
    assert client.get("/forums/hidden/report/").status_code == 404
    assert client.get("/forums/hidden/report.pdf").status_code == 404
    client.force_login(make_user())
    assert "Draft. This forum is not published yet." in words_of(client.get("/forums/hidden/report/"))
    assert client.get("/forums/hidden/report.pdf").status_code == 200


def test_area_counts_the_commitments_of_its_people_in_the_same_words_everywhere(client):
    nel, forum = make_area("NEL"), make_forum_with_feedback(slug="care")
    make_point(forum, nel)
    make_wave(forum)
    for area in [nel, nel, nel, nel, nel, make_area("SEL"), make_area("SWL")]:
        make_commitment(make_attendee(forum, area=area))
    make_commitment(make_attendee(forum, area=nel)).answers.create(outcome="done")
    words = [("Made", "6", "6"), ("Answered", "fewer than 5 people", "fewer than 5 people")]

    page = words_of(client.get("/areas/NEL/"))
    assert all(" ".join(row) in page for row in words)
    (table,) = docx.Document(BytesIO(client.get("/forums/care/feedback/NEL.docx").content)).tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows][1:3] == words
    book = openpyxl.load_workbook(BytesIO(client.get("/forums/care/feedback/NEL.xlsx").getvalue()))
    assert list(book["Commitments"].values)[1:3] == words
    pdf = client.get("/forums/care/feedback/NEL.pdf").content
    assert pdf.startswith(b"%PDF")


def test_area_without_commitments_says_why(client):
    area = make_area("NEL")
    make_point(make_forum_with_feedback(slug="care", commitments=92), area)
    assert "counted for all areas together, not for each" in words_of(client.get("/areas/NEL/"))


@pytest.mark.parametrize(
    ("size", "words"), [(1, "10 kB"), (128_400, "130 kB"), (999_999, "1000 kB"), (1_240_000, "1.2 MB")]
)
def test_sizes_are_told_roughly(size, words):
    assert file_sizes.words(size) == f"about {words}"


def test_pages_tell_the_size_of_a_file_once_somebody_has_taken_it(client):
    cache.clear()
    point = make_point(make_forum_with_feedback(slug="care"), make_area("NEL"))
    pages = {"/areas/NEL/": f"/forums/care/feedback/{point.area.code}.pdf", "/forums/care/": "/forums/care/report.docx"}
    pages |= {"/forums/care/report/": "/forums/care/report.docx"}
    for page in pages:
        assert "kB" not in client.get(page).content.decode()
    sizes = {file: file_sizes.words(len(client.get(file).content)) for file in pages.values()}
    for page, file in pages.items():
        assert sizes[file] in client.get(page).content.decode()
