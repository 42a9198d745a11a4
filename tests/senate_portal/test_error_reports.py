"""What a Sentry is sent when something fails: enough to find the fault, and nobody's details."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

TOKEN = "3q2-secret-token-of-somebody"
SECRETS = [TOKEN, "@example.org", "Ada", "secret words", "of a cookie", "192.0.2.7"]
# The database is away, and a task and a line of the log fail with somebody's details in them.
TROUBLE = """
import logging
import django
django.setup()
from django.db import IntegrityError
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from commitments import tasks

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
portal, answers = get_wsgi_application(), []
somebody = {"HTTP_COOKIE": "session=of a cookie", "HTTP_USER_AGENT": "Ada's own", "REMOTE_ADDR": "192.0.2.7"}
asked = RequestFactory().post("/answer/%(token)s/?email=ada@example.org", {"remark": "My secret words"}, **somebody)
portal(asked.environ, lambda status, headers, error=None: answers.append(status))
assert answers == ["503 Service Unavailable"]
tasks.send_receipt.apply([7])
try:
    raise IntegrityError("Twice\\nDETAIL:  Key (name)=(Ada Example) exists.")
except IntegrityError:
    logging.getLogger("commitments").exception("Not written to %%s", "ada@example.org")
"""


@pytest.fixture
def sentry():
    """A server that keeps what it is sent, under `told`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpacked = gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body
            self.server.told.append(unpacked.decode())
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.told = []
        threading.Thread(target=server.serve_forever).start()
        yield server
        server.shutdown()


def python(code, **environment):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_reports_hold_the_fault_and_nobodys_details(sentry):
    done = python(
        TROUBLE % {"token": TOKEN},
        ALLOWED_HOSTS="testserver",
        SENTRY_DSN=f"http://key@127.0.0.1:{sentry.server_port}/1",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
    )

    assert done.returncode == 0, done.stderr
    events = [json.loads(envelope.splitlines()[2]) for envelope in sentry.told]
    raised = [event["exception"]["values"][-1]["type"] for event in events]
    assert raised == ["OperationalError", "OperationalError", "IntegrityError"]
    assert events[0]["request"] == {"method": "POST", "url": "http://testserver/answer/[hidden]/"}
    assert events[0]["exception"]["values"][-1]["stacktrace"]["frames"]
    assert events[2]["logentry"]["message"] == "Not written to %s"
    assert [secret for secret in SECRETS for envelope in sentry.told if secret in envelope] == []


@pytest.mark.parametrize("dsn", ["yes", "https://sentry.example.org/1", "https://key@sentry.example.org/project"])
def test_odd_address_stops_the_start_with_a_sentence(dsn):
    done = python("import django; django.setup()", SENTRY_DSN=dsn)

    assert done.returncode == 3
    assert done.stderr == (
        "SENTRY_DSN is no address of a Sentry project. Set it to one such as https://key@sentry.example.org/1\n"
    )
