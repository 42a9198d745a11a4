"""The questions that the portal asks by itself: is it still right, and what came of it."""

import re

import pytest
from django.core.cache import cache
from django.test import override_settings

from initiatives import tasks
from initiatives.models import Confirmation, Initiative, ProblemReport
from tests.factories import make_contact, make_initiative, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def promised():
    """An entry whose results are expected on 26 January 2027."""
    entry = make_initiative(
        title="Falls car", slug="falls-car", evaluation_status="in-progress", results_expected_on="2027-01-26"
    )
    make_contact(entry, name="No Address")
    make_contact(entry, name="Jo Contact", email="jo@example.org")
    make_contact(entry, name="Kim Contact", email="kim@example.org")
    return entry


def nights(time_machine, *days):
    for day in days:
        time_machine.move_to(f"{day} 07:30", tick=False)
        tasks.keep_fresh()


def test_on_the_day_one_contact_is_asked_for_the_result_once(promised, mailoutbox, time_machine):
    nights(time_machine, "2027-01-25")
    assert not mailoutbox

    nights(time_machine, "2027-01-26", "2027-01-27", "2027-02-07")

    (mail,) = mailoutbox
    assert mail.to == ["jo@example.org"]
    assert mail.subject == "What came of “Falls car”?"
    assert "expected by Tuesday 26 January 2027" in mail.body


def test_a_missed_night_is_caught_up_and_a_missed_month_is_left_to_staff(promised, mailoutbox, time_machine):
    nights(time_machine, "2027-02-09", "2027-06-01")
    assert not mailoutbox

    Initiative.objects.update(results_expected_on="2027-05-28")
    nights(time_machine, "2027-06-01")

    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "fields", [{"evaluation_status": "completed"}, {"publication": "draft"}, {"results_expected_on": None}]
)
def test_nobody_is_asked_for_what_is_there_or_not_public(promised, mailoutbox, time_machine, fields):
    Initiative.objects.update(**fields)

    nights(time_machine, "2027-01-26")

    assert not mailoutbox


@pytest.mark.parametrize("settings", [{"LIVE": False}, {"DEMONSTRATION": True}])
def test_a_site_on_trial_or_a_demonstration_asks_no_real_person(promised, mailoutbox, time_machine, settings):
    promised.contacts.update(email="real.person@nhs.net")

    with override_settings(**settings):
        nights(time_machine, "2027-01-26")

    assert not mailoutbox


def test_what_the_contact_says_reaches_staff_and_counts_as_no_check(promised, client, mailoutbox, time_machine):
    nights(time_machine, "2027-01-26")
    link = re.search(r"/confirm/\S+", mailoutbox[0].body)[0]
    assert "What came of “Falls car”?" in client.get(link).content.decode()

    assert client.post(link, {"changed": ""}).status_code == 422
    client.post(link, {"changed": "Falls down by a fifth."})

    report = ProblemReport.objects.get()
    assert (report.origin, report.text) == ("contact", "Falls down by a fifth.")
    promised.refresh_from_db()
    assert promised.verified_on is None


def test_a_year_after_the_last_check_a_contact_is_asked_once(mailoutbox, time_machine):
    entry = make_initiative(verified_on="2026-01-26", verified_by="Sam Sample")
    make_contact(entry, email="jo@example.org")
    never_checked = make_initiative()
    make_contact(never_checked, email="kim@example.org")

    nights(time_machine, "2027-01-25")
    assert not mailoutbox
    nights(time_machine, "2027-01-26", "2027-01-27")

    assert [mail.to for mail in mailoutbox] == [["jo@example.org"]]
    assert "still right" in mailoutbox[0].subject
    assert [question.about_result for question in Confirmation.objects.all()] == [False]


def test_late_results_and_missing_evaluations_are_listed_for_staff(promised, client, time_machine):
    make_initiative(title="Nobody looked")
    time_machine.move_to("2027-01-27 12:00")
    client.force_login(make_user())

    page = client.get("/staff/to-complete/").content.decode()

    assert "A result was expected on Tuesday 26 January 2027, and none is recorded" in page
    assert "No email address for No Address" in page
    assert "Nobody looked" in page
    assert page.count("<li>No evaluation is stated</li>") == 1


def test_what_was_checked_on_a_leap_day_is_asked_about_on_the_last_of_february(mailoutbox, time_machine):
    entry = make_initiative(verified_on="2024-02-29", verified_by="Sam Sample")
    make_contact(entry, name="Jo Contact", email="jo@example.org")

    nights(time_machine, "2025-02-27")
    assert not mailoutbox

    nights(time_machine, "2025-02-28", "2025-03-01", "2025-03-13", "2025-03-14")
    assert len(mailoutbox) == 1
