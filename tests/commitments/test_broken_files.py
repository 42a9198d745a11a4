"""Lists of attendees and of commitments, of every kind in which people upload them."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Attendee, AttendeeImport, Commitment
from tests.broken_files import REFUSED, TAKEN
from tests.factories import make_forum, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forum(client):
    client.force_login(make_user())
    return make_forum(slug="spring")


def upload(client, content, what="import"):
    file = SimpleUploadedFile("list.csv", content)
    response = client.post(f"/staff/forums/spring/{what}/", {"file": file}, follow=True)
    return response.status_code, unescape(response.content.decode())


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(client, content, sentence):
    status, page = upload(client, content)

    assert status == 422
    assert sentence in page
    assert not AttendeeImport.objects.exists()


@pytest.mark.parametrize("what", ["import", "import-commitments"])
@pytest.mark.parametrize("content", [content for content, _ in TAKEN.values()], ids=TAKEN)
def test_what_can_be_read_is_shown_and_nobody_is_added(client, what, content):
    status, page = upload(client, content, what)

    assert status == 200
    assert "Its columns" in page
    assert not Attendee.objects.exists()
    assert not Commitment.objects.exists()
