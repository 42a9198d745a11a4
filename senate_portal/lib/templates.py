"""The Jinja2 environment of the portal's own pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader


def environment(**options: Any) -> Environment:
    searched = options.pop("loader").searchpath if "loader" in options else []
    options["loader"] = ChoiceLoader([FileSystemLoader(searched), PackageLoader("nhsuk_frontend_jinja", "templates")])
    options["undefined"] = ChainableUndefined
    env = Environment(**options)  # noqa: S701 - Django passes autoescape=True
    env.globals |= {"static": static, "url": reverse}
    return env


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "service_name": settings.SERVICE_NAME,
        "senate_name": settings.SENATE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "demonstration": settings.DEMONSTRATION,
    }
