"""Public pages kept in memory: the same for everybody, right at the next request, and of nobody in particular."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.models import Story, TakeUp, Wave
from initiatives.models import Initiative, STPArea
from senate_portal import kept_pages
from senate_portal.accounts.models import User
from stp_feedback.models import FeedbackPoint
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_point,
    make_wave,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db

# Tables of the catalogue and of forums whose rows no kept page shows
NOT_SHOWN = {
    "initiatives_archivewarning",
    "initiatives_arealead",
    "initiatives_cataloguedump",
    "initiatives_catalogueversion",
    "initiatives_confirmation",
    "initiatives_importfile",
    "initiatives_oldslug",
    "initiatives_oldthemeslug",
    "initiatives_problemreport",
    "initiatives_savedsearch",
    "initiatives_submission",
    "initiatives_thememerge",
    "stp_feedback_ask",
    "stp_feedback_ask_points",
    "stp_feedback_askreply",
    "stp_feedback_feedbackversion",
    "stp_feedback_forum_areas_absent",
    "stp_feedback_idea",
    "stp_feedback_merge",
    "stp_feedback_paper",
    "stp_feedback_poll",
    "stp_feedback_reading",
}


@pytest.fixture(autouse=True)
def pages(settings):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}
    }
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def entry():
    return make_initiative(title="Falls car", areas=[make_area("NEL")])


@pytest.fixture
def addresses(entry):
    point = make_point(area=STPArea.objects.get(code="NEL"), state=FeedbackPoint.State.PUBLISHED, initiatives=[entry])
    given = {
        "initiatives:detail": [entry.slug],
        "stp_feedback:feedback": [point.forum.slug],
    }
    return [reverse(name, args=given.get(name, [])) for name in sorted(kept_pages.KEPT)]


def test_a_kept_page_is_what_was_made_and_takes_one_query(addresses, django_assert_num_queries):
    for address in addresses:
        first = Client().get(address)
        assert first.status_code == 200, address
        with django_assert_num_queries(1):
            second = Client().get(address)
        assert second.content == first.content
        del first["X-Request-ID"], second["X-Request-ID"]
        assert second.headers == first.headers


def test_a_change_shows_at_the_next_request(client, entry):
    address = f"/initiatives/{entry.slug}/"
    assert "Falls car" in client.get("/initiatives/").content.decode()
    client.get(address)

    entry.title = "Falls response car"
    entry.save()

    assert "Falls response car" in client.get("/initiatives/").content.decode()
    assert "Falls response car" in client.get(address).content.decode()
    Initiative.objects.update(publication="archived")
    assert "Falls response car" not in client.get("/initiatives/").content.decode()


def test_feedback_that_names_an_entry_shows_on_its_page_at_the_next_request(client, entry):
    address = f"/initiatives/{entry.slug}/"
    client.get(address)

    point = make_point(text="Go by car", state=FeedbackPoint.State.PUBLISHED, initiatives=[entry])
    assert "Go by car" in client.get(address).content.decode()

    point.initiatives.clear()
    assert "Go by car" not in client.get(address).content.decode()


def test_who_took_an_entry_up_shows_at_the_next_request(client, entry):
    address = f"/initiatives/{entry.slug}/"
    commitment = make_commitment(make_attendee())

    def page():
        return client.get(address).content.decode()

    assert "took it up" not in page()
    answer = commitment.answers.create(outcome="done", took_up=entry, took_up_as="adopted")
    assert "1 person says that they took it up" in page()
    released = TakeUp.objects.create(answer=answer, place="Hackney")
    assert "Hackney" in page()
    released.place = "Newham"
    released.save()
    assert "Newham" in page()
    commitment.answers.create(outcome="stopped")
    assert "took it up" not in page()


def test_a_story_shows_on_the_page_of_an_entry_for_as_long_as_it_may(client, entry):
    address = f"/initiatives/{entry.slug}/"
    forum = make_forum(title="Spring forum", is_published=True)
    make_wave(forum, state=Wave.State.OPEN)
    *_, answer = [make_commitment(make_attendee(forum)).answers.create(outcome="done") for _ in range(4)]
    consent = answer.commitment.attendee.consents.create(use="quote", wording="You may quote me")
    story = {"initiative": entry, "title": "A call each Monday", "text": "It is how we work."}

    def shows():
        return "A call each Monday" in client.get(address).content.decode()

    assert not shows()
    Story.objects.create(answer=answer, **story, approved_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert not shows()
    Wave.objects.update(state=Wave.State.CLOSED)
    assert not shows()
    fifth = make_commitment(make_attendee(forum))
    fifth.answers.create(outcome="stopped")
    assert shows()
    page = words_of(client.get(address))
    assert (
        "It is how we work. Told with their consent by somebody who came to Spring forum . Approved on Tuesday" in page
    )
    for record, change in [(consent, "withdrawn_at"), (fifth, "withdrawn_at")]:
        setattr(record, change, timezone.now())
        record.save()
        assert not shows()
        setattr(record, change, None)
        record.save()
        assert shows()
    forum.is_published = False
    forum.save()
    assert not shows()
    forum.is_published = True
    forum.save()
    Wave.objects.update(state=Wave.State.STOPPED)
    assert not shows()


def test_another_day_is_another_page(client, entry, time_machine):
    time_machine.move_to("2026-11-25 12:00+00:00")
    client.get("/initiatives/")

    time_machine.move_to("2026-11-26 12:00+00:00")
    page = client.get("/initiatives/")

    assert page.context_data  # made anew


def test_a_signed_in_person_is_given_no_kept_page_and_leaves_none(entry):
    address = f"/initiatives/{entry.slug}/"
    anonymous, signed_in = Client(), Client()
    signed_in.force_login(User.objects.create_user("jo@example.org", name="Jo Example", role=User.Role.LEAD))

    assert "Jo Example" in signed_in.get(address).content.decode()
    assert "Jo Example" not in anonymous.get(address).content.decode()
    page = signed_in.get(address)
    assert "Jo Example" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_message_is_shown_to_nobody_else(client, entry):
    """After a form, an anonymous visitor's next page carries its message, which no one else may see."""
    client.cookies["messages"] = "anything"

    assert client.get("/initiatives/").context_data
    assert client.get("/initiatives/").context_data


def test_a_kept_page_may_be_kept_by_browsers_that_ask_again(client, entry):
    for _ in range(2):
        page = client.get("/initiatives/")
        assert page["Cache-Control"] == "no-cache"
        assert "Cookie" in page["Vary"]
    again = client.get("/initiatives/", headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/", "/areas/NEL/", "/initiatives/submit/", "/initiatives/x/report/", "/data/"])
def test_forms_and_pages_that_tell_of_a_follow_up_are_made_anew(client, address):
    make_initiative(title="X", slug="x", areas=[make_area("NEL")])

    assert client.get(address).context_data
    assert client.get(address).context_data


def test_what_goes_wrong_is_not_kept(client):
    assert client.get("/initiatives/falls-car/").status_code == 404

    make_initiative(title="Falls car", slug="falls-car")

    assert client.get("/initiatives/falls-car/").status_code == 200


def test_every_table_that_a_kept_page_shows_renews_a_version():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname IN ('catalogue_changed', 'feedback_changed')"
        )
        watched = {table for (table,) in cursor}
    models = [
        model
        for app in ("initiatives", "stp_feedback")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
    ]

    assert {model._meta.db_table for model in models} - NOT_SHOWN == watched
