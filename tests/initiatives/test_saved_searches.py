"""Lists that people who sign in saved, and the email about what is new in them."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db.models import F
from django.utils import timezone

from initiatives import saved_searches, tasks
from initiatives.models import Initiative, SavedSearch, Theme
from senate_portal.accounts.models import User
from tests.factories import make_area, make_initiative, make_theme, make_user
from tests.pages import words_of

pytestmark = pytest.mark.django_db

InitiativeEvent = apps.get_model("initiatives", "InitiativeEvent")

FALLS = "/saved-searches/add/?theme=falls&area=NEL&theme=Falls&page=2&sort=odd"


@pytest.fixture
def reader(client):
    user = make_user(User.Role.LEAD, name="Lee Lead")
    client.force_login(user)
    return user


@pytest.fixture
def entry():
    return make_initiative(title="Falls car", areas=[make_area("NEL")], themes=[make_theme("Falls")])


@pytest.fixture
def search(reader, entry):
    return SavedSearch.objects.create(by=reader, name="Falls", query="area=NEL&theme=falls", told_until=timezone.now())


def let_pass(**time):
    """Moves all that happened into the past: within one transaction history would note one moment for everything."""
    InitiativeEvent.objects.update(pgh_created_at=F("pgh_created_at") - timedelta(**time))
    SavedSearch.objects.update(told_until=F("told_until") - timedelta(**time))


def tell():
    return saved_searches.tell_due(timezone.now())


def test_a_list_is_saved_once_under_its_latest_name_for_its_reader_alone(client, reader, entry):
    # Also of a list that is empty as yet.
    assert 'href="/saved-searches/add/?search=trams"' in client.get("/initiatives/?search=trams").content.decode()
    assert 'value="In Area NEL about Falls"' in client.get(FALLS).content.decode()
    assert client.post(FALLS, {"name": ""}).status_code == 422
    client.post(FALLS, {"name": "Falls"})
    page = client.post("/saved-searches/add/?area=NEL&theme=falls", {"name": "Falls of NEL"}, follow=True)

    search = SavedSearch.objects.get()
    assert (search.by, search.name, search.query) == (reader, "Falls of NEL", "area=NEL&theme=falls")
    assert "Finds 1 initiative in Area NEL about Falls today. You get emails about it." in words_of(page)
    client.force_login(make_user())
    assert "Falls of NEL" not in words_of(client.get("/saved-searches/"))
    assert client.post(f"/saved-searches/{search.pk}/", {"decision": "remove"}).status_code == 404


def test_nobody_saves_more_than_twenty(client, reader):
    SavedSearch.objects.bulk_create(
        SavedSearch(by=reader, name=str(number), query=f"search={number}") for number in range(SavedSearch.MOST)
    )

    page = client.post("/saved-searches/add/", {"name": "All"})
    assert "Remove one first" in words_of(page)
    assert 'href="/saved-searches/"' in page.content.decode()
    assert client.post("/saved-searches/add/?search=3", {"name": "Three"}).status_code == 302
    assert SavedSearch.objects.count() == SavedSearch.MOST


def test_what_came_into_the_catalogue_or_was_checked_is_told_once(search, entry, mailoutbox):
    shown = {"areas": [make_area("NEL")], "themes": [Theme.objects.get()]}
    offered = make_initiative(title="Falls bus", publication="in-review", **shown)
    let_pass(days=6)
    make_initiative(title="Falls draft", publication="draft", **shown)
    make_initiative(title="Elsewhere", areas=[make_area("SEL")])
    # Neither an edit nor a new tag is news, nor is an entry that comes back.
    entry.themes.add(make_theme("Transport"))
    for change in [{"summary": "Said otherwise"}, {"publication": "archived"}, {"publication": "published"}]:
        Initiative.objects.filter(pk=entry.pk).update(**change)
    let_pass(days=1)
    assert tell() == 0

    Initiative.objects.filter(pk=offered.pk).update(publication="published")
    assert tell() == 1
    let_pass(days=6)
    for day in [25, 26]:
        Initiative.objects.filter(pk=entry.pk).update(verified_on=date(2026, 11, day), verified_by="A trust")
        assert tell() == 0
        let_pass(hours=6)
    let_pass(days=1)
    assert [tell(), tell()] == [1, 0]

    first, second = mailoutbox
    assert (first.to, first.subject) == ([search.by.email], "New in your saved searches")
    assert "/initiatives/?area=NEL&theme=falls\n\n- Falls bus (new in the catalogue)\n" in first.body
    assert "- Falls car (checked on Thursday 26 November 2026)" in second.body
    for news, absent in [(first, ["Falls car", "Falls draft", "Elsewhere"]), (second, ["Falls bus", "Falls draft"])]:
        page = news.alternatives[0].content
        assert not [title for title in absent if title in news.body + page]
        assert "/initiatives/?area=NEL&amp;theme=falls" in page


def test_a_theme_that_is_gone_is_said_to_be_left_out(client, search, mailoutbox):
    let_pass(days=7)
    Theme.objects.all().delete()
    make_initiative(title="Hospital at home", areas=[make_area("NEL")])

    told = "“falls” is no longer known under Theme, so that filter is left out."
    assert told in words_of(client.get("/saved-searches/"))
    assert tell() == 1
    assert told in mailoutbox[0].body
    assert told in mailoutbox[0].alternatives[0].content


def test_one_click_stops_the_emails_and_a_get_does_not(client, search, mailoutbox):
    let_pass(days=7)
    make_initiative(title="Falls bus", areas=[make_area("NEL")], themes=[Theme.objects.get()])
    tasks.tell_of_saved_searches()
    let_pass(days=7)
    make_initiative(title="Falls tram", areas=[make_area("NEL")], themes=[Theme.objects.get()])
    tasks.tell_of_saved_searches()  # by a second beat

    (sent,) = mailoutbox
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    link = urlsplit(sent.extra_headers["List-Unsubscribe"].split(">")[0][1:]).path
    client.logout()
    assert "We will no longer email you" in words_of(client.get(link))
    assert SavedSearch.objects.exclude(told_until=None).exists()
    assert "are stopped" in words_of(client.post(link, {"List-Unsubscribe": "One-Click"}))
    assert not SavedSearch.objects.exclude(told_until=None).exists()
    assert client.post(f"{link[:-2]}/").status_code == 404


def test_a_reader_stops_resumes_and_removes(client, search):
    change = f"/saved-searches/{search.pk}/"

    client.post("/saved-searches/")
    assert "You get no emails about it." in words_of(client.get("/saved-searches/"))
    client.post(change, {"decision": "email"})
    assert "You get emails about it." in words_of(client.get("/saved-searches/"))
    client.post(change, {"decision": "stop"})
    search.refresh_from_db()
    assert search.told_until is None
    client.post(change, {"decision": "remove"})
    assert not SavedSearch.objects.exists()


def test_a_closed_account_gets_no_email_and_one_that_did_not_leave_is_tried_again(search, settings, mailoutbox):
    let_pass(days=7)
    make_initiative(title="Falls bus", areas=[make_area("NEL")], themes=[Theme.objects.get()])
    User.objects.update(is_active=False)
    assert tell() == 0
    User.objects.update(is_active=True)
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1  # nobody listens
    assert tell() == 0
    settings.EMAIL_BACKEND = kept
    assert tell() == 1
