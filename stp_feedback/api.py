from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets

from stp_feedback.filters import FeedbackPointFilter
from stp_feedback.models import FeedbackPoint, Forum, Series
from stp_feedback.serializers import FeedbackPointSerializer, ForumSerializer, SeriesSerializer


class ForumViewSet(viewsets.ReadOnlyModelViewSet):
    """Published forums, the latest first."""

    queryset = Forum.objects.published().prefetch_related("recommendations", "forumkeytheme_set__key_theme")
    serializer_class = ForumSerializer
    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"


class SeriesViewSet(viewsets.ReadOnlyModelViewSet):
    """Series of forums with what each wants to reach, and what was read of that."""

    queryset = Series.objects.visible_to(AnonymousUser()).prefetch_related("measures__readings", "measures__source")
    serializer_class = SeriesSerializer
    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"


@extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)])
class FeedbackPointViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """The published feedback points of one forum, area by area and section by section."""

    queryset = FeedbackPoint.objects.published().for_reading()
    serializer_class = FeedbackPointSerializer
    filterset_class = FeedbackPointFilter

    def get_queryset(self) -> QuerySet[FeedbackPoint]:
        forum = get_object_or_404(Forum.objects.with_feedback(), slug=self.kwargs["slug"])
        points: QuerySet[FeedbackPoint] = super().get_queryset().filter(forum=forum)
        return points
