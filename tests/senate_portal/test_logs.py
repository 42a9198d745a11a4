import logging

from senate_portal.lib.logs import SafeFormatter


def written(message, *args, exc_info=None):
    return SafeFormatter().format(logging.LogRecord("x", logging.WARNING, "", 0, message, args, exc_info))


def test_answer_links_are_hidden():
    assert written("Not Found: %s", "/answer/3q2-secret_token/stop/") == "Not Found: /answer/[hidden]/stop/"
    assert written("Not Found: %s", "/confirm/3q2-secret_token/") == "Not Found: /confirm/[hidden]/"


def test_addresses_are_hidden():
    assert written("refused for <%s>", "jo.example@example.org") == "refused for <[address hidden]>"


def test_addresses_are_hidden_in_tracebacks():
    error = ValueError("jo.example@example.org")

    assert "ValueError: [address hidden]" in written("failed", exc_info=(ValueError, error, None))


def test_other_lines_stay_as_they_are():
    assert written("Message %s accepted in %.2f s", 7, 0.25) == "Message 7 accepted in 0.25 s"
