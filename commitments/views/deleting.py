"""Staff take away a forum that was made by mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from commitments import deleting
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum


class ForumDelete(StaffRequired, View):
    """Shows what would go, or why nothing may; then does it."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(get_object_or_404(Forum, slug=slug))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        if request.POST.get("action") != "delete":
            return self.show(forum, status=422)
        try:
            deleting.delete(forum)
        except deleting.CannotDeleteError:
            return self.show(forum, status=409)
        messages.success(request, f"{forum} is deleted.")
        return redirect("commitments:staff")

    def show(self, forum: Forum, *, status: int = 200) -> HttpResponse:
        why_not = deleting.why_not(forum)
        context = {"forum": forum, "why_not": why_not}
        if not why_not:
            context |= {"goes": deleting.what_goes(forum), "before": deleting.asks_by_it(forum)}
        return render(self.request, "commitments/forum_delete.html", context, status=status)
