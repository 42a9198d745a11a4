import json
import logging
import re
from contextvars import ContextVar

from celery import current_task

from senate_portal.lib.links import MAILED

# The id of the request that is being answered; set by a middleware.
request_id: ContextVar[str] = ContextVar("request_id", default="")

SECRETS = [
    (re.compile(rf"({'|'.join(MAILED)})[^/\s]+"), r"\1[hidden]"),
    (re.compile(r"[^\s@<>:/]+@[^\s@<>:/]+\.\w+"), "[address hidden]"),
    # With this PostgreSQL quotes the row that it refused.
    (re.compile(r"DETAIL:.*?(?=\n\n(?:The above|During handling)|\Z)", re.DOTALL), "DETAIL: [hidden]"),
]


def without_secrets(text: str) -> str:
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text


class SafeFormatter(logging.Formatter):
    """Takes answer links, email addresses and quoted rows out of every line and traceback, whoever logs them.

    Django itself logs the paths that it cannot serve, and a damaged link is one.
    """

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonFormatter(SafeFormatter):
    """One JSON object a line, with the id of the request or of the worker's task in which it was written."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": super().format(record),
            "request": request_id.get(),
            "task": current_task.request.id or "" if current_task else "",
        }
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)
