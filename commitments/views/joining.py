"""Commitments that attendees make themselves, on the day, with the code from a slide or a printed sheet."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import DetailView, View
from qrcode.image.pure import PyPNGImage  # type: ignore[import-untyped]
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from commitments import joining, tasks
from commitments.forms.joining import JoinCodeForm, JoinForm
from commitments.models import Attendee
from senate_portal.accounts.access import StaffRequired
from senate_portal.lib import bells, throttle
from stp_feedback.models import Forum

HOUR = timedelta(hours=1)
WRONG_CODES_AN_HOUR = 30
RECEIPTS_AN_HOUR = 3


class Join(View):
    """The page shows nothing of who else came, nor whether a person was known."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = open_forum(slug)
        code = request.GET.get("code", "")
        if not code:
            return self.ask_for_code(forum, JoinCodeForm())
        return self.with_code(forum, code) or self.show(forum, JoinForm(initial={"code": code}, forum=forum))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = open_forum(slug)
        refused = self.with_code(forum, request.POST.get("code", ""))
        if refused:
            return refused
        form = JoinForm(request.POST, forum=forum)
        if not form.is_valid():
            return self.show(forum, form, status=422)
        promises = form.promises()
        known = {name: form.cleaned_data[name] for name in ["name", "email", "area", "agrees"]}
        attendee = joining.join(forum, **known, promises=promises)
        self.send_receipt(attendee)
        context = {"forum": forum, "promises": promises, "agrees": known["agrees"], "code": form.cleaned_data["code"]}
        return render(request, "commitments/joined.html", context)

    def with_code(self, forum: Forum, code: str) -> HttpResponse | None:
        """Nothing when the code opens the forum. Wrong codes are counted, so that nobody guesses for long."""
        if joining.opens(forum, code):
            return None
        address = get_adapter(self.request).get_client_ip(self.request)
        if not throttle.allows("join-code", address, limit=WRONG_CODES_AN_HOUR, period=HOUR):
            response = render(self.request, "commitments/join_later.html", {"forum": forum}, status=429)
            response["Retry-After"] = str(int(HOUR.total_seconds()))
            return response
        form = JoinCodeForm({"code": code})
        if form.is_valid():
            form.add_error("code", "This code does not open this forum. Look at the slide or the sheet again")
        return self.ask_for_code(forum, form, status=422)

    def send_receipt(self, attendee: Attendee) -> None:
        if throttle.allows("receipt", attendee.pk, limit=RECEIPTS_AN_HOUR, period=HOUR):
            bells.after_commit(tasks.send_receipt, attendee.pk)

    def ask_for_code(self, forum: Forum, form: JoinCodeForm, status: int = 200) -> HttpResponse:
        return render(self.request, "commitments/join_code_ask.html", {"forum": forum, "form": form}, status=status)

    def show(self, forum: Forum, form: JoinForm, status: int = 200) -> HttpResponse:
        return render(self.request, "commitments/join.html", {"forum": forum, "form": form}, status=status)


class JoinCode(StaffRequired, DetailView):
    """The code to show or print, a new one, or none to take no more commitments."""

    template_name = "commitments/join_code.html"
    model = Forum

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(address=join_address(self.object), **kwargs)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        if not forum.has_day:
            messages.info(request, "Nobody can join before the forum has a day: it says when people are asked again.")
            return redirect("commitments:workspace", slug)
        forum.join_code = "" if request.POST.get("action") == "close" else joining.new_code()
        forum.save()
        messages.success(
            request,
            "The forum takes commitments with the code below." if forum.join_code else "The code works no more.",
        )
        return redirect("commitments:join_code", slug)


class JoinCodePicture(StaffRequired, View):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum.objects.exclude(join_code=""), slug=slug)
        picture = qrcode.make(join_address(forum), image_factory=SvgPathFillImage, box_size=20)
        return HttpResponse(picture.to_string(), content_type="image/svg+xml")


class JoinCodeImage(StaffRequired, View):
    """The same picture for programs that know no SVG."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum.objects.exclude(join_code=""), slug=slug)
        content = io.BytesIO()
        qrcode.make(join_address(forum), image_factory=PyPNGImage, box_size=20).save(content)
        response = HttpResponse(content.getvalue(), content_type="image/png")
        response["Content-Disposition"] = f'inline; filename="join-{slug}.png"'
        return response


def open_forum(slug: str) -> Forum:
    """A forum that takes commitments now; for any other there is no such page."""
    forum: Forum | None = Forum.objects.exclude(join_code="").filter(slug=slug).first()
    if forum is None:
        raise Http404
    return forum


def join_address(forum: Forum) -> str:
    path = reverse("commitments:join", args=[forum.slug])
    return f"{settings.SITE_URL}{path}?{urlencode({'code': forum.join_code})}"
