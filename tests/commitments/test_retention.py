from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from commitments import privacy, retention, tasks
from commitments.models import (
    Answer,
    AnswerLink,
    Attendee,
    AttendeeImport,
    Commitment,
    Message,
    PeopleDownload,
    Sending,
    Wave,
)
from initiatives.models import Initiative, ProblemReport, Submission
from senate_portal.accounts.models import AuditEntry
from stp_feedback.models import FeedbackPoint
from tests.factories import (
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_link,
    make_message,
    make_point,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 3, 15, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def forum_closed(on, state=Wave.State.CLOSED, held_on=date(2025, 6, 1)):
    forum = make_forum(held_on=held_on)
    make_wave(forum, due_on=on - timedelta(days=42), closes_on=on, state=state)
    return forum


def ended(now=NOW):
    """What the night ended, less what it found none of."""
    return {what: number for what, number in retention.apply(now).items() if number}


@pytest.mark.parametrize(
    ("forum", "erased"),
    [
        ({"on": date(2025, 11, 25)}, True),
        ({"on": date(2025, 11, 26)}, False),
        ({"on": date(2025, 11, 25), "state": Wave.State.STOPPED}, True),
        ({"on": date(2025, 11, 25), "state": Wave.State.HELD}, False),
        ({"on": date(2026, 12, 1), "state": Wave.State.HELD, "held_on": date(2023, 11, 25)}, True),
        ({"on": date(2026, 12, 1), "state": Wave.State.HELD, "held_on": date(2023, 11, 26)}, False),
    ],
)
def test_a_name_goes_a_year_after_the_close_or_three_after_the_forum(forum, erased):
    attendee = make_attendee(forum_closed(**forum))
    retention.apply(NOW)
    attendee.refresh_from_db()
    assert (attendee.erased_at is not None, attendee.name == "") == (erased, erased)


@pytest.mark.parametrize(("listed", "erased"), [(datetime(2023, 11, 25, 9, tzinfo=UTC), True), (NOW, False)])
def test_nobody_is_kept_for_ever_by_a_forum_without_a_date(listed, erased):
    attendee = make_attendee(make_forum(held_on=None, date_known="not-yet"))
    Attendee.objects.update(created_at=listed)
    retention.apply(NOW)
    attendee.refresh_from_db()
    assert (attendee.erased_at is not None) == erased


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Visit two care homes in 2026", True),
        ("Annette will visit two care homes", True),
        ("ANNE will visit two care homes", False),
        ("Ask o'neill's team", False),
        ("Write to someone@example.org", False),
        ("Ring 020 7946 0000", False),
        ("About patient 943 476 5919", False),
    ],
)
def test_a_commitment_keeps_its_wording_only_where_it_names_nobody(text, stays):
    attendee = make_attendee(forum_closed(date(2025, 1, 1)), name="Anne O'Neill")
    commitment = make_commitment(attendee, text=text)
    Answer.objects.create(commitment=commitment, outcome="done", what_happened="We went")
    assert ended() == {"people erased, their commitments kept without a name": 1}
    commitment.refresh_from_db()
    assert commitment.text == (text if stays else "")
    assert list(Answer.objects.values_list("outcome", "what_happened")) == [("done", "")]


def test_whom_an_email_is_leaving_for_waits_and_others_do_not():
    forum = forum_closed(date(2025, 1, 1))
    busy, other = make_attendee(forum), make_attendee(forum)
    make_message(busy, forum.wave, state=Message.State.CLAIMED, lease_until=NOW + DAY)
    retention.apply(NOW)
    assert list(Attendee.objects.filter(erased_at=None)) == [busy]
    retention.apply(NOW + 2 * DAY)
    assert not Attendee.objects.filter(erased_at=None).exists()
    assert other.pk in Attendee.objects.values_list("pk", flat=True)


def test_an_email_is_emptied_after_ninety_days_and_stays_counted():
    attendee = make_attendee(forum_closed(date(2026, 8, 1)))
    sent = {"state": Message.State.ACCEPTED, "subject": "Yours", "text": "Dear", "html": "<p>"}
    wave = attendee.forum.wave
    old = make_message(attendee, wave, settled_at=NOW - 91 * DAY, **sent)
    young = make_message(attendee, wave, step=1, settled_at=NOW - 89 * DAY, **sent)
    assert ended() == {"emails emptied": 1}
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, old.recipient, old.subject, old.text, old.html) == ("accepted", "", "", "", "")
    assert young.text == "Dear"


def test_how_an_email_left_is_forgotten_after_two_years_and_the_row_stays():
    attendee = make_attendee(forum_closed(date(2026, 8, 1)))
    known = {"state": Message.State.ACCEPTED, "reason": "Chased by Sam.", "first_tried_at": NOW, "service_id": "abc"}
    old = make_message(attendee, attendee.forum.wave, settled_at=NOW - 750 * DAY, **known)
    make_message(attendee, attendee.forum.wave, step=1, settled_at=NOW - 700 * DAY, subject="", **known)
    Message.objects.update(recipient="")
    assert ended() == {"details of how emails left emptied": 1}
    assert ended() == {}
    old.refresh_from_db()
    assert (old.state, old.reason, old.service_id, old.first_tried_at) == ("accepted", "", "", None)
    assert old.message_id == f"purged-{old.pk}"


def test_an_offered_entry_that_was_returned_goes_after_ninety_days():
    state = {"publication": Initiative.Publication.NEEDS_CHANGES, "review_comment": "Say who it is for"}
    returned, ours = make_initiative(**state), make_initiative(**state)
    Submission.objects.create(initiative=returned, name="Jo", email="jo@example.org")
    Initiative.objects.update(updated_at=NOW - 91 * DAY)
    assert ended() == {"offered entries that were returned deleted": 1}
    assert list(Initiative.objects.all()) == [ours]


def test_a_link_goes_when_it_ran_out_and_the_follow_up_closed_a_month_ago():
    for closed, kept in [(date(2026, 10, 25), True), (date(2026, 10, 27), True), (date(2026, 10, 25), False)]:
        issued = NOW - (179 if kept and closed.day == 25 else 181) * DAY
        make_link(make_attendee(forum_closed(closed)), issued)
    assert ended() == {"links deleted": 1}
    assert AnswerLink.objects.count() == 2
    assert ended(NOW + 3 * DAY) == {"links deleted": 2}


def test_a_tables_own_words_go_three_years_after_anybody_touched_them():
    with time_machine.travel(NOW - 1200 * DAY):
        forum = make_forum(held_on=date(2020, 1, 1))
        old = make_point(forum, verbatim="Ask Nora")
        draft = make_point(forum, state="draft")
        touched = make_point(forum, verbatim="Ask Omar")
        merged = make_point(forum, verbatim="Ask Pia")
        merged.delete()
        make_point(make_forum(held_on=NOW.date()), verbatim="Ask Quentin").delete()
    with time_machine.travel(NOW - 100 * DAY):
        touched.text = "Edited"
        touched.save()
        FeedbackPoint.pgh_event_model.objects.filter(pgh_obj_id__in=[old.pk, draft.pk]).update(
            pgh_created_at=NOW - 1200 * DAY
        )
    assert ended() == {
        "notes of tables emptied": 1,
        "drafts of feedback deleted": 1,
        "words of deleted points emptied": 4,  # as they came, and as they went
    }
    assert ended() == {}
    history = FeedbackPoint.pgh_event_model.objects.exclude(pgh_obj_id__in=[old.pk, touched.pk])
    assert set(history.values_list("verbatim", flat=True)) == {"", "Ask Quentin"}
    assert dict(FeedbackPoint.objects.values_list("pk", "verbatim")) == {old.pk: "", touched.pk: "Ask Omar"}
    assert set(FeedbackPoint.pgh_event_model.objects.filter(pgh_obj_id=old.pk).values_list("verbatim", flat=True)) == {
        ""
    }


def test_merged_points_can_be_parted_for_thirty_days():
    for days in [31, 29]:
        with time_machine.travel(NOW - days * DAY):
            make_point().merges.create(was={}, gone={})
    assert ended() == {"merges of points made final": 1}


def test_who_offered_an_entry_is_forgotten_a_year_after_it_was_decided():
    for publication in [Initiative.Publication.PUBLISHED, Initiative.Publication.IN_REVIEW]:
        Submission.objects.create(
            initiative=make_initiative(publication=publication), name="Nora", email="nora@example.org"
        )
    Submission.objects.update(submitted_at=NOW - 366 * DAY)
    report = ProblemReport.objects.create(
        initiative=make_initiative(), text="Wrong", email="n@example.org", settled_at=NOW - 366 * DAY, outcome="Mended"
    )
    assert ended() == {
        "submitters of entries deleted": 1,
        "addresses of those who reported a problem emptied": 1,
    }
    assert Submission.objects.get().initiative.publication == "in-review"
    report.refresh_from_db()
    assert (report.email, report.text) == ("", "Wrong")


def test_records_of_views_go_after_two_years_and_of_changes_after_six():
    user = make_user()
    with time_machine.travel(NOW - 740 * DAY):
        AuditEntry.objects.create(by=user, verb="GET", page="/staff/")
        PeopleDownload.objects.create(what="All", why="A check", rows=3, by=user)
    AuditEntry.objects.create(by=user, verb="GET", page="/staff/attendees/")
    Sending.objects.load()
    Sending.pgh_event_model.objects.update(pgh_created_at=NOW - 2200 * DAY)
    assert ended() == {"records of views and downloads deleted": 2, "records of changes deleted": 1}
    assert AuditEntry.objects.get().page == "/staff/attendees/"


def test_an_abandoned_import_goes():
    AttendeeImport.objects.create(forum=make_forum(), file_name="list", header=[], rows=[], by=make_user())
    AttendeeImport.objects.update(made_at=NOW - 3650 * DAY)
    assert ended() == {"abandoned imports and details of finished ones deleted": 1}


def everything():
    return [list(model.objects.order_by("pk").values()) for model in [Attendee, Commitment, Message, AnswerLink]]


def test_dry_run_changes_nothing_and_a_second_night_ends_nothing(capsys):
    attendee = make_attendee(forum_closed(date(2025, 1, 1)))
    make_commitment(attendee)
    make_link(attendee, NOW - 400 * DAY)
    make_message(attendee, attendee.forum.wave, state="accepted", settled_at=NOW - 400 * DAY, text="Dear")
    before = everything()

    call_command("apply_retention", "--dry-run")
    assert "       1 people erased, their commitments kept without a name\n" in capsys.readouterr().out
    assert everything() == before

    call_command("apply_retention")
    first = everything()
    assert first != before
    capsys.readouterr()
    tasks.apply_retention()
    call_command("apply_retention")
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()} == {"0"}
    assert everything() == first
    assert privacy.replay() == 0


def test_numbers_can_be_changed(settings):
    settings.RETENTION |= {"names_after_close_months": 1}
    attendee = make_attendee(forum_closed(date(2026, 10, 1)))
    retention.apply(NOW)
    attendee.refresh_from_db()
    assert attendee.name == ""
