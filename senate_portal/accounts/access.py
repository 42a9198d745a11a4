"""Who may enter a page. Deny by default: a page without one of these is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from senate_portal.accounts.models import User


class StaffRequired(AccessMixin):
    """Senate staff only: others are asked to sign in, and told so when they are signed in as somebody else."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if not request.user.is_senate_staff:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class AdministratorRequired(StaffRequired):
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.is_administrator:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def is_senate_staff(user: User | AnonymousUser) -> bool:
    """Whether somebody, signed in or not, may see what is not published yet."""
    return isinstance(user, User) and user.is_senate_staff


def behind_link(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a view in whose address the secret is the only authority.

    It takes no part in sessions, caches, search engines or referrers, whatever it answers. Without a referrer, browsers
    send no origin either, so that Django's check of it would refuse them.
    """

    @csrf_exempt
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown
