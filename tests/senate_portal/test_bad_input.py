"""What is sent at the wrong moment, too large or too often: nothing is lost, and the page says what to do."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from initiatives.models import Initiative
from tests.factories import make_attendee, make_commitment, make_user

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def edit():
    return f"/staff/commitments/{make_commitment(make_attendee()).pk}/edit/"


def test_form_whose_token_ran_out_can_be_sent_again(edit):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user())

    page = browser.post(edit, {"text": "Ring the <b>GP</b>", "csrfmiddlewaretoken": "old"}, headers=HERE)

    assert page.status_code == 403
    assert "Ring the &lt;b&gt;GP&lt;/b&gt;" in page.content.decode()
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[-1].partition('"')[0]
    again = browser.post(edit, {"text": "Ring the GP", "csrfmiddlewaretoken": token}, headers=HERE)
    assert again.status_code == 302


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_form_that_another_site_sent_is_not_offered_again(edit, origin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user())

    page = browser.post(edit, {"text": "Not mine"}, headers={"Origin": origin} if origin else {})

    assert page.status_code == 403
    assert "Send it again" not in page.content.decode()


def test_what_was_typed_outlives_the_session(client, edit):
    page = client.post(edit, {"text": "Ring the GP", "code": "123456"})

    assert page.status_code == 403
    assert "You are signed out" in page.content.decode()
    assert "<bdi>Ring the GP</bdi>" in page.content.decode()
    assert "<bdi>123456</bdi>" not in page.content.decode()
    client.force_login(make_user())
    assert client.post(edit, {"text": "Ring the GP"}).status_code == 302


def test_nothing_typed_leads_to_the_sign_in(client, edit):
    assert client.post(edit).status_code == 302


def test_database_that_is_away_is_said_in_words_with_what_was_typed(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection unexpectedly")

    client.raise_request_exception = False
    monkeypatch.setattr(Initiative.objects, "published", away)

    page = client.get("/")
    assert (page.status_code, page["Retry-After"]) == (503, "120")
    assert "not available just now" in page.content.decode()
    monkeypatch.setattr("initiatives.views.submitting.SubmissionForm.is_valid", away)
    page = client.post("/initiatives/submit/", {"title": "A new way", "csrfmiddlewaretoken": "kept"})
    assert page.status_code == 503
    assert "<bdi>A new way</bdi>" in page.content.decode()
    assert 'action="/initiatives/submit/"' in page.content.decode()
    assert 'value="kept"' in page.content.decode()


def test_large_bodies_are_refused_in_words(client):
    file = client.post("/initiatives/submit/", {"file": SimpleUploadedFile("large.csv", b"x" * 10_000_000)})
    text = client.post("/initiatives/submit/", {"summary": "x" * 3_000_000})
    program = client.post("/api/v1/forums/", BytesIO(b"x" * 10_000_000).read(), content_type="application/json")

    assert [file.status_code, text.status_code, program.status_code] == [413, 413, 413]
    assert "That is too large" in file.content.decode()
    assert "That is too large" in text.content.decode()
    assert program.json() == {"detail": "This is too large."}


def test_spoofed_hosts_are_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    page = client.get("/accounts/login/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert page.status_code == 200
    assert "evil.example" not in page.content.decode()


def test_pages_are_compressed_and_private_ones_are_kept_by_nobody(client):
    public = client.get("/", headers={"Accept-Encoding": "gzip"})
    client.force_login(make_user())
    private = client.get("/staff/", headers={"Accept-Encoding": "gzip"})

    assert (public["Content-Encoding"], private["Content-Encoding"]) == ("gzip", "gzip")
    assert "ETag" in public
    assert "no-store" in private["Cache-Control"]
