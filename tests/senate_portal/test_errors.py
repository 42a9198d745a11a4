import pytest

from senate_portal.refusals import server_error

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/?page=%00", "/initiatives/?search=a%00b", "/areas/%00/", "/forums/%00/"])
def test_nul_in_an_address_is_refused_in_words(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()


def test_programs_are_refused_in_their_own_language(client):
    refused = client.get("/api/v1/forums/?page=%00")
    missing = client.get("/api/v2/")

    assert (refused.status_code, refused.json()) == (
        400,
        {"detail": "We cannot read this address or what came with it."},
    )
    assert (missing.status_code, missing.json()) == (404, {"detail": "There is nothing at this address."})


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
