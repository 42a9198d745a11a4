"""Links are tried against a real server on loopback, which only a test may reach."""

import ipaddress
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone

from initiatives import link_checks, versions
from initiatives.models import Link
from senate_portal.lib import web_links
from tests.factories import make_initiative, make_reading

AGENT = "Portal link check (+http://localhost)"


class Site(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status = {"/gone": 404, "/no-head": 405, "/drip": 405, "/broken": 500}.get(self.path, 200)
        if self.command == "GET" and self.path in {"/no-head", "/drip"}:
            status = 200
        if self.path in {"/moved", "/loop", "/inside"}:
            self.send_response(302)
            target = {"/moved": "/fine", "/loop": "/loop", "/inside": "http://169.254.169.254/latest/"}[self.path]
            self.send_header("Location", target)
        else:
            self.send_response(status)
        self.end_headers()
        if self.command == "GET" and self.path == "/drip":
            with suppress(OSError):  # until the other side hangs up
                while True:
                    self.wfile.write(b".")
                    time.sleep(0.01)

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@contextmanager
def serving(certificate=None):
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.asked = []
        server.address = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None  # a client that hangs up is what these tests are about
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def site():
    with serving() as server:
        yield server


def certificate(folder, *, name="127.0.0.1", days=1):
    """Signed by itself, for an address of this machine, with its key in the same file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Invented")])
    made = x509.CertificateBuilder(
        subject, subject, key.public_key(), x509.random_serial_number(), now - timedelta(days=9), now + timedelta(days)
    ).add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False)
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    )
    return file


def loopback(address):
    return address == ipaddress.ip_address("127.0.0.1")


@pytest.mark.parametrize(
    ("path", "result", "methods"),
    [
        ("/fine", "works", ["HEAD"]),
        ("/gone", "gone", ["HEAD", "GET"]),
        ("/no-head", "works", ["HEAD", "GET"]),
        ("/broken", "failed", ["HEAD", "GET"]),
        ("/moved", "works", ["HEAD", "HEAD"]),
        ("/loop", "failed", ["HEAD"] * 6 + ["GET"] * 6),
        ("/inside", "refused", ["HEAD"]),
    ],
)
def test_a_link_is_asked_for_its_head_and_then_for_its_page(site, path, result, methods):
    assert web_links.check(site.address + path, agent=AGENT, may_reach=loopback) == result
    assert [method for method, *_ in site.asked] == methods
    assert {agent for *_, agent in site.asked} == {AGENT}


def test_without_the_allowance_of_a_test_loopback_is_never_asked(site):
    assert web_links.check(site.address, agent=AGENT) == "refused"
    assert web_links.check(site.address.replace("127.0.0.1", "localhost"), agent=AGENT) == "refused"
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
    ],
)
def test_private_machines_are_not_public(address):
    assert not web_links.is_public(ipaddress.ip_address(address))


def test_public_machines_are_public():
    assert web_links.is_public(ipaddress.ip_address("8.8.8.8"))
    assert web_links.is_public(ipaddress.ip_address("2001:4860:4860::8888"))


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://127.0.0.1:1/"])
def test_what_cannot_be_asked_has_failed(address):
    assert web_links.check(address, agent=AGENT, may_reach=loopback) == "failed"


@pytest.mark.parametrize(
    ("made_for", "is_trusted", "result", "asked"),
    [
        ({}, True, "works", 1),
        ({}, False, "failed", 0),
        ({"name": "127.0.0.2"}, True, "failed", 0),
        ({"days": -1}, True, "failed", 0),
    ],
    ids=["good", "not trusted", "of another machine", "run out"],
)
def test_a_certificate_must_be_good(tmp_path, monkeypatch, made_for, is_trusted, result, asked):
    file = certificate(tmp_path, **made_for)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with serving(file) as server:
        assert web_links.check(server.address + "/fine", agent=AGENT, may_reach=loopback) == result
        assert len(server.asked) == asked


@pytest.mark.parametrize("with_tls", [False, True])
def test_an_answer_that_drips_without_end_is_cut_off(tmp_path, monkeypatch, with_tls):
    file = certificate(tmp_path) if with_tls else None
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setattr(web_links, "WHOLE_TIME", 0.5)
    with serving(file) as server:
        assert web_links.check(server.address + "/drip", agent=AGENT, may_reach=loopback) in {"works", "failed"}
        assert [method for method, *_ in server.asked] == ["HEAD", "GET"]


@pytest.mark.django_db
def test_links_are_tried_once_a_week_and_nothing_is_deleted(site):
    entry = make_initiative()
    fine = make_reading(entry, address=f"{site.address}/fine")
    gone = make_reading(entry, address=f"{site.address}/gone")
    make_reading(entry, address="")
    make_reading(make_initiative(publication="archived"), address=f"{site.address}/fine")
    seen = versions.latest(entry)

    assert link_checks.check_due(pause=0, may_reach=loopback) == 2
    assert link_checks.check_due(pause=0, may_reach=loopback) == 0

    assert [link.check_result for link in Link.objects.filter(pk__in=[fine.pk, gone.pk])] == ["works", "gone"]
    assert versions.latest(entry) == seen
    Link.objects.exclude(last_checked_at=None).update(last_checked_at=timezone.now() - timedelta(days=7))
    assert link_checks.check_due(pause=0, may_reach=loopback) == 2


@pytest.mark.django_db
def test_a_demonstration_asks_nobody(site, settings):
    settings.DEMONSTRATION = True
    link = make_reading(make_initiative(), address=f"{site.address}/fine")

    assert link_checks.check_due(pause=0, may_reach=loopback) == 0

    link.refresh_from_db()
    assert (link.last_checked_at, link.check_result, site.asked) == (None, "", [])
