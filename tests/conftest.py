"""What every test stands on: settings, a PostgreSQL, a Redis and a browser. Nothing here touches another machine.

PostgreSQL is the server that DATABASE_URL names, or a throw-away one. What a test needs and this machine lacks is said
in the closing lines; where CI is set, it is a failure.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

# Django reads its settings when the first plugin asks for them, so they are set before anything else is imported.
VAR_DIR = Path(tempfile.mkdtemp(prefix="senate-tests-")).resolve()
VAR_DIR.chmod(0o711)  # as root, the throw-away PostgreSQL runs as another user and must get through
(VAR_DIR / "static").mkdir()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "senate_portal.settings",
    "VAR_DIR": str(VAR_DIR),
    "SECRET_KEY": "the key of the tests",
    "OBJECTION_KEY": "another key of the tests",
    "LIVE": "yes",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs in the thread that the tests use Django in
}
os.environ.pop("DEMONSTRATION", None)
if (redis_named := os.environ.get("REDIS_URL")) and (process := os.environ.get("PYTEST_XDIST_WORKER")):
    # Each process of a run in parallel fills a database of its own.
    server, first = redis_named.rsplit("/", 1)
    os.environ["REDIS_URL"] = f"{server}/{int(first) + int(process.removeprefix('gw'))}"

import django  # noqa: E402
import pytest  # noqa: E402
import redis  # noqa: E402
from django.test import override_settings  # noqa: E402

from senate_portal.lib.embedded_postgres import EmbeddedPostgres  # noqa: E402

django.setup()

from tests.factories import make_user  # noqa: E402

MISSING = "is missing on this machine:"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Else the processes of a run in parallel would read their settings before this file has set them."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(items):
    """The slow files first, so that processes in parallel end together."""
    items.sort(key=lambda item: item.get_closest_marker("services") is None)


def pytest_unconfigure():
    shutil.rmtree(VAR_DIR, ignore_errors=True)


def pytest_terminal_summary(terminalreporter):
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reason for reason in reasons if MISSING in reason):
        terminalreporter.write_line(reason.replace("Skipped", "NOT TESTED"), red=True, bold=True)


def missing(what, remedy, *, fails_in_ci=True):
    """Skips a test loudly; where CI is set, fails it."""
    reason = f"{what} {MISSING} {remedy}"
    if os.environ.get("CI") and fails_in_ci:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


# PostgreSQL


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Starts the throw-away server, when the environment names none, before pytest-django makes its database there."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = EmbeddedPostgres(VAR_DIR, throw_away=True)
    server.prepare()
    process = server.process(log=VAR_DIR / "postgresql.log")
    process.start()
    server.wait_until_ready()
    yield
    process.ask_to_stop()
    process.wait_until_stopped(seconds=20)
    shutil.rmtree(server.home)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Ends the sessions that killed workers left open: a database in use cannot be dropped."""
    yield
    from django.db import connection

    connection.close()  # this one may be dead: some tests end sessions
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture
def database_url(db, django_db_setup):
    return address_of_database()


def address_of_database():
    """The address of the test database, for the processes that a test starts."""
    from django.db import connection

    found = connection.settings_dict
    if not found["HOST"].startswith("/"):
        password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
        return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"
    options = urlencode({"host": found["HOST"]} | found["OPTIONS"])
    return f"postgres://{found['USER']}@/{found['NAME']}?{options}"


# Static files


@pytest.fixture(scope="session", autouse=True)
def plain_static_files():
    """Pages name static files as they are; tests/senate_portal/test_frontend.py tries the hashed names."""
    plain = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=plain):
        yield


# Kept pages


@pytest.fixture(scope="session", autouse=True)
def no_kept_pages():
    """Tests roll back what they wrote, and pages of it must not outlive them."""
    from django.conf import settings

    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    with override_settings(CACHES=settings.CACHES | {"pages": dummy}):
        yield


# Redis


@pytest.fixture(scope="session")
def redis_url():
    """A Redis that tests may fill: the one named, or one of our own on a free port."""
    if named := os.environ.get("REDIS_URL"):
        yield named
        return
    program = shutil.which("redis-server")
    if not program:
        missing("Redis", "set REDIS_URL, or install redis-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(VAR_DIR)],
        stdout=subprocess.DEVNULL,
    )
    address = f"redis://127.0.0.1:{port}/0"
    deadline = time.monotonic() + 10
    with redis.Redis.from_url(address) as client:
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                assert server.poll() is None, "redis-server ended at once"
                assert time.monotonic() < deadline, "redis-server did not answer within 10 seconds"
                time.sleep(0.05)
    yield address
    server.terminate()
    server.wait(10)


# Browser


@pytest.fixture(scope="session")
def chromium():
    """The path of this machine's Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if not path:
        missing("Chromium", "install the package chromium")
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium):
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": chromium, "args": quiet + as_root}


@pytest.fixture
def context(context):
    """A browser window that fails the test when a page asks for anything off this machine."""
    strangers = []

    def check(route):
        if urlsplit(route.request.url).hostname in {"localhost", "127.0.0.1", "::1", None}:
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("**/*", check)
    yield context
    assert strangers == []


# People


@pytest.fixture
def staff(client):
    """Somebody of the Senate's staff, signed in with a second factor."""
    user = make_user(name="Sam Staff")
    client.force_login(user)
    return user


# Addresses


@pytest.fixture
def addresses(db):
    """Every route's address by its name, where all that an address names is there and published."""
    from tests import permissions

    return permissions.addresses()


# The published record


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The published record, loaded once for the tests of a module, all marked django_db, and rolled back after them."""
    from django.core.management import call_command
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def source_text():
    """Gives the text of a source document by its number. The documents stand beside the repository, not in it."""
    from django.conf import settings

    def read(number):
        folder = settings.BASE_DIR.parent / "shared" / "sources"
        paths = list(folder.glob(f"{number}*.txt"))
        if not paths:
            # No machine can install these, so a clone elsewhere does without and says so.
            missing("A source document", f"put the texts into {folder}", fails_in_ci=False)
        return paths[0].read_text()

    return read


@pytest.fixture(scope="session")
def report(source_text):
    """The report of the forum of 26 January 2017."""
    return source_text("000")
