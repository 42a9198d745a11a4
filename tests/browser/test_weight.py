"""What pages weigh on the wire, served as a real site serves them, and whether they move while they load."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from tests.conftest import address_of_database
from tests.processes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FIRST_VISIT, LATER_VISIT = 150_000, 30_000  # bytes
PAGES = ["/", "/initiatives/", "/initiatives/falls-specialist-response-car/", "/areas/NEL/"]
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})"""


@pytest.fixture(scope="module")
def real_site(demonstration, tmp_path_factory):
    """gunicorn with collected, compressed files, on the database of the tests."""
    environment = os.environ | {
        "DATABASE_URL": address_of_database(),
        "DEMONSTRATION": "yes",
        "VAR_DIR": str(tmp_path_factory.mktemp("served")),
    }
    python = [sys.executable, "-W", "ignore"]
    at = {"cwd": settings.BASE_DIR, "env": environment}
    subprocess.run([*python, "manage.py", "collectstatic", "--noinput", "-v0"], check=True, **at)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*python, "-m", "gunicorn", "senate_portal.wsgi", "--threads", "4", "--bind", f"127.0.0.1:{port}"], **at
    )

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_for(answers, seconds=60)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait(30)


class Scales:
    """Weighs what a tab takes from the wire: headers and compressed bodies, nothing for what the browser has kept."""

    def __init__(self, page):
        self.weight = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self.add)

    def add(self, event):
        self.weight += event["encodedDataLength"]

    def take(self):
        weight, self.weight = self.weight, 0
        return weight


def test_pages_are_light_and_stand_still(real_site, browser, capsys):
    told, found = [], []
    for address in PAGES:
        context = browser.new_context(viewport={"width": 375, "height": 812})
        page = context.new_page()
        scales = Scales(page)
        page.goto(real_site + address, wait_until="networkidle")
        first, shift = scales.take(), page.evaluate(SHIFTS)
        page.goto(real_site + ("/areas/" if address == "/" else "/"), wait_until="networkidle")
        scales.take()
        page.goto(real_site + address, wait_until="networkidle")
        later = scales.take()
        told.append(f"{address}: {first:,} bytes at first, {later:,} later, moved by {shift:.3f}")
        if first > FIRST_VISIT or later > LATER_VISIT or shift > 0.01:
            found.append(told[-1])
        context.close()
    with capsys.disabled():
        print("", *told, sep="\n")  # noqa: T201

    assert found == []
