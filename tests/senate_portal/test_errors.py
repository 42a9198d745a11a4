import pytest

from senate_portal.views import server_error

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/?page=%00", "/initiatives/?search=a%00b", "/initiatives/a%00b/"])
def test_nul_in_an_address_is_refused_in_words(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()


def test_thousands_of_parameters_are_refused_in_words(client):
    response = client.post("/accounts/login/", {f"field{number}": "x" for number in range(1001)})

    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()


def test_unknown_page_helps_on(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert 'href="/initiatives/"' in response.content.decode()


def test_form_without_its_token_is_refused_in_words(client):
    strict = type(client)(enforce_csrf_checks=True)

    response = strict.post("/accounts/login/", {"login": "jo@example.org"})

    assert response.status_code == 403
    assert "Please send that form again" in response.content.decode()


def test_error_page_needs_no_database(client, django_db_blocker):
    with django_db_blocker.block():
        response = server_error(None)

    assert response.status_code == 500
    assert "The fault is ours" in response.content.decode()
