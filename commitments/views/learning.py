from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from commitments import learning
from commitments.models import Wave
from initiatives.models import STPArea


class LearningReport(TemplateView):
    """Public once the follow-up has closed, without small counts. Staff see it all, at any time and area by area."""

    template_name = "commitments/learning.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        for_staff = user.is_authenticated and user.is_senate_staff
        waves = Wave.objects.select_related("forum")
        if not for_staff:
            waves = waves.filter(state=Wave.State.CLOSED, forum__is_published=True)
        wave = get_object_or_404(waves, forum__slug=self.kwargs["slug"])
        area = self.area() if for_staff else None
        found = learning.learning(wave, area=area, for_staff=for_staff)
        return super().get_context_data(
            wave=wave,
            forum=wave.forum,
            learning=found,
            charts=learning.charts(found),
            area=area,
            areas=STPArea.objects.all() if for_staff else [],
            for_staff=for_staff,
            section="forums",
            **kwargs,
        )

    def area(self) -> STPArea | None:
        code = self.request.GET.get("area", "")
        if not code:
            return None
        area: STPArea | None = STPArea.objects.filter(code=code).first()
        if area is None:
            raise Http404
        return area
