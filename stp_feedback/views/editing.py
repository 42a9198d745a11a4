"""Staff put what was said into words for the page and publish it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.http import condition
from django.views.generic import CreateView, DetailView, UpdateView, View

from initiatives.models import STPArea
from senate_portal.accounts.access import StaffRequired
from senate_portal.lib import codes
from stp_feedback import editing, merging, reports
from stp_feedback.forms import PastedNotesForm, PointForm, RecommendationUpdateForm
from stp_feedback.models import FeedbackPoint, FeedbackVersion, Forum, Recommendation

CODE_LENGTH = 8


def version(request: HttpRequest, **kwargs: Any) -> str | None:
    """Changes with anything that a page about forums shows."""
    found = FeedbackVersion.objects.values_list("version", flat=True).first()
    return f'"{found}"' if found else None


@method_decorator(condition(etag_func=version), name="get")
class FeedbackDesk(StaffRequired, DetailView):
    """A forum's feedback as it comes in: how much each area has, and whether note-takers can write.

    A script asks for it again and again; while nothing has changed, the answer is short.
    """

    model = Forum
    template_name = "stp_feedback/feedback_desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum: Forum = self.object
        counts = {row.area: row for row in reports.count_by_cell(forum.points.all())}
        drafts = {
            row.area: row.total for row in reports.count_by_cell(forum.points.filter(state=FeedbackPoint.State.DRAFT))
        }
        return super().get_context_data(
            sections=FeedbackPoint.Section,
            areas=STPArea.objects.all(),
            absent=forum.areas_absent.all(),
            counts=counts,
            drafts=drafts,
            point_count=sum(row.total for row in counts.values()),
            draft_count=sum(drafts.values()),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Without scripts, whoever asks for it has the whole page drawn anew by the browser."""
        response = super().render_to_response(context, **kwargs)
        if self.object.capture_code and "live" in self.request.GET:
            response["Refresh"] = "30"
        return response


class CaptureCode(StaffRequired, View):
    """Lets note-takers in with a new code, or closes the door."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        forum.capture_code = "" if request.POST.get("action") == "close" else codes.new(CODE_LENGTH)
        forum.save()
        said = "Note-takers can write with the code below." if forum.capture_code else "Note-takers can write no more."
        messages.success(request, said)
        return redirect("stp_feedback:desk", slug)


class FeedbackPublish(StaffRequired, View):
    """Publishes the drafts of one area, or of all."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        areas = list(STPArea.objects.all())
        if code := request.POST.get("area", "").replace("\x00", ""):
            areas = [get_object_or_404(STPArea, code=code)]
        published = editing.publish(forum, areas)
        messages.success(request, f"{published} point{'' if published == 1 else 's'} published.")
        return redirect("stp_feedback:desk", slug)


class OfOneArea(StaffRequired, View):
    """What one area said at one forum. Looked up late, so that strangers do not learn what there is."""

    @cached_property
    def forum(self) -> Forum:
        forum: Forum = get_object_or_404(Forum, slug=self.kwargs["slug"])
        return forum

    @cached_property
    def area(self) -> STPArea:
        area: STPArea = get_object_or_404(STPArea, code=self.kwargs["code"])
        return area

    @property
    def context(self) -> dict[str, Any]:
        return {"forum": self.forum, "area": self.area}


class AreaPoints(OfOneArea):
    """An area's points in their order, each with what can be done to it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        points = (
            FeedbackPoint.objects.filter(forum=self.forum, area=self.area).for_reading().select_related("edited_by")
        )
        feedback = reports.area_feedback(self.forum, self.area, points)
        context = self.context | {"feedback": feedback, "can_be_parted": merging.can_be_parted(feedback.points)}
        return render(request, "stp_feedback/area_points.html", context)


class NotesPaste(OfOneArea):
    """Typed notes become points, after a look at how they were read."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PastedNotesForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PastedNotesForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        notes = form.cleaned_data["notes"]
        if request.POST.get("action") != "save":
            return self.show(form, notes=notes)
        editing.write_down(self.forum, self.area, form.cleaned_data["section"], notes, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{len(notes)} point{'' if len(notes) == 1 else 's'} added as drafts.")
        return redirect("stp_feedback:area_points", self.forum.slug, self.area.code)

    def show(self, form: PastedNotesForm, *, notes: Any = (), status: int = 200) -> HttpResponse:
        context = self.context | {"form": form, "notes": notes}
        return render(self.request, "stp_feedback/notes_paste.html", context, status=status)


class PointEdit(StaffRequired, UpdateView):
    """Changes to a published point are marked with their day."""

    queryset = FeedbackPoint.objects.select_related("forum", "area")
    form_class = PointForm
    template_name = "stp_feedback/point_edit.html"

    def form_valid(self, form: PointForm) -> HttpResponse:
        point = form.instance
        point.edited_by = self.request.user
        if point.state == FeedbackPoint.State.PUBLISHED and {"text", "enabled_by"} & set(form.changed_data):
            point.corrected_on = timezone.localdate()
        form.save()
        messages.success(self.request, "The point is saved.")
        return redirect(desk_of(point))

    def form_invalid(self, form: PointForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PointMove(StaffRequired, View):
    """Up, down, into the one above, or two that were merged apart again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        point = get_object_or_404(FeedbackPoint.objects.select_related("forum", "area"), pk=pk)
        action = request.POST.get("action")
        if action in {"up", "down"}:
            editing.move(point, up=action == "up")
        elif action == "merge" and (merged := merging.merge_into_one_above(point, by=request.user)):  # type: ignore[arg-type]
            messages.success(request, "The two points are one.")
            return redirect(desk_of(merged))
        elif action == "part" and merging.part(point, by=request.user):  # type: ignore[arg-type]
            messages.success(request, "They are two points again.")
        else:
            messages.info(request, "Nothing was changed: only a draft below another draft can become one with it.")
        return redirect(desk_of(point))


def desk_of(point: FeedbackPoint) -> str:
    return f"{reverse('stp_feedback:area_points', args=[point.forum.slug, point.area.code])}#{point.anchor}"


class RecommendationTell(StaffRequired, CreateView):
    """Staff tell what became of a recommendation."""

    form_class = RecommendationUpdateForm
    template_name = "stp_feedback/recommendation_tell.html"

    @cached_property
    def recommendation(self) -> Recommendation:
        found: Recommendation = get_object_or_404(Recommendation.objects.select_related("forum"), pk=self.kwargs["pk"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(recommendation=self.recommendation, **kwargs)

    def form_valid(self, form: RecommendationUpdateForm) -> HttpResponse:
        form.instance.recommendation, form.instance.by = self.recommendation, self.request.user
        form.save()
        messages.success(self.request, "What was done is saved, and everyone can read it.")
        return redirect(f"{form.instance.recommendation.forum.get_absolute_url()}#recommendations")

    def form_invalid(self, form: RecommendationUpdateForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
