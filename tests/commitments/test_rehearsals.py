"""Who would get what, before anything leaves, and the same list as the receipt afterwards."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError
from django.utils import timezone
from openpyxl import load_workbook

from commitments import commitments, follow_ups, merging, outbox, privacy, retention
from commitments.models import AnswerLink, CoOwner, Message, PeopleDownload, RehearsalRow, Wave
from commitments.rehearsals import CHANGES, NOT_WRITTEN_TO, OTHER_ADDRESS, Rehearsal
from tests.commitments.cast import answer, forum_due, people, person
from tests.commitments.cast import staff as make_staff
from tests.factories import make_area, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return forum_due(slug="care", title="Care forum")


def everybody(forum):
    """One person for each reason there is to be written to or left out."""
    now = timezone.now()
    cast = {
        "promised": person(forum, "Ring the falls team"),
        "promised nothing": person(forum),
        "stayed away": person(forum, "Ring", came=False),
        "stands in": person(forum, "Ring", came=False, stands_in=True),
        "did not agree": person(forum, "Ring", agreed_at=None, agreed_wording=""),
        "no address": person(forum, "Ring", email=""),
        "bounced": person(forum, "Ring", address_failed_at=now, address_failure="550 unknown"),
        "stopped": person(forum, "Ring", objected_at=now),
        "answered": person(forum, "Ring"),
        "later": person(forum, "Ring", ask_again_on=now.date() + timedelta(days=30), ask_again_said_at=now),
        "withdrew": person(forum, "Ring"),
        "shares one": person(forum),
        "erased": person(forum, "Ring", name="", email="", erased_at=now),
    }
    answer(cast["answered"])
    CoOwner.objects.create(commitment=cast["promised"].commitments.get(), attendee=cast["shares one"])
    cast["withdrew"].commitments.update(withdrawn_at=now)
    return cast


def plan(forum, **fields):
    wave = follow_ups.plan(forum, by=None)
    Wave.objects.filter(pk=wave.pk).update(**fields)
    wave.refresh_from_db()
    return wave


def lines(wave):
    rehearsal = Rehearsal.of(wave)
    return {attendee.pk: rehearsal.line(attendee) for attendee in rehearsal.people}


@pytest.mark.parametrize("asks_those_without", [False, True])
def test_the_rehearsal_the_receipt_and_the_emails_name_the_same_people(forum, asks_those_without):
    cast = everybody(forum)
    wave = plan(forum, asks_those_without=asks_those_without)
    rehearsed = {pk: (line.row.kind, line.row.why_not) for pk, line in lines(wave).items()}

    follow_ups.prepare()

    kept = {row.attendee_id: (row.kind, row.why_not) for row in wave.rehearsal.all()}
    made = dict(wave.messages.values_list("attendee", "kind"))
    assert kept == rehearsed
    assert made == {pk: kind for pk, (kind, why_not) in kept.items() if kind}
    written_to = {"promised", "stands in"} | ({"promised nothing", "withdrew"} if asks_those_without else set())
    assert made.keys() == {cast[name].pk for name in written_to}
    assert kept.keys() == {attendee.pk for attendee in cast.values()}
    assert {line.change for line in lines(wave).values()} == {""}


def test_each_who_is_left_out_is_told_why(forum):
    cast = everybody(forum)
    found = lines(plan(forum))

    assert [
        found[cast[name].pk].row.why_not for name in ["stayed away", "no address", "bounced", "promised nothing"]
    ] == [
        "They did not come to the forum.",
        "There is no email address for them.",
        "Their address needs mending. 550 unknown",
        "They made no commitment, and this follow-up asks only those who did.",
    ]


def test_the_page_shows_everybody_before_anything_leaves(client, staff, forum):
    writes, silent = (
        person(forum, "Ring", name="Ada Asked", area=make_area("NEL")),
        person(forum, name="Basil Left-Out"),
    )
    AnswerLink.objects.issue(writes, timezone.now())
    plan(forum)

    page = client.get("/staff/forums/care/follow-up/rehearsal/").content.decode()

    for words in ["Ada Asked", writes.email, "About their commitments", "An earlier one works until", "Basil Left-Out"]:
        assert words in page
    assert "They made no commitment" in page
    assert "What became of it" not in page
    left_out = client.get("/staff/forums/care/follow-up/rehearsal/?who=left-out").content.decode()
    assert "Ada Asked" not in left_out
    assert silent.name in left_out
    assert Message.objects.count() == RehearsalRow.objects.count() == 0


def test_the_receipt_stays_as_it_was_and_says_what_changed(forum, mailoutbox, any_hour):
    asked, stopped, moved = people(forum, 3)
    mended = person(forum, "Ring", email="")
    wave = plan(forum)
    follow_ups.prepare()
    addressed = moved.email

    commitments.stop_writing_to(stopped, by=make_staff())
    moved.email = "new@example.org"
    commitments.record_person(moved, agrees=True, by=None)
    mended.email = "mended@example.org"
    commitments.record_person(mended, agrees=True, by=None)
    late = person(forum, "Ring")
    follow_ups.prepare()
    outbox.send_due()

    found = lines(wave)
    assert found[asked.pk].change == ""
    assert found[stopped.pk].change == CHANGES[NOT_WRITTEN_TO]
    assert found[stopped.pk].messages[0].reason == "They asked us to stop writing."
    assert (found[moved.pk].change, found[moved.pk].row.address) == (CHANGES[OTHER_ADDRESS], addressed)
    assert found[mended.pk].change == "Left out as it began, and an email was made since."
    assert found[mended.pk].row.why_not == "There is no email address for them."
    assert (found[late.pk].change, found[late.pk].row) == ("On the list since it began.", None)
    unchanged = {pk for pk, line in found.items() if not line.change}
    to = {message.to[0] for message in mailoutbox}
    assert to == {asked.email, "new@example.org", "mended@example.org", late.email}
    assert unchanged == {asked.pk}


def test_the_page_shows_what_became_beside_what_was_rehearsed(client, staff, forum, mailoutbox, any_hour):
    asked = person(forum, "Ring", name="Ada Asked")
    person(forum, name="Basil Left-Out")
    plan(forum)
    follow_ups.prepare()
    outbox.send_due()
    answer(asked)
    person(forum, "Ring", name="Late Lena")

    page = client.get("/staff/forums/care/follow-up/rehearsal/").content.decode()

    assert "This is the receipt" in page
    for words in ["Accepted by the mail server", "They have answered.", "On the list since it began.", "Works until"]:
        assert words in page
    changed = client.get("/staff/forums/care/follow-up/rehearsal/?who=changed").content.decode()
    assert "Late Lena" in changed
    assert "Ada Asked" not in changed


def test_a_release_keeps_the_rehearsal_too(forum):
    people(forum, 2)
    wave = plan(forum)
    follow_ups.hold(wave, why="Wait", by=None)
    assert wave.rehearsal.count() == 0

    follow_ups.release(wave, by=make_staff())

    assert wave.rehearsal.count() == 2
    follow_ups.hold(wave, why="Wait again", by=None)
    late = person(forum, "Ring")
    before = set(wave.rehearsal.values_list("attendee", "made_at"))
    follow_ups.release(wave, by=make_staff())
    assert before < set(wave.rehearsal.values_list("attendee", "made_at"))
    assert wave.rehearsal.filter(attendee=late).exists()


def test_a_follow_up_from_before_receipts_says_so(client, staff, forum):
    attendee = person(forum, "Ring")
    wave = plan(forum, state=Wave.State.CLOSED)
    make_message(attendee, wave)

    page = client.get("/staff/forums/care/follow-up/rehearsal/").content.decode()

    assert "No rehearsal is kept" in page
    assert "Changed</strong>" not in page


def test_a_follow_up_stopped_before_it_began_wrote_to_nobody(client, staff, forum):
    people(forum, 1)
    follow_ups.stop(plan(forum), why="Not wanted", by=staff)

    page = client.get("/staff/forums/care/follow-up/rehearsal/").content.decode()

    assert "Nobody was written to" in page
    assert "0 people" in page


@pytest.mark.parametrize("begun", [False, True])
def test_the_page_asks_as_often_for_many_as_for_one(client, staff, forum, django_assert_max_num_queries, begun):
    people(forum, 40)
    plan(forum)
    if begun:
        follow_ups.prepare()
        people(forum, 10)

    client.get("/staff/forums/care/follow-up/rehearsal/")
    with django_assert_max_num_queries(16):
        page = client.get("/staff/forums/care/follow-up/rehearsal/")

    assert f"{50 if begun else 40} people" in page.content.decode()


def test_the_list_is_a_file_with_its_filters_and_a_reason(client, staff, forum, mailoutbox, any_hour):
    person(forum, "Ring", name="=Ada", organisation="A trust")
    person(forum, name="Basil")
    plan(forum)
    address = "/staff/forums/care/follow-up/rehearsal/"
    assert client.post(address, {"format": "csv"}).status_code == 422

    content = b"".join(client.post(address, {"why": "For the chair", "format": "csv"}).streaming_content).decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["Name"], row["Email"], row["Why they get none"]) for row in rows] == [
        ("'=Ada", "About their commitments", ""),
        ("Basil", "", "They made no commitment, and this follow-up asks only those who did."),
    ]

    follow_ups.prepare()
    outbox.send_due()
    response = client.post(address + "?who=due&sort=area", {"why": "For the chair", "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    (found,) = list(sheet.iter_rows(min_row=2, values_only=True))
    assert "First email: Accepted by the mail server" in found[8]
    assert PeopleDownload.objects.filter(why="For the chair").count() == 2


def test_erasure_and_time_end_what_the_receipt_holds_about_a_person(forum):
    kept, erased = people(forum, 2)
    bounced = person(forum, "Ring", address_failed_at=timezone.now(), address_failure="550 no bounced@example.org")
    wave = plan(forum)
    follow_ups.prepare()

    privacy.erase([erased, bounced], kept_texts=[], now=timezone.now())

    rows = {row.attendee_id: row for row in wave.rehearsal.all()}
    assert (rows[erased.pk].address, rows[erased.pk].kind) == ("", "commitments")
    assert rows[bounced.pk].why_not == "Their details were erased."
    assert rows[kept.pk].address == kept.email
    retention.apply(timezone.now() + timedelta(days=700))
    assert wave.rehearsal.count() == 3
    retention.apply(timezone.now() + timedelta(days=740))
    assert wave.rehearsal.count() == 0


@pytest.mark.parametrize("kept_is_asked", [False, True])
def test_of_two_rows_of_one_person_the_one_with_the_email_stays(forum, kept_is_asked):
    first, second = person(forum, "Ring"), person(forum)
    wave = plan(forum)
    follow_ups.prepare()
    kept, other = (first, second) if kept_is_asked else (second, first)

    merging.merge(kept, other, by=make_staff())

    assert list(wave.rehearsal.values_list("attendee", "kind")) == [(kept.pk, "commitments")]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "", "why_not": ""},
        {"kind": "commitments", "why_not": "They asked us to stop writing.", "address": "a@example.org"},
        {"kind": "commitments", "address": ""},
        {"kind": "summary", "address": "a@example.org"},
        {"why_not": "Erased", "address": "a@example.org", "erased_at": timezone.now()},
    ],
)
def test_the_database_refuses_rows_that_cannot_be(forum, fields):
    attendee = person(forum, "Ring")

    with pytest.raises(IntegrityError), transaction.atomic():
        RehearsalRow.objects.create(wave=plan(forum), attendee=attendee, made_at=timezone.now(), **fields)


def test_the_database_refuses_to_change_a_row(forum):
    people(forum, 1)
    wave = plan(forum)
    follow_ups.prepare()

    with pytest.raises(InternalError), transaction.atomic():
        wave.rehearsal.update(address="else@example.org")
