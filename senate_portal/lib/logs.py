import logging
import re

SECRETS = [
    (re.compile(r"/(answer|confirm)/[^/\s]+"), r"/\1/[hidden]"),
    (re.compile(r"[^\s@<>:/]+@[^\s@<>:/]+\.\w+"), "[address hidden]"),
]


class SafeFormatter(logging.Formatter):
    """Takes answer links and email addresses out of every line and traceback, whoever logs them.

    Django itself logs the paths that it cannot serve, and a damaged link is one.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for pattern, replacement in SECRETS:
            line = pattern.sub(replacement, line)
        return line
