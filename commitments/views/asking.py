"""What people told us that asks something of staff: texts held, remarks, and commitments that are not theirs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from commitments import held_texts, passing_on
from commitments.forms.attendees import OtherPersonForm
from commitments.models import Commitment, HeldText, Remark
from senate_portal.accounts.access import StaffRequired

A_PAGE = 50


class Asking(StaffRequired, TemplateView):
    """Three queues, the oldest first, each with pages of its own."""

    template_name = "commitments/asking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = HeldText.objects.waiting().select_related(
            "answer__commitment__attendee__forum", "remark__attendee__forum"
        )
        unsettled = Remark.objects.unsettled().select_related("attendee__forum")
        disowned = Commitment.objects.filter(is_disowned=True).select_related("attendee__forum")
        held = self.page("held", waiting)
        return super().get_context_data(
            held=held,
            texts=[(one, held_texts.texts_of(one.answer or one.remark)) for one in held],
            remarks=self.page("remarks", unsettled),
            disowned=self.page("disowned", disowned.order_by("withdrawn_at", "pk")),
            **kwargs,
        )

    def page(self, name: str, rows: QuerySet) -> Page:
        return Paginator(rows, A_PAGE).get_page(self.request.GET.get(name))


class HeldTextDecide(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = get_object_or_404(HeldText.objects.waiting().select_related("answer", "remark"), pk=pk)
        if request.POST.get("decision") == HeldText.Decision.MASKED:
            held_texts.mask(held, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "The number or address is taken out, and the rest released.")
        else:
            held_texts.release(held, by=request.user)  # type: ignore[arg-type]
            messages.success(request, "The text is released as it is.")
        return redirect("commitments:asking")


class RemarkSettle(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        remark = get_object_or_404(Remark, pk=pk)
        Remark.objects.unsettled().filter(pk=remark.pk).update(seen_by=request.user, seen_at=timezone.now())
        messages.success(request, "It is marked as dealt with.")
        return redirect("commitments:asking")


class CommitmentMove(StaffRequired, FormView):
    """Give a commitment to whoever made it."""

    template_name = "commitments/commitment_move.html"
    form_class = OtherPersonForm

    @property
    def commitment(self) -> Commitment:
        return get_object_or_404(Commitment.objects.select_related("attendee__forum"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"attendee": self.commitment.attendee}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(commitment=self.commitment, **kwargs)

    def form_valid(self, form: OtherPersonForm) -> HttpResponse:
        commitment, attendee = self.commitment, form.cleaned_data["person"]
        passing_on.move(commitment, attendee, by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, f"The commitment is {attendee}'s now.")
        return redirect("commitments:attendee", attendee.pk)

    def form_invalid(self, form: OtherPersonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
