"""Who made a commitment together with the person it stands with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from commitments.forms.attendees import OtherPersonForm
from commitments.models import Commitment
from senate_portal.accounts.access import StaffRequired


class CommitmentSharing(StaffRequired, FormView):
    template_name = "commitments/commitment_sharing.html"
    form_class = OtherPersonForm

    @property
    def commitment(self) -> Commitment:
        standing = Commitment.objects.standing().select_related("attendee__forum")
        return get_object_or_404(standing, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"attendee": self.commitment.attendee}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        commitment = self.commitment
        sharing = commitment.co_owners.select_related("attendee")
        return super().get_context_data(commitment=commitment, sharing=sharing, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        removed = request.POST.get("remove", "")
        if not removed:
            return super().post(request, *args, **kwargs)
        commitment = self.commitment
        if removed.isdecimal() and len(removed) < 10:
            commitment.co_owners.filter(pk=removed).delete()
        messages.success(request, "It is theirs no more.")
        return redirect("commitments:commitment_sharing", commitment.pk)

    def form_valid(self, form: OtherPersonForm) -> HttpResponse:
        commitment, person = self.commitment, form.cleaned_data["person"]
        commitment.co_owners.get_or_create(attendee=person)
        messages.success(self.request, f"{person} shares it. Any of them may answer.")
        return redirect("commitments:commitment_sharing", commitment.pk)

    def form_invalid(self, form: OtherPersonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
