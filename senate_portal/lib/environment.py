"""Reads settings from the environment. An odd value stops the start with a sentence saying what to set."""

import os
import re
import sys
from datetime import time
from importlib.util import find_spec
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, urlsplit

import environ

_env = environ.Env()
# On this exit status gunicorn stops; on others it would start its workers again and again.
WORKER_BOOT_ERROR = 3
NOTIFY_KEY = 73  # signs that a key of GOV.UK Notify has after its name


def _stop(sentence: str) -> NoReturn:
    """Ends manage.py, gunicorn and Celery alike with the sentence alone: a traceback would hide it."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(WORKER_BOOT_ERROR)


def text(name: str, *, default: str = "", required: str = "") -> str:
    """The value as it stands; `required` says in words what to set when it must not be empty."""
    value = os.environ.get(name, "").strip() or default
    if required and not value:
        _stop(f"{name} is not set. Set it to {required}.")
    return value


def served_by(package: str, name: str) -> str:
    """A value that turns on something an optional package does; empty where it stays off."""
    value = text(name)
    if value and not find_spec(package):
        _stop(f"{name} is set, but the package {package} is missing. Install it, or do not set {name}.")
    return value


def sentry_dsn(name: str) -> str:
    value = served_by("sentry_sdk", name)
    if value:
        from sentry_sdk.utils import BadDsn, Dsn  # an optional package

        try:
            Dsn(value)
        except BadDsn:
            _stop(f"{name} is no address of a Sentry project. Set it to one such as https://key@sentry.example.org/1")
    return value


def words(name: str, *, default: list[str] | None = None) -> list[str]:
    """A comma-separated list."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default or []


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        _stop(f"{name} is {value!r}. Set it to yes or no.")
    return default


def number(name: str, *, default: int, low: int, high: int) -> int:
    value = text(name) or str(default)
    if not re.fullmatch(r"\d{1,9}", value) or not low <= int(value) <= high:
        _stop(f"{name} is {value!r}. Set it to a whole number from {low} to {high}.")
    return int(value)


def web_address(name: str, *, default: str) -> str:
    """The site's own address without a slash at its end, such as https://portal.example.org."""
    value = text(name, default=default).rstrip("/")
    parts = _parts(value)
    if not parts or parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        _stop(f"{name} is {value!r}. Set it to an address such as https://portal.example.org.")
    return value


def hours(name: str, *, default: str) -> tuple[time, time] | None:
    """From and until, London time; None when the value is `always`."""
    value = text(name, default=default)
    if value == "always":
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError:
        start = end = time.min
    if start >= end:
        _stop(f"{name} is {value!r}. Set it to hours such as 09:00-16:00, or to always.")
    return start, end


def database(name: str) -> dict[str, Any] | None:
    value = _server(name, {"postgres", "postgresql"}, "a PostgreSQL address", "postgres://user:password@host:5432/name")
    return dict(_env.db_url_config(value)) if value else None


def broker(name: str) -> str:
    return _server(name, {"redis", "rediss"}, "a Redis address", "redis://host:6379/0")


def mail_route(name: str) -> dict[str, Any] | None:
    """Django's settings for a mail server or a mail service.

    smtp+tls://user:password@host:587
    anymail://postmark?server_token=KEY      any service of django-anymail, with its settings in lower case
    notify://send?api_key=KEY&template_id=ID
    """
    schemes = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "anymail", "notify"}
    value = _server(name, schemes, "a mail server's address", "smtp+tls://user:password@host:587")
    if not value:
        return None
    if value.startswith("anymail:"):
        return _mail_service(name, urlsplit(value))
    if value.startswith("notify:"):
        return _notify(name, urlsplit(value))
    found = {key: setting for key, setting in _env.email_url_config(value).items() if key != "OPTIONS"}
    return found | {"EMAIL_BACKEND": "senate_portal.lib.smtp.EmailBackend"}


def _mail_service(name: str, parts: SplitResult) -> dict[str, Any]:
    service = parts.hostname or ""
    if not re.fullmatch(r"[a-z_]+", service) or not find_spec(f"anymail.backends.{service}"):
        _stop(f"{name} names no mail service that django-anymail knows. Set it to one such as anymail://postmark?...")
    given = {f"{service}_{key}".upper(): setting for key, setting in parse_qsl(parts.query)}
    return {
        "EMAIL_BACKEND": "senate_portal.lib.mail_services.EmailBackend",
        "MAIL_SERVICE": f"anymail.backends.{service}.EmailBackend",
        "ANYMAIL": given,
    }


def _notify(name: str, parts: SplitResult) -> dict[str, Any]:
    given = {"base_url": "https://api.notifications.service.gov.uk"} | dict(parse_qsl(parts.query))
    if len(given.get("api_key", "")) < NOTIFY_KEY or "template_id" not in given:
        _stop(f"{name} lacks Notify's key or template. Set it to notify://send?api_key=...&template_id=...")
    return {"EMAIL_BACKEND": "senate_portal.lib.notify.EmailBackend", "NOTIFY": given}


def _server(name: str, schemes: set[str], what: str, example: str) -> str:
    """The address of a server; it may hold a password, so the sentence does not repeat it."""
    value = text(name)
    parts = _parts(value)
    if value and (not parts or parts.scheme not in schemes):
        _stop(f"{name} is not {what}. Set it to one such as {example}.")
    return value


def _parts(address: str) -> SplitResult | None:
    """The parts of an address, or None for one whose host or port cannot be."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return None
    return parts
