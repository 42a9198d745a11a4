from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from senate_portal.accounts import sessions
from senate_portal.accounts.models import User


class SignIn(LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = User.objects.demonstration() if settings.DEMONSTRATION else User.objects.none()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demonstration_people": people}


class Account(LoginRequiredMixin, TemplateView):
    """Who am I and what may I see."""

    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limits = sessions.limits_of(self.request.user)  # type: ignore[arg-type]
        return super().get_context_data(limits=limits, **kwargs)


class DemonstrationSignIn(View):
    """One button per role, in a demonstration and only there, for the invented people of its data."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        user = get_object_or_404(User.objects.demonstration(), email=request.POST.get("email", "").replace("\x00", ""))
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect(settings.LOGIN_REDIRECT_URL)
