"""Forums and their feedback, as everyone may read them and take them away."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.generic import ListView, View

from initiatives.models import STPArea
from senate_portal.accounts.models import User
from senate_portal.lib.json_files import json_response
from senate_portal.lib.spreadsheets import csv_response, xlsx_response
from senate_portal.lib.vague_dates import Known
from stp_feedback import calendars, exports, reports
from stp_feedback.filters import FeedbackPointFilter
from stp_feedback.models import FeedbackPoint, Forum, Series


class ForumList(ListView):
    extra_context = {"section": "forums"}

    def get_queryset(self) -> QuerySet[Forum]:
        forums: QuerySet[Forum] = Forum.objects.visible_to(self.request.user).order_by("-held_on", "title")
        return forums.annotate(initiative_count=Count("initiatives"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(series=Series.objects.visible_to(self.request.user), **kwargs)


class ForumCalendar(View):
    """Published forums that have a day, all, those of a series or one, for a calendar program to open or follow."""

    def get(self, request: HttpRequest, slug: str = "", series: str = "") -> HttpResponse:
        forums = Forum.objects.published().filter(date_known=Known.DAY)
        if slug:
            forums = forums.filter(pk=get_object_or_404(forums, slug=slug).pk)
        if series:
            forums = forums.filter(series=get_object_or_404(Series, slug=series))
        disposition = f'attachment; filename="{slug or series or "forums"}.ics"'
        return HttpResponse(
            calendars.calendar(forums.for_calendar()),
            content_type=calendars.CONTENT_TYPE,
            headers={"Content-Disposition": disposition},
        )


class FeedbackOfForum(View):
    """The points of one forum that the person may read, narrowed by the query string."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.forum = get_object_or_404(Forum.objects.with_feedback_for(request.user), slug=kwargs["slug"])
        self.points = FeedbackPoint.objects.visible_to(request.user).filter(forum=self.forum)
        self.filter = FeedbackPointFilter(request.GET, self.points.for_reading())


class FeedbackList(FeedbackOfForum):
    """Areas side by side, section by section."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        areas = list(STPArea.objects.filter(points__in=self.points).distinct())
        chosen = list(self.filter.qs) if self.filter.is_valid() else []
        context = {
            "section": "forums",
            "forum": self.forum,
            "form": self.filter.form,
            "chosen": self.filter.chosen,
            "points": chosen,
            "rows": reports.side_by_side(chosen, areas),
            "areas": areas,
            "matrix": reports.theme_matrix(self.points, areas),
            "leads": led_by(request.user),
        }
        return render(request, "stp_feedback/feedback_list.html", context)


def led_by(user: User | AnonymousUser) -> set[int]:
    """Keys of the areas that somebody leads."""
    return set(user.areas.values_list("pk", flat=True)) if user.is_authenticated else set()


class FeedbackFile(FeedbackOfForum):
    """The same points as the page shows, as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.filter.is_valid():
            raise BadRequest("The address holds a filter that does not exist.")
        name, points = f"{self.forum.slug}-feedback", self.filter.qs
        if kwargs["format"] == "json":
            return json_response(name, exports.POINT_COLUMNS, exports.point_values(points))
        if kwargs["format"] == "xlsx":
            return xlsx_response(name, f"Feedback of {self.forum}", [exports.points_sheet(points)])
        return csv_response(name, exports.POINT_COLUMNS, exports.point_rows(points))
