"""Note-takers write down what their table says, with a code and without an account."""

import re
import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from initiatives.models import STPArea
from senate_portal.lib import codes, throttle
from stp_feedback import editing, merging, reports
from stp_feedback.forms import NoteForm
from stp_feedback.models import FeedbackPoint, Forum

HOUR = timedelta(hours=1)
WRONG_CODES_AN_HOUR = 30
NUMBER = re.compile(r"[0-9]{1,18}")


class CaptureOpen(View):
    """Asks for the code, then for the area."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(get_open_forum(slug))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_open_forum(slug)
        code = request.POST.get("code", "")
        if codes.matches(code, forum.capture_code):
            request.session[key_of(forum)] = forum.capture_code
            return redirect("stp_feedback:capture", slug)
        address = get_adapter(request).get_client_ip(request)
        if throttle.allows("capture-code", address, limit=WRONG_CODES_AN_HOUR, period=HOUR):
            return self.show(forum, error="This code does not open this forum. Look at the sheet again.", status=422)
        return self.show(forum, error="Too many wrong codes. Wait an hour, or ask the Senate’s staff.", status=429)  # noqa: RUF001

    def show(self, forum: Forum, *, error: str = "", status: int = 200) -> HttpResponse:
        context = {
            "forum": forum,
            "is_in": may_write(self.request, forum),
            "areas": STPArea.objects.exclude(pk__in=forum.areas_absent.all()),
            "error": error,
        }
        return render(self.request, "stp_feedback/capture_open.html", context, status=status)


class OfOpenArea(View):
    """What one area writes, for those who came with the code."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.forum = get_open_forum(kwargs["slug"])
        self.area = get_object_or_404(STPArea, code=kwargs["code"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_write(request, self.forum):
            return redirect("stp_feedback:capture", self.forum.slug)
        return super().dispatch(request, *args, **kwargs)


class CaptureArea(OfOpenArea):
    """The three questions, what the area has written so far, and a box under each."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show({section: NoteForm.blank(section) for section in FeedbackPoint.Section})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A script asks for JSON and may send the same note again; it is kept once."""
        section = request.POST.get("section", "")
        form = NoteForm(request.POST, auto_id=f"{section}-%s")
        if form.is_valid():
            editing.write_down(self.forum, self.area, form.cleaned_data["section"], [form.note])
            if wants_json(request):
                return JsonResponse({"kept": str(form.cleaned_data["key"])})
            return redirect(f"{request.path}#{section}")
        if wants_json(request):
            return JsonResponse({"errors": form.errors}, status=422)
        forms = {one: NoteForm.blank(one) for one in FeedbackPoint.Section}
        if section in FeedbackPoint.Section.values:
            forms[FeedbackPoint.Section(section)] = form
        return self.show(forms, form=form, status=422)

    def show(self, forms: dict[Any, NoteForm], *, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
        points = FeedbackPoint.objects.filter(forum=self.forum, area=self.area).for_reading()
        feedback = reports.area_feedback(self.forum, self.area, points)
        context = {
            "forum": self.forum,
            "area": self.area,
            "form": form,
            "forms": forms,
            "feedback": feedback,
            "can_be_parted": merging.can_be_parted(feedback.points),
            # Makes the link to the page as it stands another one each time, or browsers would only scroll.
            "shown_at": int(time.time()),
        }
        return render(self.request, "stp_feedback/capture_area.html", context, status=status)


class CapturePoint(OfOpenArea):
    """A draft goes up or down, into the one above, or apart again. The buttons name the neighbour that the page showed:
    where another one stands there now, somebody else was quicker and nothing is changed."""

    @property
    def drafts(self) -> QuerySet[FeedbackPoint]:
        drafts: QuerySet[FeedbackPoint] = FeedbackPoint.objects.filter(
            forum=self.forum, area=self.area, state=FeedbackPoint.State.DRAFT
        )
        return drafts

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        point = self.drafts.select_related("forum", "area").filter(pk=kwargs["pk"]).first()
        changed = self.change(point) if point else None
        if changed is None:
            messages.info(
                request,
                "Nothing was changed: somebody else has changed these points meanwhile. "
                "This is how they stand now. No words are lost.",
            )
        if wants_json(request):
            return JsonResponse({"at": changed.anchor if changed else ""})
        page = reverse("stp_feedback:capture_area", args=[self.forum.slug, self.area.code])
        return redirect(f"{page}#{changed.anchor}" if changed else page)

    def change(self, point: FeedbackPoint) -> FeedbackPoint | None:
        """The point on which to go on; none where nothing was done."""
        for action in ("up", "down"):
            if action in self.request.POST:
                return point if editing.move(point, up=action == "up", past=self.neighbour(action)) else None
        if "merge" in self.request.POST:
            merged = merging.merge_into_one_above(point, above=self.neighbour("merge"))
            if merged:
                messages.success(self.request, "The two points are one. “Make it two again” undoes that.")
            return merged
        if "part" in self.request.POST:
            return merging.part(point)
        return None

    def neighbour(self, action: str) -> int:
        """The draft that a button names; 0, which no point is called, for anything else."""
        number = self.request.POST[action]
        named = self.drafts.filter(pk=number) if NUMBER.fullmatch(number) else self.drafts.none()
        return named.values_list("pk", flat=True).first() or 0


def wants_json(request: HttpRequest) -> bool:
    """As our script does, which draws the page anew by itself."""
    return "application/json" in request.headers.get("Accept", "")


def get_open_forum(slug: str) -> Forum:
    """A forum that note-takers write for now; for any other there is no such page."""
    forum = Forum.objects.filter(slug=slug).exclude(capture_code="").first()
    if forum is None:
        raise Http404
    found: Forum = forum
    return found


def key_of(forum: Forum) -> str:
    return f"capture-{forum.pk}"


def may_write(request: HttpRequest, forum: Forum) -> bool:
    """Until staff change the code or close it."""
    return codes.matches(request.session.get(key_of(forum), ""), forum.capture_code)
