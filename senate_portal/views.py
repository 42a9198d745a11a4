"""Pages that belong to no app or draw on all of them."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import ListView, TemplateView

from initiatives.models import Initiative, STPArea

PUBLISHED = Q(initiatives__publication=Initiative.Publication.PUBLISHED)


class Home(TemplateView):
    template_name = "home.html"


class About(TemplateView):
    template_name = "about.html"
    extra_context = {"section": "about"}


class Accessibility(TemplateView):
    template_name = "accessibility.html"


class Privacy(TemplateView):
    template_name = "privacy.html"


class Data(TemplateView):
    """Downloads and the read API, in words."""

    template_name = "data.html"


class AreaList(ListView):
    template_name = "areas.html"
    extra_context = {"section": "areas"}
    queryset = STPArea.objects.annotate(initiative_count=Count("initiatives", filter=PUBLISHED)).prefetch_related(
        "successors", "boroughs"
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor a signed-in user, since either may be what failed."""
    return render(None, "500.html", status=500)  # type: ignore[arg-type]
