import re
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from senate_portal.lib import logs, typed
from senate_portal.refusals import signed_out, too_large, unavailable

MOST_BYTES = 6 * 1024 * 1024  # a file of 5 MB and the form around it
REQUEST_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
LONGEST_WAIT = 3600  # seconds


class RequestIdMiddleware:
    """Names each request, in its answer and in every line that is logged on the way to it.

    A proxy in front that we trust may have named it already.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        name = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        logs.request_id.set(name)  # until this thread's next request: Django logs a refusal after all middleware
        response = self.get_response(request)
        response["X-Request-ID"] = name
        return response


class NulMiddleware:
    """PostgreSQL stores no NUL character, so no address may hold one. Form fields refuse it by themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a NUL character.")
        return self.get_response(request)


class LargeBodyMiddleware:
    """Refuses what is larger than any form or file that we take, before it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Content-Length", "").isdecimal() and int(request.META["CONTENT_LENGTH"]) > MOST_BYTES:
            return too_large(request)
        return self.get_response(request)


def to_sign_in(response: HttpResponse) -> bool:
    return urlsplit(response.get("Location", "")).path == str(settings.LOGIN_URL)


class SignedOutMiddleware:
    """Keeps what somebody typed who was signed out in mid-form: the way to sign in alone would lose it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if to_sign_in(response) and not request.path.startswith(reverse("account")) and typed.texts(request):
            return signed_out(request)
        return response


class ComeBackLaterMiddleware:
    """Says in every answer to somebody who came too often when they may come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", str(LONGEST_WAIT))
        return response


class SentTwiceMiddleware:
    """A form that arrives twice, as from a double click without script or after Back, is taken once.

    Each page gives its forms a token of their own, so the same token with the same fields is the same form. The second
    one waits for the first and is led to where that one was. Pages that need no token see to this themselves.
    """

    REMEMBERED = 60  # seconds
    PATIENCE = 10  # seconds
    UNDER_WAY = "?"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name: str | None = getattr(request, "sent_form", None)
        if name and response.status_code == HTTPStatus.FOUND and not to_sign_in(response):
            cache.set(name, response["Location"], self.REMEMBERED)
        elif name:
            cache.delete(name)  # nothing was saved, or a download that may be had again
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """After the check of the token, which has read the form."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False) or typed.TOKEN not in request.POST:
            return None
        name = f"sent:{typed.fingerprint(request)}"
        until = time.monotonic() + self.PATIENCE
        while not cache.add(name, self.UNDER_WAY, self.REMEMBERED):
            seen = cache.get(name, self.UNDER_WAY)
            if seen != self.UNDER_WAY:
                return redirect(seen)
            if time.monotonic() > until:
                return unavailable(request)
            time.sleep(0.05)
        request.sent_form = name  # type: ignore[attr-defined]
        return None


class PrivatePagesMiddleware:
    """What a signed-in person sees is kept by no browser and no proxy, so that Back after signing out shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
