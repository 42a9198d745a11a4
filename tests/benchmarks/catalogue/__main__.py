"""How fast the catalogue is, as ratios to a bare page of the same size under the same server in the same run.

    python -m tests.benchmarks.catalogue [number of initiatives ...]      100 10000 when none is named

It makes a database of its own and removes it afterwards.
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
FILES = {"CSV of everything": "/initiatives.csv", "Excel of everything": "/initiatives.xlsx"}


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


def fetch(client, address):
    client.request("GET", address)
    answer = client.getresponse()
    size = 0
    while part := answer.read(1 << 16):
        size += len(part)
    return answer.status, size


def measure(server, address):
    """What a page and a bare one of its size give, in turns, so that a busy machine slows both alike.

    Each as (requests a second, the 99th percentile in milliseconds).
    """
    _, size = server.get(address)
    asked, taken = (address, f"/bare/{size}/"), ([], [])
    for _ in range(TURNS):
        for place in (0, 1):
            taken[place].extend(ask_for(server, asked[place], SECONDS / TURNS))
    return [(CLIENTS * len(times) / sum(times), sorted(times)[int(len(times) * 0.99)] * 1000) for times in taken]


def ask_for(server, address, seconds):
    """How long each answer took, of a few clients at once."""
    taken = []
    until = time.monotonic() + seconds

    def ask():
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
        while time.monotonic() < until:
            start = time.perf_counter()
            status, _ = fetch(client, address)
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


def report(total):
    with Server() as server:
        print(f"\n{total:,} initiatives\n{'':22}{'a second':>10}{'p99 ms':>9}{'bare':>9}{'ratio':>8}{'bytes':>10}")
        for name, address in PAGES.items():
            status, size = server.get(address)
            assert status == 200, (address, status)
            (rate, slowest), (bare, _) = measure(server, address)
            print(f"{name:22}{rate:10.1f}{slowest:9.1f}{bare:9.1f}{rate / bare:8.3f}{size:10,}", flush=True)
        for name, address in FILES.items():
            idle = server.memory()
            peak, done = [idle], threading.Event()
            watcher = threading.Thread(target=watch, args=(server, peak, done))
            watcher.start()
            start = time.perf_counter()
            _, size = server.get(address)
            seconds = time.perf_counter() - start
            done.set()
            watcher.join()
            print(f"{name:22}{seconds:8.1f} s, {peak[0] - idle:.0f} MB above {idle:.0f} MB, {size:,} bytes", flush=True)


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
                connection.close()
                report(total)
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)
    finally:
        if server:
            server.ask_to_stop()
            server.wait_until_stopped(seconds=20)
        shutil.rmtree(VAR_DIR, ignore_errors=True)


main([int(total) for total in sys.argv[1:]] or [100, 10_000])
