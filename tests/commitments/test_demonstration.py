from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count

from commitments import follow_ups, reports
from commitments.management.commands.load_demonstration import due_today
from commitments.models import Answer, Attendee, Commitment, Message, Wave
from senate_portal.accounts.models import User
from stp_feedback.models import FeedbackPoint, Forum
from tests.factories import make_area, make_key_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMONSTRATION = True
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def record():
    for code in ["NEL", "NCL", "SEL", "SWL", "NWL"]:
        make_area(code)
    for number in range(8):
        make_key_theme(f"Theme {number}")


def test_invented_people_are_refused_outside_a_demonstration(settings, record):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command("load_demonstration")

    assert not Attendee.objects.exists()


def test_it_says_so_when_the_record_is_missing():
    with pytest.raises(CommandError, match="Load the published record first"):
        call_command("load_demonstration")


def test_loading_twice_changes_nothing(record):
    call_command("load_demonstration")
    before = [model.objects.count() for model in (Forum, Attendee, Commitment, Answer, Message, User)]
    call_command("load_demonstration")

    assert [model.objects.count() for model in (Forum, Attendee, Commitment, Answer, Message, User)] == before


def test_forum_that_is_due_has_45_people_with_92_commitments_over_five_areas(record):
    call_command("load_demonstration")

    forum = Forum.objects.get(slug="invented-forum-due")
    committed = forum.people.with_commitments()
    assert forum.is_invented
    assert forum.people.count() == 100
    assert committed.count() == 45
    assert Commitment.objects.filter(attendee__forum=forum).count() == 92
    by_area = committed.values_list("area__code").annotate(Count("pk", distinct=True)).order_by()
    assert dict(by_area) == {"NEL": 9, "NCL": 9, "SEL": 9, "SWL": 9, "NWL": 9}
    assert committed.reachable().count() == 45
    assert (forum.wave.state, forum.wave.due_on) == (Wave.State.PLANNED, date(2026, 11, 25))


def test_sweep_queues_its_45_emails_at_once(record):
    call_command("load_demonstration")

    follow_ups.prepare()

    assert Message.objects.filter(wave__forum__slug="invented-forum-due").count() == 45


def test_older_forum_is_answered_and_closed(record):
    call_command("load_demonstration")

    forum = Forum.objects.get(slug="invented-forum-answered")
    found = reports.follow_up(forum, for_staff=True)
    assert forum.wave.state == Wave.State.CLOSED
    assert all(figure.commitments for figure in found.outcomes)
    assert found.asked.people > found.answered.people > 0
    assert found.helped
    assert found.hindered
    assert FeedbackPoint.objects.published().filter(forum=forum).count() == 30
    assert Message.objects.filter(wave=forum.wave, step=2).exists()


def test_every_invented_address_leads_nowhere(record):
    call_command("load_demonstration")

    assert not Attendee.objects.exclude(email__endswith="@example.org").exists()
    assert not User.objects.exclude(email__endswith="@demonstration.example.org").exists()
    assert Forum.objects.filter(is_invented=False).count() == 0


def test_sign_ins_are_one_of_the_staff_one_administrator_and_a_lead_for_each_area(record):
    call_command("load_demonstration")

    people = User.objects.demonstration()
    assert {role: people.filter(role=role).count() for role in User.Role} == {"lead": 5, "staff": 1, "admin": 1}
    for lead in people.filter(role=User.Role.LEAD):
        assert lead.areas.count() == 1
        assert lead.emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("today", "held_on"),
    [
        (date(2026, 11, 25), date(2026, 8, 25)),
        (date(2026, 11, 29), date(2026, 8, 27)),
        (date(2026, 3, 1), date(2025, 11, 27)),
    ],
)
def test_forum_is_held_on_the_latest_day_whose_follow_up_is_due(today, held_on):
    assert due_today(today) == held_on
