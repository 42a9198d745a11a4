"""Idea cards of a forum: everybody reads the published ones, staff write them down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import DetailView, ListView, UpdateView, View

from senate_portal.accounts.access import StaffRequired
from senate_portal.lib.json_files import json_response
from senate_portal.lib.spreadsheets import Sheet, csv_response, xlsx_response
from senate_portal.lib.templates import count
from stp_feedback import ideas
from stp_feedback.idea_forms import IdeaForm
from stp_feedback.models import Forum, Idea, IdeaQuerySet
from stp_feedback.models.ideas import CARD, question


class IdeasOfForum(View):
    """The cards of one forum that the person may read."""

    @cached_property
    def forum(self) -> Forum:
        found: Forum = get_object_or_404(Forum.objects.visible_to(self.request.user), slug=self.kwargs["slug"])
        return found

    def get_queryset(self) -> IdeaQuerySet:
        return Idea.objects.visible_to(self.request.user).filter(forum=self.forum).for_reading()


class IdeaList(IdeasOfForum, ListView):
    extra_context = {"section": "forums"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = sum(not idea.is_published for idea in self.object_list)
        return super().get_context_data(forum=self.forum, drafts=drafts, **kwargs)


class IdeaFile(IdeasOfForum):
    """The same cards as the page shows, as a file."""

    def get(self, request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
        name, rows = f"{slug}-ideas", ideas.rows(self.get_queryset())
        if format == "json":
            return json_response(name, ideas.COLUMNS, rows)
        if format == "xlsx":
            sheet = Sheet("Idea cards", ideas.COLUMNS, rows, ideas.WIDTHS)
            return xlsx_response(name, f"Idea cards of {self.forum}", [sheet])
        return csv_response(name, ideas.COLUMNS, rows)


class IdeaCard(StaffRequired, DetailView):
    """An empty card to print, for people to fill in at a table."""

    model = Forum
    template_name = "stp_feedback/idea_card.html"
    extra_context = {"questions": [question(name) for name in CARD]}


class IdeaEdit(StaffRequired, UpdateView):
    """Changes a card, or writes one down where the address names none."""

    form_class = IdeaForm
    template_name = "stp_feedback/idea_form.html"
    context_object_name = "idea"

    def get_object(self, queryset: Any = None) -> Idea:
        if "slug" in self.kwargs:
            return Idea(forum=get_object_or_404(Forum, slug=self.kwargs["slug"]))
        return get_object_or_404(Idea.objects.select_related("forum"), pk=self.kwargs["pk"])

    def form_valid(self, form: IdeaForm) -> HttpResponse:
        form.save()
        messages.success(self.request, "The idea card is saved.")
        return redirect(form.instance)

    def form_invalid(self, form: IdeaForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class IdeaDelete(StaffRequired, DetailView):
    """After a look at it."""

    queryset = Idea.objects.for_reading()
    template_name = "stp_feedback/idea_delete.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        idea: Idea = self.get_object()
        idea.delete()
        messages.success(request, f"The idea card is deleted: {idea}.")
        return redirect("stp_feedback:ideas", idea.forum.slug)


class IdeaPublish(StaffRequired, View):
    """Shows the drafts of a forum to everybody."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        published = ideas.publish(get_object_or_404(Forum, slug=slug))
        messages.success(request, f"{count(published, 'idea card')} published.")
        return redirect("stp_feedback:ideas", slug)


class IdeaOffer(StaffRequired, View):
    """Makes the draft of an entry from a card."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = ideas.offer(get_object_or_404(Idea, pk=pk), by=request.user)  # type: ignore[arg-type]
        messages.success(request, "This is the draft that came of the idea. Nobody but staff can read it yet.")
        return redirect("initiatives:moderation_edit", entry.pk)
