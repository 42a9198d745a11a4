"""What areas ask for: staff pass it to who could help, everyone reads what became of it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import CreateView, ListView, UpdateView, View

from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.staff_lists import StaffList
from stp_feedback import asks
from stp_feedback.ask_forms import AskForm, AskReplyForm, GatherForm, MergeForm
from stp_feedback.exports import ASKS
from stp_feedback.filters import AskFilter
from stp_feedback.models import Ask, Forum


class AskList(ListView):
    """What was asked for at a forum and what became of it."""

    extra_context = {"section": "forums"}

    def get_queryset(self) -> Any:
        self.forum = get_object_or_404(Forum.objects.with_feedback_for(self.request.user), slug=self.kwargs["slug"])
        return Ask.objects.of_forum(self.forum, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forum=self.forum, **kwargs)


class AskDesk(StaffList):
    """Every ask with who looks after it, and the points that are no part of one yet."""

    template_name = "stp_feedback/ask_desk.html"
    filterset_class = AskFilter
    file = ASKS
    queryset = Ask.objects.select_related("owner", "passed_to").annotate(
        area_count=Count("points__area", distinct=True), reply_count=Count("replies", distinct=True)
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", GatherForm())
        context: dict[str, Any] = super().get_context_data(waiting=form.fields["points"].queryset.count(), **kwargs)
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        form = GatherForm(request.POST)
        if not form.is_valid():
            return self.again(form)
        ask = form.gather()
        messages.success(request, f"On the desk: {ask}.")
        return redirect("stp_feedback:ask_desk")


class AskEdit(StaffRequired, UpdateView):
    queryset = Ask.objects.prefetch_related("replies")
    form_class = AskForm
    template_name = "stp_feedback/ask_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(merge_form=MergeForm(ask=self.object), **kwargs)

    def form_valid(self, form: AskForm) -> HttpResponse:
        form.save()
        messages.success(self.request, "The ask is saved.")
        return redirect("stp_feedback:ask_desk")

    def form_invalid(self, form: AskForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AskMerge(StaffRequired, View):
    """Makes an ask one with another that says the same."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        ask = get_object_or_404(Ask, pk=pk)
        form = MergeForm(request.POST, ask=ask)
        if not form.is_valid():
            messages.info(request, "Nothing was changed. Choose the ask that says the same.")
            return redirect("stp_feedback:ask_edit", pk)
        into = form.cleaned_data["into"]
        asks.merge(ask, into)
        messages.success(request, f"The two are one: {into}.")
        return redirect("stp_feedback:ask_edit", into.pk)


class AskTell(StaffRequired, CreateView):
    """Staff tell what came back about an ask."""

    form_class = AskReplyForm
    template_name = "stp_feedback/ask_tell.html"

    @cached_property
    def ask(self) -> Ask:
        found: Ask = get_object_or_404(Ask, pk=self.kwargs["pk"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ask=self.ask, **kwargs)

    def get_success_url(self) -> str:
        return reverse("stp_feedback:ask_edit", args=[self.ask.pk])

    def form_valid(self, form: AskReplyForm) -> HttpResponse:
        form.instance.ask, form.instance.by = self.ask, self.request.user
        messages.success(self.request, "The reply is saved, and everyone can read it.")
        return super().form_valid(form)

    def form_invalid(self, form: AskReplyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
