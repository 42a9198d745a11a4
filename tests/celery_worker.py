"""A real Celery worker in a process group of its own, which a test may kill at any instant."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from celery import Celery

from senate_portal.lib import local_services

BASE_DIR = Path(__file__).resolve().parent.parent
START_LIMIT = 60  # seconds
NAME = "worker of the tests"  # of its sessions, as PostgreSQL lists them
CELERY_AT_ANOTHER_TIME = """
import time, time_machine
from celery.__main__ import main
time_machine.travel(time.time() + {seconds}).start()
main()
"""


class Worker:
    """Ring its bell with `ring`; without a `redis_url` it listens on the file-system broker under its folder.

    Its clock may be off by so much.
    """

    def __init__(self, folder, *, database_url, mail_port, redis_url="", clock=None):
        self.folder = folder
        (folder / "broker").mkdir(exist_ok=True)
        self.log = folder / "worker.log"
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "MESSAGES_PER_MINUTE": "6000",
            "PGAPPNAME": NAME,
            "REDIS_URL": redis_url,
            "SEND_WINDOW": "always",
            "VAR_DIR": str(folder),
        }
        self.bell = Celery("bell", broker=redis_url or "filesystem://", set_as_current=False)
        if not redis_url:
            self.bell.conf.broker_transport_options = local_services.broker_options(folder)
        self.program = (
            ["-c", CELERY_AT_ANOTHER_TIME.format(seconds=clock.total_seconds())] if clock else ["-m", "celery"]
        )
        self.process = None

    def start(self, concurrency=1):
        command = [sys.executable, *self.program, "-A", "senate_portal", "worker", f"--concurrency={concurrency}"]
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel=INFO"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *quiet],
                cwd=BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until(lambda: " ready." in self.log.read_text(), "the worker to start")
        return self

    def ring(self, task="send_due", *args):
        """Returns the id of the task of `commitments` asked for, usually a sweep."""
        with self.bell.connection_for_write() as connection:
            return self.bell.send_task(f"commitments.tasks.{task}", args, connection=connection).id

    def sweep(self):
        """Rings and waits until the worker has done that sweep."""
        sweep_id = self.ring()
        self.wait_until(lambda: self.has_done(sweep_id), "a sweep to end")

    def has_done(self, sweep_id):
        return f"[{sweep_id}] succeeded" in self.log.read_text()

    def wait_until(self, true, what, every=0.05):
        deadline = time.monotonic() + START_LIMIT
        while not true():
            assert self.process.poll() is None, f"the worker ended: {self.log.read_text()[-2000:]}"
            assert time.monotonic() < deadline, f"waited too long for {what}: {self.log.read_text()[-2000:]}"
            time.sleep(every)

    def kill_sender(self):
        """kill -9, the processes that do its tasks; it starts others instead."""
        for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
            for sender in (thread / "children").read_text().split():
                os.kill(int(sender), signal.SIGKILL)

    def kill(self):
        """kill -9, the worker and all its processes."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
