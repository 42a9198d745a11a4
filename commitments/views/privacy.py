"""What is held about a person: the pack they may ask for, and the erasure that takes two people."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView, FormView, View

from commitments import personal_data, privacy
from commitments.exports import ERASURES
from commitments.filters import ErasureFilter
from commitments.forms.privacy import ErasureForm
from commitments.forms.reasons import DownloadForm
from commitments.models import Attendee, Commitment, Erasure, PeopleDownload
from commitments.views.people_lists import PeopleList
from senate_portal.accounts.access import AdministratorRequired, StaffRequired


class AboutAttendee(StaffRequired, FormView):
    @property
    def attendee(self) -> Attendee:
        return get_object_or_404(Attendee.objects.select_related("forum"), pk=self.kwargs["pk"], erased_at=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        attendee = self.attendee
        people = privacy.same_person(attendee).select_related("forum")
        return super().get_context_data(attendee=attendee, people=people, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AccessPack(AboutAttendee):
    """A file for the person who asked what we hold about them."""

    template_name = "commitments/access_pack.html"
    form_class = DownloadForm

    def form_valid(self, form: DownloadForm) -> HttpResponse:
        attendee = self.attendee
        PeopleDownload.objects.create(
            what=f"All that is held about attendee {attendee.pk}",
            why=form.cleaned_data["why"],
            rows=1,
            by=self.request.user,  # type: ignore[misc]
        )
        return JsonResponse(
            personal_data.pack(attendee, timezone.now()),
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": f'attachment; filename="attendee-{attendee.pk}.json"'},
        )


class ErasurePrepare(AboutAttendee):
    template_name = "commitments/erasure_prepare.html"
    form_class = ErasureForm

    def get_form_kwargs(self) -> dict[str, Any]:
        people = privacy.same_person(self.attendee)
        return super().get_form_kwargs() | {"commitments": Commitment.objects.filter(attendee__in=people)}

    def form_valid(self, form: ErasureForm) -> HttpResponse:
        kept = [commitment.pk for commitment in form.cleaned_data["kept"]]
        privacy.prepare(self.attendee, kept_texts=kept, by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "The erasure is prepared. An administrator other than you executes it.")
        return redirect("commitments:erasures")


class ErasureList(PeopleList):
    template_name = "commitments/erasure_list.html"
    filterset_class = ErasureFilter
    file = ERASURES
    queryset = Erasure.objects.select_related("attendee__forum", "prepared_by", "executed_by")


class ErasureExecute(AdministratorRequired, DetailView):
    template_name = "commitments/erasure_execute.html"
    context_object_name = "erasure"
    queryset = Erasure.objects.waiting().select_related("attendee", "prepared_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = privacy.same_person(self.object.attendee).select_related("forum")
        commitments: QuerySet[Commitment] = Commitment.objects.filter(attendee__in=people)
        return super().get_context_data(people=people, commitments=commitments, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            privacy.execute(self.get_object(), by=request.user)  # type: ignore[arg-type]
        except privacy.CannotEraseError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "Their details are erased.")
        return redirect("commitments:erasures")


class ErasureCancel(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(Erasure.objects.waiting(), pk=pk).delete()
        messages.success(request, "Nothing is erased.")
        return redirect("commitments:erasures")
