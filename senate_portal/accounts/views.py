from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView, View

from senate_portal.accounts.models import User


class Account(LoginRequiredMixin, TemplateView):
    """Who am I and what may I see."""

    template_name = "accounts/account.html"


class DemonstrationSignIn(View):
    """One button per role, in a demonstration and only there, for the invented people of its data."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        people = User.objects.demonstration().filter(is_active=True)
        user = get_object_or_404(people, email=request.POST.get("email", "").replace("\x00", ""))
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect(settings.LOGIN_REDIRECT_URL)
