"""The Jinja2 environment of the portal's own pages and emails."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.formats import date_format
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, select_autoescape

from senate_portal.lib.numbers import plain


def day(value: date | datetime | None) -> str:
    """Thursday 26 January 2017, London time; nothing for no date."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _day(value) if value else ""


@lru_cache(maxsize=1000)
def _day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def moment(value: datetime | None) -> str:
    """Thursday 26 January 2017, 9:02am, London time; nothing for no time."""
    written = date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""
    # Django writes a.m. and p.m.; the NHS writes am and pm.
    return written.replace("a.m.", "am").replace("p.m.", "pm")


def count(number: int, thing: str, things: str = "") -> str:
    """1 initiative, 4 initiatives, 0 entries."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def query(request: HttpRequest, **changes: Any) -> str:
    """The page's query string with some parameters changed, or dropped where the change is None."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        elif isinstance(value, list | tuple):
            parameters.setlist(name, [str(one) for one in value])
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@lru_cache(maxsize=10_000)
def _address(name: str, args: tuple[Any, ...], prefix: str, urlconf: str | None) -> str:
    return reverse(name, urlconf, args)


def url(name: str, args: Iterable[Any] = ()) -> str:
    """Django's reverse, remembered: a list asks for a hundred addresses, which took it a tenth of its time."""
    return _address(name, tuple(args), get_script_prefix(), get_urlconf())


class PortalEnvironment(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """`row.name` of a dictionary is what it holds under that name, as in Django's templates.

        Jinja2 looks for a method first, which on a long list takes a tenth of its time.
        """
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment(**options: Any) -> Environment:
    options["loader"] = ChoiceLoader(
        [FileSystemLoader(settings.BASE_DIR / "templates"), PackageLoader("nhsuk_frontend_jinja", "templates")]
    )
    # The NHS.UK macros look up parameters of parameters that nobody gave.
    options["undefined"] = ChainableUndefined
    # Everything is escaped but the plain text of emails.
    options["autoescape"] = select_autoescape(disabled_extensions=("txt",), default=True)
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = PortalEnvironment(**options)  # nosec B701
    env.globals |= {"static": lru_cache(static), "url": url, "query": query}
    env.filters |= {"day": day, "moment": moment, "count": count, "plain": plain}
    return env


def site(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs."""
    return {
        "service_name": settings.SERVICE_NAME,
        "senate_name": settings.SENATE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "demonstration": settings.DEMONSTRATION,
        "messages": get_messages(request),
    }
