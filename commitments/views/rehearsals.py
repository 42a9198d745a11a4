"""Who gets which email of a follow-up, before anything leaves, and as the receipt beside what became of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.views.generic import View
from django_filters.views import FilterView

from commitments.exports import REHEARSAL_COLUMNS, hand_out, rehearsal_rows
from commitments.filters import RehearsalFilter
from commitments.forms.reasons import DownloadForm
from commitments.models import Wave
from commitments.rehearsals import Rehearsal
from senate_portal.accounts.access import StaffRequired


class OfWave:
    kwargs: dict[str, Any]

    @cached_property
    def rehearsal(self) -> Rehearsal:
        return Rehearsal.of(get_object_or_404(Wave.objects.select_related("forum"), forum__slug=self.kwargs["slug"]))


class RehearsalPage(OfWave, StaffRequired, FilterView):  # type: ignore[misc]
    template_name = "commitments/rehearsal.html"
    filterset_class = RehearsalFilter
    paginate_by = 100

    def get_queryset(self) -> Any:
        return self.rehearsal.people

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = self.rehearsal.wave
        context: dict[str, Any] = super().get_context_data(
            wave=wave, forum=wave.forum, rehearsal=self.rehearsal, counts=self.rehearsal.counts(), **kwargs
        )
        context["lines"] = [self.rehearsal.line(attendee) for attendee in context["object_list"]]
        return context


class RehearsalDownload(OfWave, StaffRequired, View):
    """The list as a file, with the filters of the page, for a reason that is kept."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.ask(DownloadForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        form = DownloadForm(request.POST)
        people = RehearsalFilter(request.GET, queryset=self.rehearsal.people)
        if not form.is_valid() or not people.is_valid():
            return self.ask(form, status=422)
        return hand_out(
            name=f"rehearsal-{slug}",
            what="The rehearsal of a follow-up",
            columns=REHEARSAL_COLUMNS,
            rows=list(rehearsal_rows(self.rehearsal, people.qs)),
            why=form.cleaned_data["why"],
            as_excel=request.POST.get("format") == "xlsx",
            by=request.user,  # type: ignore[arg-type]
        )

    def ask(self, form: DownloadForm, status: int = 200) -> HttpResponse:
        wave = self.rehearsal.wave
        context = {"form": form, "heading": "Download the rehearsal", "wave": wave, "forum": wave.forum}
        return render(self.request, "commitments/people_download.html", context, status=status)
