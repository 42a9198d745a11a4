"""Commitments that staff suggest, and how many people took each up."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, ProtectedError, Q
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, View

from commitments.forms.suggestions import SuggestionForm
from commitments.models import Suggestion
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum


class SuggestionList(StaffRequired, CreateView):
    template_name = "commitments/suggestion_list.html"
    form_class = SuggestionForm

    @cached_property
    def forum(self) -> Forum:
        forum: Forum = get_object_or_404(Forum, slug=self.kwargs["slug"])
        return forum

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Suggestion(forum=self.forum)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = Q(commitments__withdrawn_at=None)
        suggestions = self.forum.suggestions.annotate(
            uptake=Count("commitments", filter=standing),
            people=Count("commitments__attendee", filter=standing, distinct=True),
        )
        return super().get_context_data(forum=self.forum, suggestions=suggestions, **kwargs)

    def form_invalid(self, form: ModelForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self) -> str:
        messages.success(self.request, "It is suggested from now on.")
        return reverse("commitments:suggestions", args=[self.forum.slug])


class SuggestionRemove(StaffRequired, View):
    """One that somebody chose stays, since their commitment points to it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        suggestion = get_object_or_404(Suggestion.objects.select_related("forum"), pk=pk)
        try:
            suggestion.delete()
        except ProtectedError:
            messages.error(request, "Somebody has promised this, so it stays.")
        else:
            messages.success(request, "It is suggested no more.")
        return redirect("commitments:suggestions", suggestion.forum.slug)
