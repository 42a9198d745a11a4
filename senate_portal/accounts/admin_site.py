from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect


class HiddenAdminSite(admin.AdminSite):
    """Django's administration for rare edits. To everybody but administrators it does not exist, and it has no
    sign-in of its own, so that nobody enters without the second factor."""

    site_header = f"{settings.SERVICE_NAME}: rare edits"
    site_title = settings.SERVICE_NAME
    index_title = "Records"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def hidden(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)  # type: ignore[no-any-return]

        return hidden

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")
