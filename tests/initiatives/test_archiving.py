from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from initiatives import publishing, tasks, versions
from initiatives.models import ArchiveWarning, Initiative
from tests.factories import make_contact, make_initiative, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 26)


@pytest.fixture
def planned(time_machine):
    """An entry that staff decided on 26 January to archive."""
    time_machine.move_to(f"{TODAY} 12:00", tick=False)
    entry = make_initiative(title="Falls car", slug="falls-car")
    make_contact(entry, name="Jo Contact", email="jo@example.org")
    make_contact(entry, name="No Address")
    publishing.take_step(
        entry, "plan_archiving", seen=versions.latest(entry), comment="It ended in 2025", by=make_user()
    )
    return Initiative.objects.get(pk=entry.pk)


def nights(time_machine, first, last):
    for day in range(first, last + 1):
        time_machine.move_to(f"{TODAY + timedelta(days=day)} 07:30", tick=False)
        tasks.keep_fresh()


def test_staff_and_contacts_are_warned_twice_ahead(planned, mailoutbox, time_machine):
    nights(time_machine, 0, 27)

    assert [mail.to for mail in mailoutbox] == [["senate@example.org"], ["jo@example.org"]] * 2
    assert mailoutbox[1].subject == "“Falls car” is to leave the catalogue"
    assert "on Monday 23 February 2026" in mailoutbox[1].body
    assert "It ended in 2025" in mailoutbox[1].body
    planned.refresh_from_db()
    assert planned.publication == "published"


def test_after_the_warnings_it_leaves_lists_and_keeps_its_page(planned, client, time_machine):
    before = client.get("/initiatives/falls-car/").content.decode()
    assert "is to leave the catalogue on Monday 23 February 2026" in before

    nights(time_machine, 0, 28)

    planned.refresh_from_db()
    assert (planned.publication, planned.archived_on) == ("archived", date(2026, 2, 23))
    page = client.get("/initiatives/falls-car/").content.decode()
    assert "Archived on Monday 23 February 2026" in page
    assert "Why: It ended in 2025" in page
    for address in ["/initiatives/", "/initiatives/?search=falls", "/api/v1/initiatives/", "/initiatives.atom"]:
        assert "falls-car" not in client.get(address).content.decode()


def test_nights_without_a_worker_do_not_shorten_the_warning(planned, time_machine, mailoutbox):
    nights(time_machine, 40, 45)
    assert len(mailoutbox) == 4
    planned.refresh_from_db()
    assert planned.publication == "published"

    nights(time_machine, 46, 46)

    planned.refresh_from_db()
    assert planned.publication == "archived"


def test_keeping_it_ends_the_plan(planned, client, time_machine, mailoutbox):
    nights(time_machine, 0, 5)
    publishing.take_step(planned, "keep", seen=versions.latest(planned), by=make_user())

    nights(time_machine, 6, 40)

    assert len(mailoutbox) == 2
    planned.refresh_from_db()
    assert (planned.publication, planned.archive_reason) == ("published", "")


def test_a_demonstration_warns_invented_people_only(planned, mailoutbox, time_machine):
    make_contact(planned, name="Real Person", email="real.person@nhs.net")
    with override_settings(DEMONSTRATION=True):
        nights(time_machine, 0, 27)

    assert {mail.to[0] for mail in mailoutbox} == {"senate@example.org", "jo@example.org"}


def test_an_archived_entry_can_come_back(planned, client, time_machine):
    nights(time_machine, 0, 28)
    planned.refresh_from_db()

    publishing.take_step(planned, "send", seen=versions.latest(planned), by=make_user())

    planned.refresh_from_db()
    assert (planned.publication, planned.archived_on, planned.archive_reason) == ("in-review", None, "")
    assert client.get("/initiatives/falls-car/").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"archive_on": TODAY},
        {"archived_on": TODAY, "archive_reason": "Why"},
        {"publication": "archived", "archived_on": TODAY},
    ],
)
def test_the_database_wants_state_day_and_reason_together(fields):
    entry = make_initiative()

    with pytest.raises(IntegrityError, match="archived_with_reason"), transaction.atomic():
        Initiative.objects.filter(pk=entry.pk).update(**fields)


def test_each_warning_is_recorded_once(planned):
    ArchiveWarning.objects.create(initiative=planned, archive_on=TODAY, days_ahead=7)

    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveWarning.objects.create(initiative=planned, archive_on=TODAY, days_ahead=7)
