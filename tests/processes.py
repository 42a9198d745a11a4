"""What tests ask about processes."""

import time
from pathlib import Path


def wait_for(condition, seconds=60):
    """What the condition gives once it holds."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return found


def alive(process_id):
    """Whether the process runs; one that ended and waits for its parent to notice does not."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
