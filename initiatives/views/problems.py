"""What readers and contacts say is wrong with an entry, and what staff make of it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from initiatives import confirming, emails, tasks
from initiatives.forms import ConfirmForm, ProblemForm, ResultForm, SettleForm
from initiatives.models import Confirmation, Initiative, Link, ProblemReport
from initiatives.staff_exports import LINKS, PROBLEMS, SILENT_CONTACTS
from initiatives.staff_filters import LinkFilter, ProblemFilter, SilentContactFilter
from initiatives.views.submitting import HOUR, within_limit
from senate_portal.accounts.access import StaffRequired, behind_link
from senate_portal.accounts.staff_lists import StaffList
from senate_portal.lib import bells

REPORTS_AN_HOUR = 20


class ProblemTell(FormView):
    """Anybody may say that something is wrong with a published entry."""

    template_name = "initiatives/problem_form.html"
    form_class = ProblemForm
    extra_context = {"section": "initiatives"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(entry=self.entry(), **kwargs)

    def entry(self) -> Initiative:
        entry: Initiative = get_object_or_404(Initiative.objects.reachable(), slug=self.kwargs["slug"])
        return entry

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if within_limit(request, "problem", REPORTS_AN_HOUR):
            return super().post(request, *args, **kwargs)
        page = self.get_context_data(too_many=True)
        return self.render_to_response(page, status=429, headers={"Retry-After": str(int(HOUR.total_seconds()))})

    def form_valid(self, form: ProblemForm) -> HttpResponse:
        if form.hints and "anyway" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, hints=form.hints))
        form.instance.initiative = self.entry()
        form.save()
        return render(self.request, "initiatives/problem_told.html", {"entry": form.instance.initiative})

    def form_invalid(self, form: ProblemForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ProblemList(StaffList):
    """What readers and contacts told, the open ones first of all."""

    template_name = "initiatives/problem_list.html"
    filterset_class = ProblemFilter
    file = PROBLEMS
    queryset = ProblemReport.objects.select_related("initiative", "settled_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            silent=Confirmation.objects.silent(timezone.now()).count(),
            broken=Link.objects.exclude(check_result__in=["", Link.CheckResult.WORKS]).count(),
            **kwargs,
        )
        return context


class SilentContactList(StaffList):
    """Contacts who were asked and did not answer."""

    template_name = "initiatives/silent_contact_list.html"
    filterset_class = SilentContactFilter
    file = SILENT_CONTACTS

    def get_queryset(self) -> QuerySet[Confirmation]:
        return Confirmation.objects.silent(timezone.now()).select_related("initiative")


class LinkList(StaffList):
    template_name = "initiatives/link_list.html"
    filterset_class = LinkFilter
    file = LINKS
    queryset = Link.objects.select_related("initiative")


class ProblemSettle(StaffRequired, FormView):
    template_name = "initiatives/problem_settle.html"
    form_class = SettleForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(report=self.report(), **kwargs)

    def report(self) -> ProblemReport:
        return get_object_or_404(ProblemReport.objects.select_related("initiative"), pk=self.kwargs["pk"])

    def form_valid(self, form: SettleForm) -> HttpResponse:
        settled = ProblemReport.objects.open().filter(pk=self.kwargs["pk"])
        now, outcome = timezone.now(), form.cleaned_data["outcome"]
        if settled.update(settled_at=now, settled_by=self.request.user, outcome=outcome):
            report = self.report()
            if emails.may_be_sent(report.email):
                bells.after_commit(tasks.tell_outcome, report.pk)
            messages.success(self.request, "Settled.")
        return redirect("initiatives:problems")

    def form_invalid(self, form: SettleForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(behind_link, name="dispatch")
class Confirm(FormView):
    """The page behind a contact's link. Opening it changes nothing."""

    template_name = "initiatives/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Confirmation.objects.find(kwargs["token"], timezone.now())
        if found is None:
            return render(request, "initiatives/confirm_lost.html", status=404)
        self.confirmation = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(confirmation=self.confirmation, entry=self.confirmation.initiative, **kwargs)

    def get_form_class(self) -> type[ConfirmForm] | type[ResultForm]:
        return ResultForm if self.confirmation.about_result else ConfirmForm

    def form_valid(self, form: ConfirmForm | ResultForm) -> HttpResponse:
        values = form.cleaned_data
        left = values.get("right") == "left"
        changed = "" if values.get("right") == "yes" else values["changed"] or "I have left."
        confirming.answer(self.confirmation, changed=changed, left=left)
        return render(self.request, "initiatives/confirmed.html", {"entry": self.confirmation.initiative})

    def form_invalid(self, form: ConfirmForm | ResultForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
