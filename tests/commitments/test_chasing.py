import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from commitments import chasing
from commitments.models import Answer, Attendee, Message, PeopleDownload, Wave
from tests.factories import make_area, make_attendee, make_commitment, make_forum, make_message, make_wave
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]


@pytest.fixture
def wave():
    return make_wave(make_forum(slug="autumn", held_on=date(2026, 8, 10)), state=Wave.State.OPEN)


def make_asked(wave, days_ago=10, **fields):
    """Somebody with a commitment whose first email was accepted some days ago."""
    attendee = make_commitment(make_attendee(wave.forum, **fields)).attendee
    at = timezone.now() - timedelta(days=days_ago)
    make_message(attendee, wave, state=Message.State.ACCEPTED, settled_at=at)
    return attendee


def test_list_holds_those_with_a_commitment_and_no_answer(wave):
    silent = make_asked(wave)
    make_asked(wave).commitments.get().answers.create(outcome="done")
    make_attendee(wave.forum)
    make_commitment()

    assert list(chasing.unanswered()) == [silent]


def test_list_says_why_there_is_no_answer(client, staff, wave):
    make_asked(wave, name="A Asked")
    make_asked(wave, name="B Bounced", address_failed_at=timezone.now(), address_failure="550")
    make_commitment(make_attendee(wave.forum, name="C Noaddress", email=""))
    make_commitment(make_attendee(wave.forum, name="D Stopped", objected_at=timezone.now()))
    make_commitment(make_attendee(wave.forum, name="E Notyet"))

    page = words_of(client.get("/staff/chase/?forum=autumn"))

    for words in [
        "Asked once, no answer yet.",
        "Their address needs mending. 550",
        "There is no email address for them.",
        "They asked us to stop writing.",
        "They have not been asked yet.",
    ]:
        assert words in page
    assert "1 person" in words_of(client.get("/staff/chase/?why=mend"))
    assert "1 person" in words_of(client.get("/staff/chase/?why=asked"))


def test_list_makes_the_same_queries_for_one_and_for_many(client, staff, wave, django_assert_max_num_queries):
    for _ in range(5):
        make_asked(wave)

    with django_assert_max_num_queries(11):
        client.get("/staff/chase/")


def test_chasing_brings_the_next_reminder_forward(client, staff, wave):
    attendee = make_asked(wave)

    preview = words_of(client.post("/staff/chase/now/", {"person": [attendee.pk]}))
    assert "1 person will get their next reminder." in preview
    assert attendee.messages.count() == 1
    client.post("/staff/chase/now/", {"person": [attendee.pk], "confirmed": "yes"})

    reminder = attendee.messages.get(step=Message.Step.FIRST_REMINDER)
    assert (reminder.state, reminder.not_before) == (Message.State.QUEUED, timezone.now())
    client.post("/staff/chase/now/", {"person": [attendee.pk], "confirmed": "yes"})
    assert attendee.messages.count() == 2


def test_nobody_is_chased_who_may_not_be_written_to(wave):
    recent = make_asked(wave, days_ago=6)
    stopped = make_asked(wave, objected_at=timezone.now())
    thrice = make_asked(wave, days_ago=40)
    for step, days in [(1, 26), (2, 12)]:
        make_message(
            thrice, wave, step=step, state=Message.State.ACCEPTED, settled_at=timezone.now() - timedelta(days=days)
        )
    answered = make_asked(wave)
    answered.commitments.get().answers.create(outcome="done")
    unasked = make_commitment(make_attendee(wave.forum)).attendee

    plan = chasing.plan([person.pk for person in [recent, stopped, thrice, answered, unasked]], timezone.now())

    assert plan.chased == ()
    assert {person.pk: why for person, why in plan.left_out} == {
        recent.pk: "The last email left less than 7 days ago.",
        stopped.pk: "They asked us to stop writing.",
        thrice.pk: "They have had every email of this follow-up.",
        unasked.pk: "They have not been asked yet.",
    }


def test_nobody_is_chased_while_the_wave_is_held(wave):
    attendee = make_asked(wave)
    wave.state, wave.state_why = Wave.State.HELD, "Wording"
    wave.save()

    assert chasing.plan([attendee.pk], timezone.now()).left_out == ((attendee, "The follow-up is held."),)


@pytest.mark.parametrize("people", [[], ["x"], ["99999999999999999999"], ["-1"]])
def test_ticking_nobody_is_told(client, staff, wave, people):
    response = client.post("/staff/chase/now/", {"person": people}, follow=True)

    assert "Tick at least one person." in words_of(response)


def test_download_holds_the_rows_of_the_screen_and_keeps_the_reason(client, staff, wave):
    make_asked(wave, name="=cmd()", email="ada@example.org", organisation="Trust")
    make_asked(make_wave(make_forum(), state=Wave.State.OPEN))

    assert client.post("/staff/chase/?forum=autumn", {"why": ""}).status_code == 422
    assert not PeopleDownload.objects.exists()
    response = client.post("/staff/chase/?forum=autumn", {"why": "To phone them", "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [(row["Name"], row["Email"], row["Why there is no answer"]) for row in rows] == [
        ("'=cmd()", "ada@example.org", "Asked once, no answer yet.")
    ]
    kept = PeopleDownload.objects.get()
    assert (kept.why, kept.rows, kept.by) == ("To phone them", 1, staff)


def test_download_as_excel_is_a_workbook(client, staff, wave):
    make_asked(wave)

    response = client.post("/staff/chase/", {"why": "To phone them", "format": "xlsx"})

    assert response.getvalue()[:2] == b"PK"
    assert response["Content-Disposition"] == 'attachment; filename="no-answer-yet.xlsx"'


def test_call_is_logged_and_stands_in_the_timeline(client, staff, wave):
    attendee = make_asked(wave)
    assert client.post(f"/staff/attendees/{attendee.pk}/chase/", {"note": "x"}).status_code == 422

    client.post(f"/staff/attendees/{attendee.pk}/chase/", {"channel": "phone", "note": "Rang, will answer"})

    chase = attendee.chases.get()
    assert (chase.channel, chase.note, chase.by) == ("phone", "Rang, will answer", staff)
    page = words_of(client.get(f"/staff/attendees/{attendee.pk}/"))
    assert "Asked: By phone by Sam Staff, Wednesday 25 November 2026, 10:00am Rang, will answer" in page
    assert "First email: Accepted by the mail server , Sunday 15 November 2026" in page


def test_answer_on_behalf_is_marked_as_such(client, staff, wave):
    attendee = make_asked(wave)
    commitment = attendee.commitments.get()
    address = f"/staff/commitments/{commitment.pk}/answer/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"outcome": "done"}).status_code == 422

    client.post(address, {"outcome": "part-done", "via": "phone", "what_happened": "Told me on the phone"})

    answer = commitment.answers.get()
    assert (answer.outcome, answer.via, answer.by) == ("part-done", Answer.Via.PHONE, staff)
    assert "by phone: Sam Staff" in words_of(client.get(f"/staff/attendees/{attendee.pk}/"))
    assert not chasing.unanswered().exists()


def test_answer_on_behalf_never_overwrites_one_that_came_in_meanwhile(client, staff, wave):
    commitment = make_asked(wave).commitments.get()
    commitment.answers.create(outcome="stopped")

    response = client.post(
        f"/staff/commitments/{commitment.pk}/answer/", {"outcome": "done", "via": "phone", "seen": ""}, follow=True
    )

    assert "Another answer came in meanwhile" in words_of(response)
    assert commitment.answers.get().outcome == "stopped"


def test_everybody_who_fits_the_filters_is_chased_after_a_look(client, staff, wave):
    make_asked(wave, name="Ada", area=make_area("NEL"))
    make_asked(wave, name="Bo", area=make_area("SEL"))
    later = make_asked(wave, name="Cy", area=make_area("NEL"))
    Attendee.objects.filter(pk=later.pk).update(ask_again_on=date(2026, 12, 24), ask_again_said_at=timezone.now())

    preview = words_of(client.post("/staff/chase/now/?area=NEL", {"everybody": "yes"}))

    assert "1 person will get their next reminder." in preview
    assert "They asked to be asked again on Thursday 24 December 2026." in preview
    assert "Bo" not in preview
    assert "1 person" in words_of(client.get("/staff/chase/?why=later"))
    assert "3 people" in words_of(client.get("/staff/chase/?wave=open"))
    assert "0 people" in words_of(client.get("/staff/chase/?wave=held"))


def test_call_may_bring_a_day_on_which_to_ask_again(client, staff, wave):
    attendee = make_asked(wave)
    address = f"/staff/attendees/{attendee.pk}/chase/"
    call = {"channel": "phone", "note": "In February, please"}
    assert "Choose a day after today" in words_of(client.post(address, call | {"ask_again_on": "2026-11-25"}))

    client.post(address, call | {"ask_again_on": "2027-02-01"})

    attendee.refresh_from_db()
    assert attendee.ask_again_on == date(2027, 2, 1)
    assert attendee.chases.get().note == "In February, please"


def test_timeline_of_a_person_is_a_file_that_takes_a_reason(client, staff, wave):
    attendee = make_asked(wave)
    chasing.log(attendee, channel="phone", note="=No luck", by=staff)
    address = f"/staff/attendees/{attendee.pk}/timeline/"
    assert client.post(address).status_code == 422

    response = client.post(address, {"why": "They asked for it", "format": "csv"})

    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert {"First email: Accepted by the mail server", "Asked: By phone"} <= {row["What"] for row in rows}
    assert "'=No luck" in {row["Note"] for row in rows}
    assert PeopleDownload.objects.get().why == "They asked for it"
    assert client.post(address, {"why": "Again", "format": "xlsx"}).getvalue().startswith(b"PK")
