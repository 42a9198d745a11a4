"""What staff decide about emails: one that is in doubt, and whether any may leave at all."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, View

from commitments import outbox, tasks
from commitments.forms.reasons import ReasonForm
from commitments.models import Message
from senate_portal.accounts.access import StaffRequired


class MessageDecision(StaffRequired, View):
    http_method_names = ["post"]
    success = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = get_object_or_404(Message.objects.select_related("attendee", "wave"), pk=pk)
        try:
            self.decide(message)
        except outbox.CannotSendError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, self.success)
        return redirect("commitments:attendee", message.attendee_id)

    def decide(self, message: Message) -> None:
        raise NotImplementedError


class MessageSendAgain(MessageDecision):
    success = "The email will be sent again."

    def decide(self, message: Message) -> None:
        outbox.send_again(message, by=self.request.user)  # type: ignore[arg-type]
        transaction.on_commit(tasks.nudge)


class MessageCountAsSent(MessageDecision):
    success = "The email is counted as sent."

    def decide(self, message: Message) -> None:
        outbox.count_as_sent(message, by=self.request.user)  # type: ignore[arg-type]


class SendingPause(StaffRequired, FormView):
    template_name = "commitments/sending_pause.html"
    form_class = ReasonForm

    def get_success_url(self) -> str:
        return reverse("commitments:staff")

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        outbox.pause(why=form.cleaned_data["why"], by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "Sending is paused. Nothing leaves, for any forum.")
        return super().form_valid(form)

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SendingResume(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        outbox.resume(by=request.user)  # type: ignore[arg-type]
        tasks.nudge()
        messages.success(request, "Sending goes on.")
        return redirect("commitments:staff")
