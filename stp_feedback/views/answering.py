from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import UpdateView, View

from stp_feedback.forms import AreaResponseForm
from stp_feedback.models import AreaResponse, FeedbackPoint


class PointAnswer(LoginRequiredMixin, UpdateView):
    """An area's lead says what became of a point; to anybody else the point does not exist."""

    model = AreaResponse
    form_class = AreaResponseForm
    template_name = "stp_feedback/point_answer.html"
    extra_context = {"section": "areas"}

    def get_object(self, queryset: QuerySet[AreaResponse] | None = None) -> AreaResponse:
        points = FeedbackPoint.objects.answerable_by(self.request.user).for_reading()
        point = get_object_or_404(points, pk=self.kwargs["pk"])
        return AreaResponse.objects.filter(point=point).first() or AreaResponse(point=point)

    def form_valid(self, form: AreaResponseForm) -> HttpResponse:
        point = form.answer_as(self.request.user).point  # type: ignore[arg-type]
        messages.success(self.request, "Your answer is saved, and everyone can read it.")
        return redirect(f"{point.area.get_absolute_url()}#{point.anchor}")

    def form_invalid(self, form: AreaResponseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PointEndorse(LoginRequiredMixin, View):
    """ "We have this too": the lead of another area says so, or takes it back."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        points = FeedbackPoint.objects.endorsable_by(request.user).select_related("forum", "area")
        point = get_object_or_404(points, pk=pk)
        if "withdraw" in request.POST:
            point.endorsements.filter(by=request.user).delete()
            messages.success(request, "You no longer say that your area has this too.")
        else:
            point.endorse(by=request.user)  # type: ignore[arg-type]
            messages.success(request, "Everyone can read that your area has this too.")
        return redirect(point)
