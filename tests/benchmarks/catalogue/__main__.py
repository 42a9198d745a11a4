"""How fast the catalogue is, as ratios to a bare page of the same size under the same server in the same run.

    python -m tests.benchmarks.catalogue [number of initiatives ...]      100 10000 100000 when none is named

Pages are made anew for each request, since they are asked for with a cookie; the last ones come from the memory of kept
pages. It makes a database of its own and removes it afterwards.
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

VAR_DIR = Path(tempfile.mkdtemp(prefix="senate-bench-")).resolve()
VAR_DIR.chmod(0o711)  # as root, the throw-away PostgreSQL runs as another user and must get through
(VAR_DIR / "static").mkdir()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "senate_portal.settings",
    "VAR_DIR": str(VAR_DIR),
    "SECRET_KEY": "the key of the bench",
    "OBJECTION_KEY": "another key of the bench",
}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from senate_portal.lib.embedded_postgres import EmbeddedPostgres  # noqa: E402
from tests.benchmarks.catalogue import synthetic  # noqa: E402

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
CLIENTS = 2
TURNS = 8

PAGES = {
    "first list page": "/initiatives/",
    "area and theme": "/initiatives/?area=NEL&theme=mental-health",
    "rare word": f"/initiatives/?search={synthetic.RARE}",
    "common word": f"/initiatives/?search={synthetic.COMMON}",
    "entry page": "/initiatives/synthetic-7/",
    "matrix": "/initiatives/matrix/",
    "JSON list": "/initiatives.json?area=SWL&theme=medicines&stage=paused",
}
KEPT = {"list page, kept": "/initiatives/", "entry page, kept": "/initiatives/synthetic-7/"}
FILES = {
    "CSV of everything": "/initiatives.csv",
    "JSON of everything": "/initiatives.json",
    "Excel of everything": "/initiatives.xlsx",
}
POINTS = 100_000
POINT_FILES = {
    f"CSV of {POINTS:,} points": f"/forums/{synthetic.FORUM}/feedback.csv",
    f"Excel of {POINTS:,} points": f"/forums/{synthetic.FORUM}/feedback.xlsx",
}
A_COOKIE = {"Cookie": "somebody=1"}


def database_address():
    found = connection.settings_dict
    if not found["HOST"].startswith("/"):
        password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
        return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"
    return f"postgres://{found['USER']}@/{found['HOST']}/{found['NAME']}?" + "&".join(
        f"{name}={value}" for name, value in found["OPTIONS"].items()
    )


class Server:
    """One gunicorn worker on a free port, with the database of the bench."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "tests.benchmarks.catalogue.wsgi",
                    "--bind",
                    f"127.0.0.1:{self.port}",
                ),
                *("--threads", "4", "--timeout", "600", "--log-level", "warning", "--no-control-socket"),
            ],
            env=os.environ | {"DATABASE_URL": database_address(), "ALLOWED_HOSTS": "127.0.0.1"},
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                self.get("/bare/10/")
                return self
            except OSError:
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.2)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def get(self, address):
        """Status and number of bytes; the body is read as it comes and not kept."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        return fetch(client, address)

    def worker(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def memory(self):
        """Megabytes that the worker holds."""
        status = Path(f"/proc/{self.worker()}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def fetch(client, address, headers=A_COOKIE):
    client.request("GET", address, headers=headers)
    answer = client.getresponse()
    size = 0
    while part := answer.read(1 << 16):
        size += len(part)
    return answer.status, size


def measure(server, address, headers):
    """What a page and a bare one of its size give, in turns, so that a busy machine slows both alike.

    Each as (requests a second, the 99th percentile in milliseconds).
    """
    _, size = server.get(address)
    asked, taken = (address, f"/bare/{size}/"), ([], [])
    for _ in range(TURNS):
        for place in (0, 1):
            taken[place].extend(ask_for(server, asked[place], SECONDS / TURNS, headers))
    return [(CLIENTS * len(times) / sum(times), sorted(times)[int(len(times) * 0.99)] * 1000) for times in taken]


def ask_for(server, address, seconds, headers):
    """How long each answer took, of a few clients at once."""
    taken = []
    until = time.monotonic() + seconds

    def ask():
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
        while time.monotonic() < until:
            start = time.perf_counter()
            status, _ = fetch(client, address, headers)
            assert status == 200, (address, status)
            taken.append(time.perf_counter() - start)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def watch(server, peak, done):
    while not done.wait(0.05):
        peak[0] = max(peak[0], server.memory())


def queries(address):
    """How often a page asks the database."""
    client = Client(SERVER_NAME="127.0.0.1", headers=A_COOKIE)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        b"".join(response)  # a file asks as it is read
    return len(asked)


def report(total):
    print(f"\n{total:,} initiatives")
    print(f"{'':26}{'a second':>10}{'p99 ms':>9}{'bare':>9}{'ratio':>8}{'bytes':>10}{'queries':>9}")
    asked = {name: queries(address) for name, address in PAGES.items()}
    connection.close()
    with Server() as server:
        for pages, headers in [(PAGES, A_COOKIE), (KEPT, {})]:
            for name, address in pages.items():
                status, size = server.get(address)
                assert status == 200, (address, status)
                (rate, slowest), (bare, _) = measure(server, address, headers)
                print(
                    f"{name:26}{rate:10.1f}{slowest:9.1f}{bare:9.1f}{rate / bare:8.3f}{size:10,}{asked.get(name, 1):9}",
                    flush=True,
                )
        take_away(server, FILES)


def take_away(server, files):
    """How long a file takes, and what the server holds meanwhile."""
    for name, address in files.items():
        idle = server.memory()
        peak, done = [idle], threading.Event()
        watcher = threading.Thread(target=watch, args=(server, peak, done))
        watcher.start()
        start = time.perf_counter()
        status, size = server.get(address)
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
        assert status == 200, (address, status)
        print(f"{name:26}{seconds:8.1f} s, {peak[0] - idle:.0f} MB above {idle:.0f} MB, {size:,} bytes", flush=True)


def main(totals):
    server = None
    if not os.environ.get("DATABASE_URL"):
        embedded = EmbeddedPostgres(VAR_DIR, throw_away=True)
        embedded.prepare()
        server = embedded.process(log=VAR_DIR / "postgresql.log")
        server.start()
        embedded.wait_until_ready()
    try:
        usual = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            call_command("collectstatic", interactive=False, verbosity=0)
            call_command("loaddata", "reference.yaml", "000-1-sources.yaml", verbosity=0)
            for total in totals:
                start = time.monotonic()
                synthetic.make(total)
                print(f"made {total:,} in {time.monotonic() - start:.0f} s")
                report(total)
            synthetic.make_points(POINTS)
            connection.close()
            with Server() as portal:
                take_away(portal, POINT_FILES)
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)
    finally:
        if server:
            server.ask_to_stop()
            server.wait_until_stopped(seconds=20)
        shutil.rmtree(VAR_DIR, ignore_errors=True)


main([int(total) for total in sys.argv[1:]] or [100, 10_000, 100_000])
