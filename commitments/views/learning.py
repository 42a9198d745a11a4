from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from commitments import briefs, learning
from commitments.models import Story, Wave
from initiatives.models import STPArea
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import KeyTheme


class LearningReport(TemplateView):
    """Public once the follow-up has closed, without small counts. Staff see it all, at any time and area by area."""

    template_name = "commitments/learning.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        for_staff = is_staff(self.request)
        waves = Wave.objects.select_related("forum")
        if not for_staff:
            waves = waves.filter(state=Wave.State.CLOSED, forum__is_published=True)
        wave = get_object_or_404(waves, forum__slug=self.kwargs["slug"])
        area = asked_area(self.request) if for_staff else None
        found = learning.learning(wave, area=area, for_staff=for_staff)
        stories = Story.objects.allowed() if for_staff else Story.objects.public()
        return super().get_context_data(
            wave=wave,
            forum=wave.forum,
            learning=found,
            charts=learning.charts(found),
            parts=[("area", "By area", found.areas), ("role", "By role", found.roles), ("kind", KINDS, found.kinds)],
            stories=stories.filter(answer__commitment__attendee__forum=wave.forum_id).order_by("title"),
            area=area,
            areas=STPArea.objects.all() if for_staff else [],
            for_staff=for_staff,
            section="forums",
            **kwargs,
        )


KINDS = "By kind of organisation"


class LearningTrend(TemplateView):
    """All closed follow-ups beside each other, by the same definitions."""

    template_name = "commitments/learning_trend.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trend = learning.trend(for_staff=is_staff(self.request))
        return super().get_context_data(trend=trend, definitions=learning.DEFINITIONS, section="forums", **kwargs)


class LearningTrace(StaffRequired, TemplateView):
    """What stands behind a row of foreseen and met, word for word."""

    template_name = "commitments/learning_trace.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = get_object_or_404(Wave.objects.select_related("forum"), forum__slug=self.kwargs["slug"])
        theme = get_object_or_404(KeyTheme, slug=self.kwargs["theme"])
        area = asked_area(self.request)
        trace = learning.trace(wave, theme, area)
        return super().get_context_data(wave=wave, forum=wave.forum, area=area, trace=trace, **kwargs)


class NextForumBrief(StaffRequired, TemplateView):
    template_name = "commitments/next_forum_brief.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = get_object_or_404(Wave.objects.closed().select_related("forum"), forum__slug=self.kwargs["slug"])
        return super().get_context_data(wave=wave, forum=wave.forum, brief=briefs.of(wave), **kwargs)


def is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_senate_staff


def asked_area(request: HttpRequest) -> STPArea | None:
    code = request.GET.get("area", "")
    if not code:
        return None
    area: STPArea | None = STPArea.objects.filter(code=code).first()
    if area is None:
        raise Http404
    return area
