"""Every list for staff, found by itself in the portal's addresses: sorted, paged, and taken away with the same rows."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from django.views.generic.list import MultipleObjectMixin

from commitments import privacy
from commitments.models import Message, PeopleDownload, Story
from commitments.views.people_lists import PeopleList
from initiatives.models import Confirmation
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import AuditEntry, User
from senate_portal.accounts.staff_lists import FilteredList
from tests.factories import (
    make_area,
    make_ask,
    make_attendee,
    make_commitment,
    make_contact,
    make_forum,
    make_initiative,
    make_key_theme,
    make_message,
    make_point,
    make_theme,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db


def views(patterns, namespace=""):
    """Address and class of every view without parameters."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if (view := getattr(pattern.callback, "view_class", None)) and not pattern.pattern.regex.groupindex:
                yield reverse(f"{namespace}{pattern.name}"), view
        elif pattern.namespace != "admin":
            yield from views(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )


VIEWS = dict(views(get_resolver().url_patterns))
LISTS = {address: view for address, view in VIEWS.items() if issubclass(view, FilteredList)}
OTHERWISE = {
    "/staff/",  # forums, of which there are three a year
    "/staff/outbox/",  # files and no records
}


@pytest.fixture
def admin(client):
    user = make_user(User.Role.ADMIN)
    client.force_login(user)
    return user


def make_one_of_each(number, admin):
    """A row for each list."""
    forum = make_forum()
    wave = make_wave(forum, state="open")
    initiative = make_initiative(title=f"Entry {number}", edited_by=admin, themes=[make_theme(f"Theme {number}")])
    initiative.problem_reports.create(text="Wrong number")
    make_contact(initiative, email="", left_on=timezone.localdate())
    initiative.links.create(position=1, label="Report")
    now = timezone.now()
    Confirmation.objects.create(
        initiative=initiative,
        name="Jo",
        email="jo@example.org",
        token_hash=number,
        asked_at=now,
        expires_at=now,
        failure="x",
    )
    silent, answered = (make_commitment(make_attendee(forum, area=make_area("NEL"))) for _ in range(2))
    make_message(silent.attendee, wave, state=Message.State.ACCEPTED, settled_at=now)
    answer = answered.answers.create(outcome="done", took_up=initiative, took_up_as="adopted", via="staff", by=admin)
    answer.helped.add(make_key_theme(f"Theme {number}"))
    Story.objects.create(answer=answer, title="A story", text="It worked", written_by=admin)
    make_ask([make_point(forum, make_area("NEL"))], text=f"Training {number}", owner=admin)
    privacy.prepare(answered.attendee, kept_texts=[], by=admin)
    AuditEntry.objects.create(by=admin, verb="GET", page="/staff/")
    PeopleDownload.objects.create(what="Attendees", why="To ring them", rows=1, by=admin)
    make_user(User.Role.LEAD).areas.add(make_area("NEL"))


def rows_of(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))[1:]


def file(client, address, query="", format="csv"):
    if issubclass(LISTS[address], PeopleList):
        return client.post(address + query, {"why": "A test", "format": format})
    return client.get(f"{address}{query or '?'}&format={format}")


def test_every_list_for_staff_is_one_of_these():
    lists = {
        address
        for address, view in VIEWS.items()
        if issubclass(view, MultipleObjectMixin) and issubclass(view, StaffRequired)
    }
    assert lists - LISTS.keys() == OTHERWISE
    assert len(LISTS) >= 14


@pytest.mark.parametrize("address", LISTS)
def test_list_is_filtered_sorted_and_taken_away_with_the_rows_of_the_screen(client, admin, address):
    for number in range(3):
        make_one_of_each(number, admin)
    AuditEntry.objects.exclude(page="/staff/").delete()
    orders = LISTS[address].filterset_class.base_filters["sort"].orders

    pages = {order: client.get(f"{address}?sort={order}") for order in orders}

    counts = {order: page.context_data["paginator"].count for order, page in pages.items()}
    assert min(counts.values()) >= 3
    first = next(iter(orders))
    shown = [row.pk for row in pages[first].context_data["object_list"]]
    assert [row.pk for row in client.get(address).context_data["object_list"]][-3:] == shown[-3:]
    if address not in {"/staff/audit/", "/staff/downloads/"}:  # each look and each file is one row more of these
        assert set(counts.values()) == {len(rows_of(file(client, address)))}
    assert file(client, address, format="xlsx").getvalue().startswith(b"PK")
    assert client.get(f"{address}?sort=sideways").context_data["paginator"].count == 0


@pytest.mark.parametrize("address", LISTS)
def test_pages_of_a_list_keep_its_filters_and_order(client, admin, address, monkeypatch):
    for number in range(2):
        make_one_of_each(number, admin)
    monkeypatch.setattr(LISTS[address], "paginate_by", 1)
    order = list(LISTS[address].filterset_class.base_filters["sort"].orders)[-1]

    page = client.get(f"{address}?sort={order}").content.decode()

    assert f'href="?sort={order}&amp;page=2"' in page


@pytest.mark.parametrize("address", LISTS)
def test_list_and_file_ask_the_database_as_often_for_three_rows_as_for_one(client, admin, address):
    made = []
    for number in range(3):
        make_one_of_each(number, admin)
        if number != 1:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(address)
                page = len(asked)
                rows_of(file(client, address))
            made.append((page, len(asked)))

    assert made[0] == made[1]


@pytest.mark.parametrize("address", [address for address, view in LISTS.items() if issubclass(view, PeopleList)])
def test_list_of_people_is_taken_away_for_a_reason_only(client, admin, address):
    make_one_of_each(1, admin)
    before = PeopleDownload.objects.count()

    assert "text/html" in client.get(f"{address}?format=csv")["Content-Type"]
    refused = client.post(address, {"why": "", "format": "csv"})

    assert refused.status_code == 422
    assert "Say why, in a few words" in refused.content.decode()
    assert PeopleDownload.objects.count() == before
    assert file(client, address).status_code == 200
    kept = PeopleDownload.objects.first()
    assert (kept.why, kept.by, kept.rows) == ("A test", admin, len(rows_of(file(client, address))))
