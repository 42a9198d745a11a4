from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from initiatives import catalogue, entries, filters
from initiatives.models import Initiative, Source, STPArea, Theme
from initiatives.serializers import AreaSerializer, InitiativeSerializer, SourceSerializer, ThemeSerializer

PUBLISHED = Count("initiatives", filter=Q(initiatives__publication=Initiative.Publication.PUBLISHED), distinct=True)

FILTERS = [
    OpenApiParameter("search", str, description="All words must be there; the best match comes first."),
    OpenApiParameter("sort", str, enum=[key for key in filters.SORTS if key], description="Best match if left out."),
    *(
        OpenApiParameter(
            facet.name,
            str,
            many=True,
            enum=facet.values.values if facet.values else None,
            description=f"{facet.title}. Repeat it to widen the list.",
        )
        for facet in catalogue.FACETS
    ),
]


class InitiativeViewSet(viewsets.GenericViewSet):
    """The published initiatives. A value that a filter does not have is answered with 400 and says so."""

    queryset = Initiative.objects.published()
    serializer_class = InitiativeSerializer
    filter_backends = []
    lookup_field = "slug"

    @extend_schema(parameters=FILTERS, responses=InitiativeSerializer(many=True))
    def list(self, request: Request) -> Response:
        asked = filters.read(request.query_params)
        if asked.unknown:
            raise ValidationError({one.filter: [f"“{one.value}” is not known here."] for one in asked.unknown})
        page: list[int] = self.paginate_queryset(asked.found)  # type: ignore
        return self.get_paginated_response(InitiativeSerializer(entries.whole(page), many=True).data)

    @extend_schema(responses={200: InitiativeSerializer, 301: OpenApiResponse(description="It has another slug now.")})
    def retrieve(self, request: Request, slug: str) -> Response:
        pk = catalogue.current().slugs.get(slug)
        found = entries.whole([pk]) if pk else []
        if not found:
            moved = get_object_or_404(Initiative.objects.published(), old_slugs__slug=slug)
            return Response(status=301, headers={"Location": self.reverse_action("detail", args=[moved.slug])})
        return Response(InitiativeSerializer(found[0]).data)


class AreaViewSet(viewsets.ReadOnlyModelViewSet):
    """London's five STP areas of 2016, with today's body and their boroughs."""

    queryset = (
        STPArea.objects.annotate(initiative_count=PUBLISHED).prefetch_related("successors", "boroughs").order_by("name")
    )
    serializer_class = AreaSerializer
    lookup_field = "code__iexact"
    lookup_url_kwarg = "code"
    lookup_value_regex = "[A-Za-z]+"


class ThemeViewSet(viewsets.ReadOnlyModelViewSet):
    """What initiatives are about."""

    queryset = Theme.objects.annotate(initiative_count=PUBLISHED).order_by("name")
    serializer_class = ThemeSerializer
    lookup_field = "slug"

    @extend_schema(responses={200: ThemeSerializer, 301: OpenApiResponse(description="It has another slug now.")})
    def retrieve(self, request: Request, slug: str) -> Response:
        found = self.get_queryset().filter(slug=slug).first()
        if found is None:
            moved = get_object_or_404(Theme, old_slugs__slug=slug)
            return Response(status=301, headers={"Location": self.reverse_action("detail", args=[moved.slug])})
        return Response(ThemeSerializer(found).data)


class SourceViewSet(viewsets.ReadOnlyModelViewSet):
    """The documents that the record comes from or points to, the latest first."""

    queryset = Source.objects.with_entries()
    serializer_class = SourceSerializer
    lookup_field = "slug"
