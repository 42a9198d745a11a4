"""Who has not answered, and what staff do about it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import FormView, View

from commitments import answers, chasing, history, tasks
from commitments.exports import TIMELINE_COLUMNS, UNANSWERED, hand_out, timeline_rows
from commitments.filters import ChaseFilter
from commitments.forms.answers import OnBehalfForm
from commitments.forms.chasing import ChaseForm
from commitments.forms.reasons import DownloadForm
from commitments.models import Attendee, Commitment
from commitments.views.people_lists import PeopleList
from senate_portal.accounts.access import StaffRequired

MOST_AT_ONCE = 500


class ChaseList(PeopleList):
    template_name = "commitments/chase_list.html"
    filterset_class = ChaseFilter
    file = UNANSWERED
    paginate_by = 100

    def get_queryset(self) -> Any:
        return chasing.unanswered()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["people"] = [(attendee, chasing.why_silent(attendee)) for attendee in context["object_list"]]
        return context


class ChaseNow(StaffRequired, View):
    """First shows who will be written to and who will not; the button there does it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if "everybody" in request.POST:
            listed = ChaseFilter(request.GET, queryset=chasing.unanswered())
            chosen = set(listed.qs.values_list("pk", flat=True)) if listed.is_valid() else set()
        else:
            chosen = {int(pk) for pk in request.POST.getlist("person") if pk.isdecimal() and len(pk) < 10}
        if not chosen:
            messages.error(request, "Tick at least one person.")
            return redirect("commitments:chase")
        people = sorted(chosen)[:MOST_AT_ONCE]
        if "confirmed" not in request.POST:
            context = {"plan": chasing.plan(people, timezone.now()), "people": people}
            return render(request, "commitments/chase_preview.html", context)
        decided = chasing.chase(people, now=timezone.now(), by=request.user)  # type: ignore[arg-type]
        transaction.on_commit(tasks.nudge)
        number = len(decided.chased)
        messages.success(request, f"{number} reminder{' is' if number == 1 else 's are'} on the way.")
        return redirect("commitments:chase")


class TimelineDownload(StaffRequired, View):
    """Everything on a person's page in the order of time, for a reason that is kept."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.ask(pk, DownloadForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        form = DownloadForm(request.POST)
        if not form.is_valid():
            return self.ask(pk, form, status=422)
        attendee = get_object_or_404(history.prefetched(), pk=pk, erased_at=None)
        return hand_out(
            name="timeline",
            what="The timeline of one person",
            columns=TIMELINE_COLUMNS,
            rows=list(timeline_rows(history.of(attendee))),
            why=form.cleaned_data["why"],
            as_excel=request.POST.get("format") == "xlsx",
            by=request.user,  # type: ignore[arg-type]
        )

    def ask(self, pk: int, form: DownloadForm, status: int = 200) -> HttpResponse:
        attendee = get_object_or_404(Attendee.objects.select_related("forum"), pk=pk, erased_at=None)
        heading = f"Download the timeline of {attendee}"
        context = {"form": form, "heading": heading, "attendee": attendee, "forum": attendee.forum}
        return render(self.request, "commitments/people_download.html", context, status=status)


class ChaseLog(StaffRequired, FormView):
    template_name = "commitments/chase_log.html"
    form_class = ChaseForm

    @property
    def attendee(self) -> Attendee:
        return get_object_or_404(Attendee.objects.select_related("forum"), pk=self.kwargs["pk"], erased_at=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(attendee=self.attendee, **kwargs)

    def form_valid(self, form: ChaseForm) -> HttpResponse:
        attendee = self.attendee
        chasing.log(attendee, **form.cleaned_data, by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "It is noted.")
        return redirect("commitments:attendee", attendee.pk)

    def form_invalid(self, form: ChaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AnswerOnBehalf(StaffRequired, FormView):
    """An answer that somebody gave to staff, marked as such. It needs no link and is taken at any time."""

    template_name = "commitments/answer_on_behalf.html"
    form_class = OnBehalfForm

    @property
    def commitment(self) -> Commitment:
        return get_object_or_404(Commitment.objects.select_related("attendee__forum"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        commitment = self.commitment
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return kwargs | {
            "key_themes": answers.key_themes_for(commitment.attendee.forum),
            "answer": commitment.answers.of_present_holder().first(),
            "initiatives": answers.initiatives_for(commitment.attendee),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(commitment=self.commitment, **kwargs)

    def form_valid(self, form: OnBehalfForm) -> HttpResponse:
        commitment = self.commitment
        result = answers.give(
            commitment=commitment,
            given=form.given(),
            seen=form.cleaned_data["seen"],
            via=form.cleaned_data["via"],
            by=self.request.user,  # type: ignore[arg-type]
        )
        if result == answers.Result.STALE:
            messages.error(self.request, "Another answer came in meanwhile, so yours was not saved. Look at it first.")
        else:
            messages.success(self.request, "The answer is saved.")
        return redirect("commitments:attendee", commitment.attendee_id)

    def form_invalid(self, form: OnBehalfForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
