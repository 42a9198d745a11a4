"""Whatever is uploaded gets a sentence that says what to do, or a right preview, and writes nothing."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives.models import ImportFile, Initiative
from tests.broken_files import REFUSED, TAKEN
from tests.factories import make_area, make_initiative, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(client):
    client.force_login(make_user())
    return make_initiative(slug="falls-car", title="Falls car", areas=[make_area("NEL")])


def upload(client, content):
    response = client.post(
        "/staff/initiatives/import/", {"file": SimpleUploadedFile("catalogue.csv", content)}, follow=True
    )
    return response.status_code, unescape(response.content.decode())


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(client, content, sentence):
    status, page = upload(client, content)

    assert status == 422
    assert sentence in page
    assert not ImportFile.objects.exists()


@pytest.mark.parametrize(("content", "told"), TAKEN.values(), ids=TAKEN)
def test_what_can_be_read_is_shown_as_it_is_and_nothing_is_saved(client, catalogue, content, told):
    status, page = upload(client, content)

    assert status in (200, 422)
    assert told in page
    assert (Initiative.objects.get(), Initiative.objects.get().title) == (catalogue, "Falls car")


def test_an_empty_file_is_told_so(client):
    assert "This file is empty." in upload(client, b"")[1]
