"""Staff prepare a forum and keep what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import UpdateView, View

from senate_portal.accounts.access import StaffRequired
from stp_feedback import forums
from stp_feedback.forum_forms import LISTS, ForumForm
from stp_feedback.models import Forum


class ForumEdit(StaffRequired, UpdateView):
    """Changes a forum, or makes one where the address names none."""

    form_class = ForumForm
    template_name = "stp_feedback/forum_form.html"
    context_object_name = "forum"

    def get_object(self, queryset: Any = None) -> Forum:
        return get_object_or_404(Forum, slug=self.kwargs["slug"]) if "slug" in self.kwargs else Forum()

    def get_success_url(self) -> str:
        messages.success(self.request, "The forum is saved.")
        return reverse("stp_feedback:forum_edit", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lists={name: heading for name, (heading, _) in LISTS.items()}, **kwargs)

    def form_invalid(self, form: ForumForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ForumRows(StaffRequired, View):
    """One list of a forum, such as its programme, row by row with room for two more."""

    def get(self, request: HttpRequest, slug: str, part: str) -> HttpResponse:
        return self.show(slug, part)

    def post(self, request: HttpRequest, slug: str, part: str) -> HttpResponse:
        return self.show(slug, part, request.POST)

    def show(self, slug: str, part: str, data: Any = None) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        if part not in LISTS:
            raise Http404
        heading, row_set = LISTS[part]
        rows = row_set(data, instance=forum)
        if data is not None and rows.is_valid():
            rows.save()
            messages.success(self.request, f"{heading}: saved.")
            return redirect("stp_feedback:forum_rows", slug, part)
        context = {"forum": forum, "heading": heading, "rows": rows}
        return render(self.request, "stp_feedback/forum_rows.html", context, status=200 if data is None else 422)


class ForumPublish(StaffRequired, View):
    """Shows a forum to everybody, or to staff alone again."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        forum.is_published = request.POST.get("action") != "hide"
        forum.save()
        said = "Everybody can read about this forum." if forum.is_published else "Only staff see this forum."
        messages.success(request, said)
        return redirect("stp_feedback:forum_edit", slug)


class ForumCopy(StaffRequired, View):
    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        new = forums.copy(get_object_or_404(Forum, slug=slug))
        messages.success(request, "This is the copy. It has no date and nobody sees it yet.")
        return redirect("stp_feedback:forum_edit", new.slug)
