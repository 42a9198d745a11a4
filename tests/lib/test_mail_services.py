"""Mail services with an API, played by a server on loopback that the real clients talk to."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.mail import EmailMessage, get_connection, send_mail

from senate_portal.lib import mail_delivery

NOTIFY_KEY = "portal-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"


@contextmanager
def service(status, body):
    """Answers every request so, and keeps what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(
                (self.path, dict(self.headers), json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            )
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()


def email():
    return EmailMessage(
        "Hello",
        "Ring the falls team",
        "senate@example.org",
        ["person@example.org"],
        headers={
            "Message-ID": "<1@example.org>",
            "List-Unsubscribe": "<https://portal.example.org/answer/x/stop/>, <mailto:senate@example.org>",
        },
    )


@pytest.fixture(params=["postmark", "notify"])
def route(request, settings):
    """Settings for a service at an address."""

    def use(address):
        if request.param == "postmark":
            settings.EMAIL_BACKEND = "senate_portal.lib.mail_services.EmailBackend"
            settings.MAIL_SERVICE = "anymail.backends.postmark.EmailBackend"
            settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "key", "POSTMARK_API_URL": address}
        else:
            settings.EMAIL_BACKEND = "senate_portal.lib.notify.EmailBackend"
            settings.NOTIFY = {"api_key": NOTIFY_KEY, "template_id": "t1", "base_url": address}

    use.name = request.param
    return use


TAKEN = {
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "service-1", "To": "person@example.org"},
    "notify": {"id": "service-1"},
}


def test_service_takes_an_email(route):
    with service(200, TAKEN[route.name]) as (address, asked):
        route(address)
        message = email()
        assert get_connection().deliver(message, lambda: True) is True
    ((_, headers, body),) = asked
    if route.name == "postmark":
        assert headers["X-Postmark-Server-Token"] == "key"
        assert body["TextBody"] == "Ring the falls team"
        assert message.anymail_status.message_id == "service-1"
    else:
        assert headers["Authorization"].startswith("Bearer ")
        assert body == {
            "email_address": "person@example.org",
            "template_id": "t1",
            "personalisation": {"subject": "Hello", "body": "Ring the falls team"},
            "reference": "<1@example.org>",
            "one_click_unsubscribe_url": "https://portal.example.org/answer/x/stop/",
        }


def test_code_for_signing_in_goes_the_same_way(route):
    with service(200, TAKEN[route.name]) as (address, asked):
        route(address)
        assert send_mail("Your code", "ABCD", None, ["lead@example.org"]) == 1
    assert "lead@example.org" in json.dumps(asked[0][2])


def test_nothing_leaves_when_it_is_taken_back(route):
    with service(200, TAKEN[route.name]) as (address, asked):
        route(address)
        assert get_connection().deliver(email(), lambda: False) is False
    assert asked == []


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, mail_delivery.ContentRefusedError),
        (403, mail_delivery.SenderRefusedError),
        (429, mail_delivery.TryLaterError),
        (503, mail_delivery.TryLaterError),
        (500, mail_delivery.OutcomeUnknownError),
    ],
)
def test_refusal_is_told_apart(route, status, error):
    with service(status, {"message": "No", "ErrorCode": 1, "Message": "No"}) as (address, _):
        route(address)
        with pytest.raises(error) as raised:
            get_connection().deliver(email(), lambda: True)
    assert type(raised.value) is error


def test_service_that_is_away_was_told_nothing(route):
    with service(200, {}) as (address, _):
        pass
    route(address)
    with pytest.raises(mail_delivery.NoConnectionError):
        get_connection().deliver(email(), lambda: True)


def test_address_that_a_service_refuses_is_no_fault_of_ours(settings):
    refusal = {"ErrorCode": 406, "Message": "Found inactive addresses: person@example.org. Inactive recipients are"}
    with service(422, refusal) as (address, _):
        settings.EMAIL_BACKEND = "senate_portal.lib.mail_services.EmailBackend"
        settings.MAIL_SERVICE = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "key", "POSTMARK_API_URL": address}
        with pytest.raises(mail_delivery.AddressRefusedError):
            get_connection().deliver(email(), lambda: True)
