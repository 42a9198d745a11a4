"""Reads settings from the environment. An odd value stops the start with a sentence saying what to set."""

import os
import re
from datetime import time
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()


def text(name: str, *, default: str = "", required: str = "") -> str:
    """The value as it stands; `required` says in words what to set when it must not be empty."""
    value = os.environ.get(name, "").strip() or default
    if required and not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it to {required}.")
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
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to yes or no.")
    return default


def number(name: str, *, default: int, low: int, high: int) -> int:
    value = text(name) or str(default)
    if not re.fullmatch(r"\d{1,9}", value) or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number from {low} to {high}.")
    return int(value)


def web_address(name: str, *, default: str) -> str:
    """The site's own address without a slash at its end, such as https://portal.example.org."""
    value = text(name, default=default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to an address such as https://portal.example.org.")
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
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to hours such as 09:00-16:00, or to always.")
    return start, end


def database(name: str) -> dict[str, Any] | None:
    value = text(name)
    if not value:
        return None
    if not value.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            f"{name} is not a PostgreSQL address. Set it to one such as postgres://user:password@host:5432/name."
        )
    return dict(_env.db_url_config(value))


def broker(name: str) -> str:
    value = text(name)
    if value and not value.startswith(("redis://", "rediss://")):
        raise ImproperlyConfigured(f"{name} is not a Redis address. Set it to one such as redis://host:6379/0.")
    return value


def mail_server(name: str) -> dict[str, Any] | None:
    """Django's EMAIL_ settings for an address such as smtp+tls://user:password@host:587."""
    value = text(name)
    if not value:
        return None
    if urlsplit(value).scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl"}:
        raise ImproperlyConfigured(
            f"{name} is not a mail server's address. Set it to one such as smtp+tls://user:password@host:587."
        )
    found = {key: setting for key, setting in _env.email_url_config(value).items() if key != "OPTIONS"}
    return found | {"EMAIL_BACKEND": "senate_portal.lib.smtp.EmailBackend"}
