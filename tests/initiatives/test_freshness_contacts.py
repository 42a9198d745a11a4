import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from initiatives import tasks
from initiatives.models import Confirmation, ProblemReport
from tests.factories import make_contact, make_initiative, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def contact():
    return make_contact(make_initiative(title="Falls car", slug="falls-car"), name="Jo Contact", email="jo@example.org")


@pytest.fixture
def link(contact, mailoutbox):
    """The path that the contact was mailed."""
    tasks.ask_contact(contact.pk)
    return re.search(r"/confirm/\S+", mailoutbox[0].body)[0]


def test_a_contact_is_mailed_a_link_whose_secret_is_not_kept(contact, link, mailoutbox):
    (mail,) = mailoutbox
    assert mail.to == ["jo@example.org"]
    assert mail.subject == "Is “Falls car” still right?"
    assert link.split("/")[2] not in str(Confirmation.objects.values())


def test_opening_the_link_changes_nothing(client, contact, link):
    response = client.get(link)

    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert "checked" not in response.content.decode().split("<form", 2)[-1]
    contact.initiative.refresh_from_db()
    assert contact.initiative.verified_on is None
    assert Confirmation.objects.get().answered_at is None


def test_still_right_counts_as_checked_by_the_contact(client, contact, link, time_machine):
    time_machine.move_to("2026-11-25 23:30+00:00", tick=False)
    Confirmation.objects.update(expires_at=timezone.now() + timedelta(days=1))

    client.post(link, {"right": "yes"})

    entry = contact.initiative
    entry.refresh_from_db()
    assert (str(entry.verified_on), entry.verified_by, entry.freshness) == ("2026-11-25", "Jo Contact", "fresh")
    assert not ProblemReport.objects.exists()


def test_what_changed_reaches_staff_and_renews_nothing(client, contact, link):
    assert client.post(link, {"right": "no"}).status_code == 422
    assert client.post(link, {}).status_code == 422

    client.post(link, {"right": "no", "changed": "We moved to Barts."})

    report = ProblemReport.objects.get()
    assert (report.origin, report.text, report.email) == ("contact", "We moved to Barts.", "jo@example.org")
    contact.initiative.refresh_from_db()
    assert contact.initiative.verified_on is None
    client.force_login(make_user())
    assert "We moved to Barts." in client.get("/staff/initiatives/problems/").content.decode()


def test_a_link_dies_with_its_address_and_after_sixty_days(client, contact, link, time_machine):
    assert client.get("/confirm/wrong/").status_code == 404
    contact.email = "other@example.org"
    contact.save()
    assert client.get(link).status_code == 404

    contact.email = "jo@example.org"
    contact.save()
    assert client.get(link).status_code == 200
    time_machine.move_to(Confirmation.objects.get().expires_at)
    assert client.post(link, {"right": "yes"}).status_code == 404


def test_a_contact_who_stays_silent_is_shown_to_staff_after_four_weeks(client, contact, link):
    client.force_login(make_user())
    assert "Jo Contact" not in client.get("/staff/initiatives/silent-contacts/").content.decode()

    Confirmation.objects.update(asked_at=timezone.now() - timedelta(days=29))

    assert "Jo Contact" in client.get("/staff/initiatives/silent-contacts/").content.decode()
    assert "1 contact who did not answer" in client.get("/staff/initiatives/problems/").content.decode()


@pytest.mark.parametrize("email", ["", "jo@nhs.net", "jo@notexample.org"])
def test_a_demonstration_writes_to_invented_people_only(contact, mailoutbox, settings, email):
    settings.DEMONSTRATION = True
    contact.email = email
    contact.save()

    tasks.ask_contact(contact.pk)

    assert mailoutbox == []
    assert not Confirmation.objects.exists()


def test_staff_mark_an_entry_as_checked(client, contact):
    client.force_login(make_user(name="Staff One"))

    client.post(f"/staff/initiatives/{contact.initiative_id}/checked/")

    contact.initiative.refresh_from_db()
    assert (contact.initiative.verified_on, contact.initiative.verified_by) == (timezone.localdate(), "Staff One")


def test_a_reader_reports_a_problem_without_an_account_and_staff_settle_it(client, contact):
    response = client.post("/initiatives/falls-car/report/", {"text": "The number is wrong.", "email": ""})

    assert response.status_code == 200
    report = ProblemReport.objects.get()
    assert (report.origin, report.initiative) == ("reader", contact.initiative)
    client.force_login(make_user())
    assert "The number is wrong." in client.get("/staff/initiatives/problems/").content.decode()
    assert client.post(f"/staff/initiatives/problems/{report.pk}/", {"outcome": ""}).status_code == 422

    client.post(f"/staff/initiatives/problems/{report.pk}/", {"outcome": "Put right."})

    assert not ProblemReport.objects.open().exists()
    assert "The number is wrong." not in client.get("/staff/initiatives/problems/").content.decode()


def test_a_flood_of_reports_is_told_to_come_back(client, contact):
    for _ in range(20):
        client.post("/initiatives/falls-car/report/", {"text": ""})

    response = client.post("/initiatives/falls-car/report/", {"text": "Kept words."})

    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "Kept words." in response.content.decode()
    assert not ProblemReport.objects.exists()


def test_nobody_reports_on_a_hidden_entry(client):
    make_initiative(slug="hidden", publication="draft")

    assert client.post("/initiatives/hidden/report/", {"text": "Aha"}).status_code == 404


def test_whoever_reported_a_problem_is_told_what_came_of_it(client, contact, mailoutbox):
    client.post("/initiatives/falls-car/report/", {"text": "Wrong number", "email": "reader@example.org"})
    report = ProblemReport.objects.get()
    client.force_login(make_user())

    client.post(f"/staff/initiatives/problems/{report.pk}/", {"outcome": "The number is mended."})
    tasks.tell_outcome(report.pk)

    (mail,) = mailoutbox
    assert mail.to == ["reader@example.org"]
    assert "The number is mended." in mail.body
    assert "Wrong number" not in mail.body


def test_a_report_without_an_address_is_answered_to_nobody(contact, mailoutbox):
    report = ProblemReport.objects.create(initiative=contact.initiative, text="Wrong number")

    tasks.tell_outcome(report.pk)

    assert not mailoutbox
