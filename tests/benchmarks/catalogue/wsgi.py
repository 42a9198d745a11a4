"""The portal as it is served, and a bare page that answers with as many bytes as it is asked for."""

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

application = get_wsgi_application()

from senate_portal import urls  # noqa: E402 - needs Django to be set up


def bare(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


urls.urlpatterns.insert(0, path("bare/<int:size>/", bare))
