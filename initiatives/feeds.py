from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from initiatives import filters
from initiatives.models import Initiative
from senate_portal.lib.printable import printable

LONGEST_FEED = 50


class InitiativeFeed(Feed):
    """What changed last in any list of the catalogue; the address holds its filters as the list's does."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> filters.Filters:
        return filters.read(request.GET)

    def title(self, asked: filters.Filters) -> str:
        return f"{settings.SERVICE_NAME}: {asked.heading}"

    def link(self, asked: filters.Filters) -> str:
        return reverse("initiatives:list")

    def items(self, asked: filters.Filters) -> Any:
        return Initiative.objects.filter(pk__in=asked.found[:]).order_by("-updated_at", "pk")[:LONGEST_FEED]

    def item_title(self, item: Initiative) -> str:  # type: ignore[override]
        return printable(item.title)

    def item_description(self, item: Initiative) -> str:  # type: ignore[override]
        return printable(item.summary)

    def item_pubdate(self, item: Initiative) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Initiative) -> datetime:
        return item.updated_at

    def item_guid(self, item: Initiative) -> str:
        """Stays when the title or the site's address changes."""
        return f"tag:{settings.SENATE_NAME.replace(' ', '-').lower()},{item.created_at:%Y-%m-%d}:initiative/{item.slug}"
