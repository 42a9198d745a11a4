"""Typing the cards of a forum, one after the other, without leaving the keyboard."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import DetailView, FormView, View

from commitments import cards, commitments
from commitments.forms.cards import CardCheckForm, CardForm
from commitments.models import Commitment
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum

LAST_SHOWN = 10


class CardEntry(StaffRequired, FormView):
    template_name = "commitments/card_entry.html"
    form_class = CardForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.forum = get_object_or_404(
            Forum.objects.prefetch_related("forumkeytheme_set__key_theme"), slug=kwargs["slug"]
        )
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"forum": self.forum, "stay_with": self.request.GET.get("person", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = Commitment.objects.standing().filter(attendee__forum=self.forum)
        last = made.select_related("attendee").prefetch_related("key_themes", "co_owners__attendee")
        return super().get_context_data(
            forum=self.forum,
            typed=made.count(),
            effort=cards.effort(self.forum),
            last=last.order_by("-pk")[:LAST_SHOWN],
            **kwargs,
        )

    @transaction.atomic
    def form_valid(self, form: CardForm) -> HttpResponse:
        commitment = form.record(by=self.request.user)  # type: ignore[arg-type]
        others = ", ".join(str(person) for person in form.co_owners)
        of = f"{commitment.attendee}, with {others}" if others else commitment.attendee
        messages.success(self.request, f"Saved: commitment {commitment.position} of {of}.")
        return redirect(f"{reverse('commitments:cards', args=[self.forum.slug])}?person={commitment.attendee_id}")

    def form_invalid(self, form: CardForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CardCheckList(StaffRequired, DetailView):
    """A sample of the cards, for a second person to hold the paper beside them."""

    template_name = "commitments/card_check_list.html"
    model = Forum

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sample = cards.sample(self.object)
        checked = [card for card in sample if hasattr(card, "card_check")]
        return super().get_context_data(
            waiting=[card for card in sample if card not in checked],
            checked=checked,
            differing=[card for card in checked if card.card_check.reads_as],
            **kwargs,
        )


class CardCheckOne(StaffRequired, FormView):
    template_name = "commitments/card_check.html"
    form_class = CardCheckForm

    @property
    def commitment(self) -> Commitment:
        typed = Commitment.objects.filter(typed_card__isnull=False).select_related("attendee__forum", "typed_card__by")
        return get_object_or_404(typed, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(commitment=self.commitment, **kwargs)

    def form_valid(self, form: CardCheckForm) -> HttpResponse:
        commitment = self.commitment
        try:
            cards.check(commitment, reads_as=form.cleaned_data["reads_as"], by=self.request.user)  # type: ignore[arg-type]
        except cards.CannotCheckError as problem:
            messages.error(self.request, str(problem))
        else:
            messages.success(self.request, "The check is kept.")
        return redirect("commitments:card_checks", commitment.attendee.forum.slug)

    def form_invalid(self, form: CardCheckForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CardUndo(StaffRequired, View):
    """Takes a card back that was just typed. Once it is answered it can only be withdrawn."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        commitment = get_object_or_404(Commitment.objects.select_related("attendee__forum"), pk=pk)
        forum = commitment.attendee.forum
        if commitments.take_back(commitment, by=request.user):  # type: ignore[arg-type]
            messages.success(request, "The card is taken back.")
        else:
            messages.error(request, "This commitment has been answered. Withdraw it instead.")
        return redirect(f"{reverse('commitments:cards', args=[forum.slug])}?person={commitment.attendee_id}")
