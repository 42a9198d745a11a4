"""What people meet instead of a page: a refusal in words, with what they had typed."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from senate_portal.lib import typed


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return refusal(request, 400, "We cannot read this address or what came with it.")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal(request, 403, "This is not for you.")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was typed on a page that is no longer the person's own is shown back to them."""
    return refusal(request, 404, "There is nothing at this address.", texts=typed.texts(request))


def refusal(request: HttpRequest, status: int, detail: str, **context: Any) -> HttpResponse:
    """A page for people, JSON for programs."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": detail}, status=status)
    return render(request, f"{status}.html", context, status=status)


def too_large(request: HttpRequest) -> HttpResponse:
    return refusal(request, 413, "This is too large.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    context: dict[str, Any] = {"texts": typed.texts(request)}
    if typed.comes_from_here(request):
        context |= {"fields": typed.sent(request), "token": get_token(request)}
    return render(request, "403_csrf.html", context, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """For a form that somebody sent after their sign-in had ended."""
    context = {
        "texts": typed.texts(request),
        "fields": typed.sent(request),
        "token": get_token(request),
        "cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "signed_out.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor a signed-in user, since either may be what failed."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return render(None, "500.html", status=500)  # type: ignore[arg-type]


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer. The form is offered to be sent again with the token that it was sent with."""
    context = {
        "texts": typed.texts(request),
        "fields": typed.sent(request),
        "token": request.POST.get(typed.TOKEN, "") if request.method == "POST" else "",
        "address": request.get_full_path(),
    }
    headers = {"Retry-After": "120"}
    page = render_to_string("503.html", context)
    return HttpResponse(page, status=503, headers=headers)
