from datetime import UTC, date, datetime
from io import BytesIO

import docx
import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser

from initiatives.models import AreaLead, Contact
from senate_portal.accounts.models import User
from senate_portal.lib.documents import Figure, Heading, Item, Items, Notice, Text
from stp_feedback import documents, reports
from stp_feedback.models import Ask, FeedbackPoint
from tests.factories import (
    make_area,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_point,
    make_user,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ADDRESS = "/forums/out-of-hospital-care-2017/feedback/NEL"


def summary(forum, area):
    points = FeedbackPoint.objects.for_reading(with_contacts=True)
    asks = Ask.objects.of_forum(forum, AnonymousUser())
    return documents.area_summary(reports.area_feedback(forum, area, points), asks=asks, commitments=[], made_at=NOON)


def test_area_summary_says_what_it_is_and_holds_every_section(settings):
    settings.SITE_URL = "https://portal.example.org"
    forum = make_forum_with_feedback(
        title="Care", held_on=date(2017, 1, 26), venue="The King's Fund", feedback_note="Groups wrote down key points."
    )
    falls = make_initiative(title="Falls car", slug="falls")
    Contact.objects.create(
        initiative=falls, position=1, name="Dr A", role="Lead", email="a@example.org", is_public=True
    )
    Contact.objects.create(initiative=falls, position=2, name="Ms B", is_public=True)
    Contact.objects.create(initiative=falls, position=3, name="Mr C", email="c@example.org")
    trust = make_key_theme("Trust")
    nel = make_area("NEL")
    make_point(
        forum,
        nel,
        position=1,
        text="Learn from falls",
        enabled_by="Time",
        is_unclear=True,
        key_themes=[trust],
        initiatives=[falls],
    )

    made = summary(forum, nel)

    assert (made.title, made.subtitle) == ("What Area NEL said", "Care, Thursday 26 January 2017")
    facts, *blocks, themes, chart, named, who_to_ask, promised, counts = made.blocks
    assert dict(facts.rows) == {
        "STP area": "Area NEL (NEL)",
        "Forum": "Care",
        "Held": "Thursday 26 January 2017, The King's Fund",
        "Points": "1, of which 1 unclear or hard to read",
        "Answered": "0 of 1",
        "Made": f"{documents.moment(NOON)}, from https://portal.example.org/areas/NEL/",
    }
    assert blocks == [
        Heading("How it was gathered"),
        Text("Groups wrote down key points."),
        Heading("Opportunities and enablers"),
        Text("Nothing was written down in this section."),
        Heading("Promoting and adopting innovation"),
        Text("Nothing was written down in this section."),
        Heading("Support that would add most value"),
        Items(
            (
                Item(
                    "Learn from falls",
                    (
                        ("Enabled by", "Time"),
                        ("", "The note was unclear or hard to read."),
                        ("Names", "Falls car"),
                        ("Key themes", "Trust"),
                    ),
                    number=1,
                ),
            )
        ),
    ]
    assert (themes, chart.chart.rows) == (Heading("Key themes it touches"), (("Trust", 1),))
    assert isinstance(chart, Figure)
    assert named == Heading("Initiatives it names, and who to ask")
    asked = (("Ask", "Dr A, Lead, a@example.org"), ("Ask", "Ms B"))
    assert who_to_ask == Items((Item("Falls car", asked, address="https://portal.example.org/initiatives/falls/"),))
    assert (promised, counts) == (Heading("Commitments of its people"), Text("No commitments are on record."))


def test_area_summary_marks_drafts():
    forum, nel = make_forum(), make_area("NEL")
    make_point(forum, nel, state=FeedbackPoint.State.DRAFT)
    assert summary(forum, nel).blocks[0] == Notice("Draft. Not published yet: 1 point.")


def test_summary_in_word_holds_the_words_of_the_page(client, published_record):
    page = client.get("/areas/NEL/").content.decode()
    word = docx.Document(BytesIO(client.get(f"{ADDRESS}.docx").content))
    paragraphs = {paragraph.text for paragraph in word.paragraphs}
    points = list(FeedbackPoint.objects.filter(area__code="NEL"))

    assert len(points) == 12
    for point in points:
        assert point.text in paragraphs
        assert f">{point.text}</p>" in page.replace("&#34;", '"').replace("&#39;", "'")
        if point.enabled_by:
            assert f"Enabled by: {point.enabled_by}" in paragraphs


def test_an_empty_section_says_so_on_the_page_and_in_each_document(client):
    make_point(make_forum_with_feedback(slug="care"), make_area("NEL"))
    said = "Nothing was written down in this section."
    for address in ("/areas/NEL/", "/forums/care/report/"):
        assert client.get(address).content.decode().count(said) == 2
    for address in ("/forums/care/feedback/NEL", "/forums/care/report"):
        word = docx.Document(BytesIO(client.get(f"{address}.docx").content))
        assert [paragraph.text for paragraph in word.paragraphs].count(said) == 2
        assert client.get(f"{address}.pdf").content.startswith(b"%PDF")


def test_a_forum_without_areas_has_a_page_and_a_report_that_say_so(client, staff):
    forum = make_forum_with_feedback(slug="care")
    forum.areas_absent.set([make_area("NEL"), make_area("SEL")])
    for address in ("/forums/care/", "/forums/care/report/"):
        page = words_of(client.get(address))
        assert "STP areas that took no part Area NEL, Area SEL" in page
        assert "No feedback of this forum is published." in page
    for address in (
        "/forums/care/report.docx",
        "/forums/care/report.pdf",
        "/forums/care/feedback/",
        "/staff/forums/care/feedback/",
    ):
        assert client.get(address).status_code == 200


def test_summary_as_workbook_holds_points_themes_and_contacts(client, published_record):
    book = openpyxl.load_workbook(BytesIO(client.get(f"{ADDRESS}.xlsx").getvalue()))

    assert book.sheetnames == ["About", "Points", "Key themes", "Initiatives named", "Asked for"]
    assert [row[2].value for row in book["Points"].iter_rows(min_row=2)] == (
        ["opportunities"] * 5 + ["innovation"] * 3 + ["support"] * 4
    )
    named = {row[0].value: row[1].value for row in book["Initiatives named"].iter_rows(min_row=2)}
    assert "Lea.Agambar@nelft.nhs.uk" in named["Falls Specialist Response Car"]


@pytest.mark.parametrize(
    ("format", "start", "content_type"),
    [
        ("pdf", b"%PDF-1.7", "application/pdf"),
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", b"\xef\xbb\xbfforum,area,", "text/csv; charset=utf-8"),
    ],
)
def test_summary_comes_in_four_formats(client, format, start, content_type):
    make_point(make_forum_with_feedback(slug="care"))
    response = client.get(f"/forums/care/feedback/NEL.{format}")
    assert response.getvalue().startswith(start)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="care-NEL.{format}"'
    assert f'href="/forums/care/feedback/NEL.{format}"' in client.get("/areas/NEL/").content.decode()


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx", "csv"])
def test_unpublished_summary_is_for_staff_and_its_lead_only(client, format):
    make_point(make_forum(slug="care"), make_area("NEL"), state=FeedbackPoint.State.DRAFT)
    leads = {code: make_user(User.Role.LEAD) for code in ("NEL", "SEL")}
    for code, lead in leads.items():
        AreaLead.objects.create(user=lead, area=make_area(code))

    def status(user=None):
        client.logout()
        if user:
            client.force_login(user)
        response = client.get(f"/forums/care/feedback/NEL.{format}")
        assert response.getvalue()
        return response.status_code

    assert [status(), status(leads["SEL"]), status(leads["NEL"]), status(make_user())] == [404, 404, 200, 200]


@pytest.mark.parametrize("address", ["care/feedback/XXX.pdf", "nowhere/feedback/NEL.pdf", "care/feedback/NEL.exe"])
def test_unknown_summaries_are_not_found(client, address):
    make_point(make_forum_with_feedback(slug="care"))
    assert client.get(f"/forums/{address}").status_code == 404
