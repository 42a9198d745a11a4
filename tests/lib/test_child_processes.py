import os
import signal
import subprocess
import sys

import pytest

from senate_portal.lib.child_processes import MOST_FALLS, Child, ChildError, keep_running, stop_all
from tests.processes import alive, wait_for

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def child(tmp_path, command, **options):
    return Child(name="The sleeper", command=command, log=tmp_path / "sleeper.log", folder=tmp_path, **options)


def test_child_writes_its_log_and_stops_when_asked(tmp_path):
    sleeper = child(tmp_path, SLEEPER)
    sleeper.start()
    wait_for(lambda: sleeper.last_words() == "up")
    sleeper.ask_to_stop()
    sleeper.wait_until_stopped(seconds=10)
    assert not sleeper.running
    assert sleeper.exit_status == -signal.SIGTERM


def test_child_that_ignores_the_signal_is_killed(tmp_path):
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    sleeper = child(tmp_path, [sys.executable, "-c", code])
    sleeper.start()
    wait_for(lambda: sleeper.last_words() == "deaf")
    sleeper.ask_to_stop()
    sleeper.wait_until_stopped(seconds=0.5)
    assert sleeper.exit_status == -signal.SIGKILL


def test_grandchildren_end_with_a_killed_child(tmp_path):
    code = "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    sleeper = child(tmp_path, [sys.executable, "-c", code])
    sleeper.start()
    wait_for(lambda: sleeper.last_words())
    grandchild = int(sleeper.last_words())
    os.kill(sleeper.process.pid, signal.SIGKILL)
    sleeper.wait_until_stopped(seconds=10)
    wait_for(lambda: not alive(grandchild))


def test_child_ends_when_its_parent_is_killed(tmp_path):
    code = f"""
import time
from pathlib import Path
from senate_portal.lib.child_processes import Child
sleeper = Child(name="s", command={SLEEPER!r}, log=Path({str(tmp_path / "log")!r}), folder=Path({str(tmp_path)!r}))
sleeper.start()
print(sleeper.process.pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    started = int(parent.stdout.readline())
    parent.stdout.close()
    assert alive(started)
    parent.kill()
    parent.wait()
    wait_for(lambda: not alive(started))


def test_killed_child_is_started_again(tmp_path):
    sleeper = child(tmp_path, SLEEPER)
    sleeper.start()
    first = sleeper.process.pid
    os.kill(first, signal.SIGKILL)
    said = []
    again = lambda: sleeper.process is not None and sleeper.process.pid != first  # noqa: E731
    keep_running([sleeper], until=again, say=said.append)
    assert sleeper.running
    assert said == [f"The sleeper ended with status -9. It starts again in 1 s ({tmp_path / 'sleeper.log'})."]
    stop_all([sleeper], say=said.append)
    assert not sleeper.running


def test_child_that_never_stays_up_ends_the_watch(tmp_path, monkeypatch):
    monkeypatch.setattr("senate_portal.lib.child_processes.FIRST_PAUSE", 0.01)
    faller = child(tmp_path, [sys.executable, "-c", "print('no such file'); raise SystemExit(4)"])
    faller.start()
    said = []
    with pytest.raises(ChildError, match="no such file"):
        keep_running([faller], until=lambda: False, say=said.append)
    assert len(said) == MOST_FALLS
