import io
import json
import logging

import pytest

from senate_portal.lib.logs import JsonFormatter, SafeFormatter


def written(message, *args, exc_info=None):
    return SafeFormatter().format(logging.LogRecord("x", logging.WARNING, "", 0, message, args, exc_info))


def test_answer_links_are_hidden():
    assert written("Not Found: %s", "/answer/3q2-secret_token/stop/") == "Not Found: /answer/[hidden]/stop/"
    assert written("Not Found: %s", "/confirm/3q2-secret_token/") == "Not Found: /confirm/[hidden]/"
    assert written("Not Found: %s", "/saved-searches/stop/3q2:token/") == "Not Found: /saved-searches/stop/[hidden]/"


def test_addresses_are_hidden():
    assert written("refused for <%s>", "jo.example@example.org") == "refused for <[address hidden]>"


def test_addresses_are_hidden_in_tracebacks():
    error = ValueError("jo.example@example.org")

    assert "ValueError: [address hidden]" in written("failed", exc_info=(ValueError, error, None))


def test_rows_that_the_database_quotes_are_hidden():
    quoted = "duplicate key\nDETAIL:  Failing row contains (7, Jo Example,\n\nwords)."

    assert written("failed: %s", quoted) == "failed: duplicate key\nDETAIL: [hidden]"
    chained = f"{quoted}\n\nThe above exception was the direct cause"
    assert written(chained) == "duplicate key\nDETAIL: [hidden]\n\nThe above exception was the direct cause"


def test_other_lines_stay_as_they_are():
    assert written("Message %s accepted in %.2f s", 7, 0.25) == "Message 7 accepted in 0.25 s"


@pytest.fixture
def lines():
    """What the portal logs as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_lines_of_a_request_carry_its_id(client, lines):
    response = client.get("/answer/3q2-secret_token/nowhere/else")

    (line,) = lines()
    assert line["request"] == response["X-Request-ID"]
    assert (line["level"], line["message"]) == ("WARNING", "Not Found: /answer/[hidden]/nowhere/else")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [(0, "a-request-of-the-proxy", False), (1, "a-request-of-the-proxy", True), (1, "<script>", False)],
)
def test_only_a_trusted_proxy_names_a_request(client, settings, proxies, given, kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert (client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"] == given) is kept
