"""The read API: every app's part under one address and one version, and the page that describes it."""

from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.generators import SchemaGenerator
from rest_framework.routers import DefaultRouter

from initiatives.api import AreaViewSet, InitiativeViewSet, SourceViewSet, ThemeViewSet
from stp_feedback.api import FeedbackPointViewSet, ForumViewSet, SeriesViewSet

router = DefaultRouter()
router.register("initiatives", InitiativeViewSet, basename="initiative")
router.register("areas", AreaViewSet, basename="area")
router.register("themes", ThemeViewSet, basename="theme")
router.register("sources", SourceViewSet, basename="source")
router.register("forums", ForumViewSet, basename="forum")
router.register(r"forums/(?P<slug>[-\w]+)/feedback", FeedbackPointViewSet, basename="feedback")
router.register("series", SeriesViewSet, basename="series")


REFUSALS = {
    "400": "A filter has no such value, or the address cannot be read; the answer says which and why.",
    "404": "There is nothing at this address, or no such page of the list.",
    "405": "The API is for reading: ask with GET.",
    "429": "You asked too often. The header Retry-After says how many seconds to wait.",
}


def with_refusals(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """The document, with the answers that any address may give besides what was asked for."""
    why = {"application/json": {"schema": {"type": "object", "additionalProperties": {}}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, description in REFUSALS.items():
                operation["responses"].setdefault(status, {"description": description, "content": why})
    return result


class ApiDocs(TemplateView):
    """Every address, parameter and field, read from the schema itself."""

    template_name = "api_docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        return super().get_context_data(schema=schema, **kwargs)
