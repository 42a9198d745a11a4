from collections.abc import Callable
from http import HTTPStatus

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from senate_portal.accounts import sessions
from senate_portal.accounts.models import AuditEntry
from senate_portal.lib import links


class SecondFactorMiddleware:
    """Senate staff see people's names and addresses, so they set up a second factor before anything else.

    A demonstration holds invented people only and signs in without one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def must_set_up(self, request: HttpRequest) -> bool:
        return (
            not settings.DEMONSTRATION
            and not links.is_secret(request.path)
            and request.user.is_authenticated
            and request.user.is_senate_staff
            and not request.path.startswith(reverse("account"))
            and not is_mfa_enabled(request.user)
        )


class SignInEndsMiddleware:
    """Signs out whom nobody has heard of for too long. What they then send is kept by SignedOutMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not links.is_secret(request.path) and request.user.is_authenticated:
            now = timezone.now()
            if sessions.has_ended(request.session, request.user, now):
                limits = sessions.limits_of(request.user)
                logout(request)
                messages.info(request, f"You were signed out. A sign-in ends after {limits.in_words}.")
            else:
                sessions.note(request.session, now)
        return self.get_response(request)


class AuditMiddleware:
    """Keeps who opened which of the pages that may show people: all of them, so that a new one cannot be forgotten.

    The address holds ids and nothing about a person; what was searched for or typed is not kept. Nor is that a page
    which draws itself anew asked whether it has changed, where it has not.
    """

    PAGES = ("/staff/", "/admin/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return response
        if request.path.startswith(self.PAGES) and request.user.is_authenticated and request.user.is_senate_staff:
            AuditEntry.objects.create(by=request.user, verb=request.method or "", page=request.path[:500])
        return response
