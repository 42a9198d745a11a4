import pytest

from senate_portal.accounts.models import User

pytestmark = pytest.mark.django_db


def test_public_page_is_not_sent_twice(client):
    first = client.get("/about/")

    second = client.get("/about/", headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304
    assert second.content == b""


def test_page_of_a_signed_in_person_is_kept_nowhere(client):
    client.force_login(User.objects.create_user("jo@example.org", name="Jo Example", role=User.Role.LEAD))

    response = client.get("/about/")

    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response
