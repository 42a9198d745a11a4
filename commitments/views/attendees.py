"""People of a forum and what they promised, as staff record and correct them."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import DetailView, FormView, TemplateView, UpdateView, View

from commitments import commitments, history, merging
from commitments.exports import ATTENDEES
from commitments.filters import AttendeeFilter
from commitments.forms.attendees import AttendeeForm, OtherPersonForm
from commitments.forms.commitments import BoxFormSet, CommitmentForm
from commitments.forms.reasons import ReasonForm
from commitments.models import Attendee, Commitment
from commitments.views.people_lists import PeopleList
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum

STANDING = Q(commitments__withdrawn_at=None, commitments__isnull=False)


class AttendeeList(PeopleList):
    template_name = "commitments/attendee_list.html"
    filterset_class = AttendeeFilter
    file = ATTENDEES
    queryset = Attendee.objects.select_related("forum", "area").annotate(
        commitment_count=Count("commitments", filter=STANDING, distinct=True),
        answered_count=Count("commitments", filter=STANDING & Q(commitments__answers__isnull=False), distinct=True),
    )


class AttendeeAdd(StaffRequired, TemplateView):
    """A person and, at once, the commitments on their card."""

    template_name = "commitments/attendee_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forum = self.forum
        kwargs.setdefault("form", AttendeeForm(initial={"came": True}, instance=Attendee(forum=forum)))
        kwargs.setdefault("boxes", BoxFormSet(prefix="commitment"))
        return super().get_context_data(forum=forum, **kwargs)

    @property
    def forum(self) -> Forum:
        forum: Forum = get_object_or_404(Forum, slug=self.kwargs["slug"])
        return forum

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forum = self.forum
        form = AttendeeForm(request.POST, instance=Attendee(forum=forum))
        boxes = BoxFormSet(request.POST, prefix="commitment")
        if not (form.is_valid() and boxes.is_valid()):
            return self.render_to_response(self.get_context_data(form=form, boxes=boxes), status=422)
        try:
            attendee, made = self.record(form, boxes)
        except IntegrityError:
            # A second click, or a colleague, was faster than this form's own look at the list.
            form.add_error("email", "Somebody with this email address has just been added to this forum's list.")
            return self.render_to_response(self.get_context_data(form=form, boxes=boxes), status=422)
        messages.success(request, f"{attendee} is on the list, with {made} commitment{'' if made == 1 else 's'}.")
        return redirect("commitments:attendee", attendee.pk)

    @transaction.atomic
    def record(self, form: AttendeeForm, boxes: BaseFormSet) -> tuple[Attendee, int]:
        user = self.request.user
        assert user.is_authenticated  # noqa: S101 - for mypy; StaffRequired has seen to it
        attendee = form.record(by=user)
        texts = [box.cleaned_data["text"] for box in boxes if box.cleaned_data.get("text")]
        for text in texts:
            commitments.make(Commitment(attendee=attendee, text=text), by=user)
        return attendee, len(texts)


class AttendeeDetail(StaffRequired, DetailView):
    """One person: commitments with their answers, messages, and who changed what."""

    template_name = "commitments/attendee_detail.html"
    context_object_name = "attendee"

    def get_queryset(self) -> QuerySet[Attendee]:
        return history.prefetched()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(changes=history.of(self.object), **kwargs)


class AttendeeEdit(StaffRequired, UpdateView):
    template_name = "commitments/attendee_form.html"
    form_class = AttendeeForm
    context_object_name = "attendee"
    queryset = Attendee.objects.filter(erased_at=None).select_related("forum")

    def form_valid(self, form: AttendeeForm) -> HttpResponse:
        attendee = form.record(by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, f"The details of {attendee} are saved.")
        return redirect("commitments:attendee", attendee.pk)

    def form_invalid(self, form: AttendeeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AttendeeMerge(StaffRequired, FormView):
    """Two rows are one person: first shows both, the button there makes them one."""

    template_name = "commitments/attendee_merge.html"
    form_class = OtherPersonForm

    @property
    def attendee(self) -> Attendee:
        return get_object_or_404(Attendee.objects.select_related("forum"), pk=self.kwargs["pk"], erased_at=None)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"attendee": self.attendee}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(attendee=self.attendee, **kwargs)

    def form_valid(self, form: OtherPersonForm) -> HttpResponse:
        kept, other = self.attendee, form.cleaned_data["person"]
        if "confirmed" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, other=other))
        try:
            merging.merge(kept, other, by=self.request.user)  # type: ignore[arg-type]
        except merging.CannotMergeError as problem:
            messages.error(self.request, str(problem))
        else:
            messages.success(self.request, f"They are one person now: {kept}.")
        return redirect("commitments:attendee", kept.pk)

    def form_invalid(self, form: OtherPersonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AttendeeStop(StaffRequired, DetailView):
    """Somebody told us, by phone or in a reply, that they want no more emails."""

    template_name = "commitments/attendee_stop.html"
    context_object_name = "attendee"
    queryset = Attendee.objects.filter(erased_at=None).select_related("forum")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        attendee = self.get_object()
        commitments.stop_writing_to(attendee, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{attendee} will get no more emails.")
        return redirect("commitments:attendee", attendee.pk)


class AttendeeEndLinks(StaffRequired, View):
    """Their link fell into the wrong hands."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        attendee = get_object_or_404(Attendee, pk=pk, erased_at=None)
        commitments.end_links(attendee)
        messages.success(
            request,
            f"No link mailed to {attendee} works now. The next email brings a new one, and they can ask for one.",
        )
        return redirect("commitments:attendee", attendee.pk)


class CommitmentAdd(StaffRequired, FormView):
    template_name = "commitments/commitment_form.html"
    form_class = CommitmentForm

    @property
    def attendee(self) -> Attendee:
        return get_object_or_404(Attendee.objects.select_related("forum"), pk=self.kwargs["pk"], erased_at=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(attendee=self.attendee, **kwargs)

    def form_valid(self, form: CommitmentForm) -> HttpResponse:
        commitment = form.record(self.attendee, by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, f"Commitment {commitment.position} is saved.")
        return redirect("commitments:attendee", commitment.attendee_id)

    def form_invalid(self, form: CommitmentForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CommitmentEdit(StaffRequired, UpdateView):
    """Correct a slip of typing. History keeps both wordings."""

    template_name = "commitments/commitment_form.html"
    form_class = CommitmentForm
    context_object_name = "commitment"
    queryset = Commitment.objects.select_related("attendee__forum")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(attendee=self.object.attendee, **kwargs)

    def get_success_url(self) -> str:
        messages.success(self.request, f"Commitment {self.object.position} is corrected.")
        return reverse("commitments:attendee", args=[self.object.attendee_id])

    def form_invalid(self, form: CommitmentForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CommitmentWithdraw(StaffRequired, FormView):
    template_name = "commitments/commitment_withdraw.html"
    form_class = ReasonForm

    @property
    def commitment(self) -> Commitment:
        return get_object_or_404(Commitment.objects.select_related("attendee__forum"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(commitment=self.commitment, **kwargs)

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        commitment = self.commitment
        commitments.withdraw(commitment, why=form.cleaned_data["why"], by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, f"Commitment {commitment.position} is withdrawn. You can reinstate it below.")
        return redirect("commitments:attendee", commitment.attendee_id)

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CommitmentReinstate(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        commitment = get_object_or_404(Commitment, pk=pk)
        commitments.reinstate(commitment, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"Commitment {commitment.position} stands again.")
        return redirect("commitments:attendee", commitment.attendee_id)
