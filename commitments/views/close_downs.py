"""Staff say that they are done with a forum, or that they are not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from commitments import close_down
from commitments.forms.reasons import ReasonForm
from commitments.models import CloseDown
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum


class ForumClose(StaffRequired, FormView):
    form_class = ReasonForm
    template_name = "commitments/forum_close.html"

    @cached_property
    def forum(self) -> Forum:
        forum: Forum = get_object_or_404(close_down.with_facts(Forum.objects.all()), slug=self.kwargs["slug"])
        return forum

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forum=self.forum, checklist=close_down.checklist(self.forum), **kwargs)

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        said = {"why": form.cleaned_data["why"], "by": self.request.user}
        _, is_new = CloseDown.objects.get_or_create(forum=self.forum, defaults=said)
        if is_new:
            messages.success(self.request, "The forum is closed. Nobody is reminded of what is left to do.")
        else:
            messages.info(self.request, "A colleague has closed it already. Their reason stands.")
        return redirect(checklist_of(self.forum))

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ForumReopen(StaffRequired, View):
    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        CloseDown.objects.filter(forum=forum).delete()
        messages.success(request, "The forum is open again.")
        return redirect(checklist_of(forum))


def checklist_of(forum: Forum) -> str:
    return f"{reverse('commitments:workspace', args=[forum.slug])}#close-down"
