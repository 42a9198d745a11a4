"""Programs run as children: each has a log, ends when its parent ends, and leaves none of its own children behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
TICK = 0.2  # seconds between two looks at the children
STEADY_AFTER = 60.0  # seconds after which an earlier fall no longer counts
FIRST_PAUSE = 1.0  # seconds; each further one is twice as long
MOST_FALLS = 5
STOP_LIMIT = 20.0  # seconds
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ChildError(Exception):
    """Why a program does not stay up, in words for the person who started it."""


@dataclass
class Child:
    name: str
    command: list[str]
    log: Path
    folder: Path
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    user: tuple[int, int] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    pass_fds: tuple[int, ...] = ()
    before_start: Callable[[], None] = lambda: None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0

    def start(self) -> None:
        self.before_start()
        uid, gid = self.user or (None, None)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=uid,
                group=gid,
                extra_groups=[] if self.user else None,
                pass_fds=self.pass_fds,
                start_new_session=True,
                preexec_fn=self._end_with_parent,  # the supervisor has one thread, so this is safe
            )
        self.started_at = time.monotonic()

    def _end_with_parent(self) -> None:
        """Has the kernel send the stop signal when the parent is gone, even by kill -9 (Linux only)."""
        if _libc:
            _libc.prctl(PR_SET_PDEATHSIG, int(self.stop_signal))

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def exit_status(self) -> int | None:
        return self.process.returncode if self.process else None

    def ask_to_stop(self) -> None:
        if self.process and self.running:
            self.process.send_signal(self.stop_signal)

    def wait_until_stopped(self, *, seconds: float) -> None:
        """Waits for the end; past `seconds` it kills. What the child left of its own children is killed too."""
        if not self.process:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.sweep()

    def sweep(self) -> None:
        """Ends what a dead child left behind in its process group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.process:
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self, lines: int = 5) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def keep_running(children: list[Child], *, until: Callable[[], bool], say: Callable[[str], None]) -> None:
    """Watches until told to stop. What ends is started again, each time after a longer pause; one that never stays up
    ends the watch with a ChildError."""
    falls = dict.fromkeys((child.name for child in children), 0)
    due: dict[str, float] = {}
    while not until():
        now = time.monotonic()
        for child in children:
            if child.running:
                continue
            if child.name not in due:
                falls[child.name] = 1 if now - child.started_at > STEADY_AFTER else falls[child.name] + 1
                if falls[child.name] > MOST_FALLS:
                    raise ChildError(f"{child.name} ended {MOST_FALLS} times in a row. It says:\n{child.last_words()}")
                pause = FIRST_PAUSE * 2 ** (falls[child.name] - 1)
                ended = f"{child.name} ended with status {child.exit_status}"
                say(f"{ended}. It starts again in {pause:.0f} s ({child.log}).")
                child.sweep()
                due[child.name] = now + pause
            elif due[child.name] <= now:
                del due[child.name]
                child.start()
        time.sleep(TICK)


def stop_all(children: list[Child], *, say: Callable[[str], None]) -> None:
    """Ends the last started first; the first one, which the others use, once they are gone."""
    if not children:
        return
    say("Stopping ...")
    for child in reversed(children[1:]):
        child.ask_to_stop()
    for child in reversed(children[1:]):
        child.wait_until_stopped(seconds=STOP_LIMIT)
    children[0].ask_to_stop()
    children[0].wait_until_stopped(seconds=STOP_LIMIT)
