"""The read API: every app's part under one address and one version, and the page that describes it."""

from typing import Any

from django.views.generic import TemplateView
from drf_spectacular.generators import SchemaGenerator
from rest_framework.routers import DefaultRouter

from initiatives.api import AreaViewSet, InitiativeViewSet, SourceViewSet, ThemeViewSet
from stp_feedback.api import FeedbackPointViewSet, ForumViewSet

router = DefaultRouter()
router.register("initiatives", InitiativeViewSet, basename="initiative")
router.register("areas", AreaViewSet, basename="area")
router.register("themes", ThemeViewSet, basename="theme")
router.register("sources", SourceViewSet, basename="source")
router.register("forums", ForumViewSet, basename="forum")
router.register(r"forums/(?P<slug>[-\w]+)/feedback", FeedbackPointViewSet, basename="feedback")


class ApiDocs(TemplateView):
    """Every address, parameter and field, read from the schema itself."""

    template_name = "api_docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        return super().get_context_data(schema=schema, **kwargs)
