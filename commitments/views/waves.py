"""The follow-up of a forum, as staff watch and steer it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView, FormView, TemplateView, View
from django_filters.views import FilterView

from commitments import emails, follow_ups, reports, tasks
from commitments.filters import AnswerFilter, MessageFilter
from commitments.forms import ReasonForm, ReleaseForm, WaveDatesForm
from commitments.models import Answer, Attendee, Commitment, Message, Wave
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum


class WaveDetail(StaffRequired, DetailView):
    template_name = "commitments/wave_detail.html"
    slug_field = "forum__slug"
    context_object_name = "wave"
    queryset = Wave.objects.select_related("forum", "released_by", "release_asked_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = self.object
        states = dict(wave.messages.values_list("state").annotate(Count("pk")).order_by())
        return super().get_context_data(
            forum=wave.forum,
            follow_up=reports.outcomes(wave, for_staff=True),
            states=[(state, states[state.value]) for state in Message.State if state.value in states],
            reminders=[wave.reminder_due_on(step) for step in range(1, len(wave.reminder_offsets) + 1)],
            today=timezone.localdate(),
            waiting=follow_ups.to_be_written_to(wave).count(),
            **kwargs,
        )


class WavePlan(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        forum = get_object_or_404(Forum, slug=slug)
        try:
            wave = follow_ups.plan(forum, by=request.user)  # type: ignore[arg-type]
        except follow_ups.CannotFollowUpError as problem:
            messages.error(request, str(problem))
            return redirect("commitments:workspace", slug)
        messages.success(request, f"The follow-up of {forum} is planned.")
        return redirect("commitments:wave", wave.forum.slug)


class WaveChange(StaffRequired, FormView):
    """One thing done to a wave, after a page that says what it will do."""

    form_class: type[Form] = ReasonForm
    template_name = "commitments/wave_change.html"

    @property
    def wave(self) -> Wave:
        return get_object_or_404(Wave.objects.select_related("forum"), forum__slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = self.wave
        return super().get_context_data(wave=wave, forum=wave.forum, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        wave = self.wave
        try:
            self.change(wave, form)
        except follow_ups.CannotFollowUpError as problem:
            messages.error(self.request, str(problem))
        return redirect("commitments:wave", wave.forum.slug)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def change(self, wave: Wave, form: Form) -> None:
        raise NotImplementedError


class WaveHold(WaveChange):
    extra_context = {"action": "hold"}

    def change(self, wave: Wave, form: Form) -> None:
        follow_ups.hold(wave, why=form.cleaned_data["why"], by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "The follow-up is held. Nothing leaves until you release it.")


class WaveStop(WaveChange):
    extra_context = {"action": "stop"}

    def change(self, wave: Wave, form: Form) -> None:
        follow_ups.stop(wave, why=form.cleaned_data["why"], by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "The follow-up is stopped. What had not left is cancelled.")


class WaveRelease(WaveChange):
    form_class = ReleaseForm
    template_name = "commitments/wave_release.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": follow_ups.to_be_written_to(self.wave).count()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(release=reports.release(self.wave), **kwargs)

    def change(self, wave: Wave, form: Form) -> None:
        if follow_ups.release(wave, by=self.request.user):  # type: ignore[arg-type]
            tasks.nudge()
            messages.success(self.request, "The follow-up is released.")
        else:
            messages.success(self.request, "You have asked for the release. A colleague must now release it too.")


class WaveDates(WaveChange):
    form_class = WaveDatesForm
    template_name = "commitments/wave_dates.html"

    def get_initial(self) -> dict[str, Any]:
        return WaveDatesForm.values_of(self.wave)

    def change(self, wave: Wave, form: Form) -> None:
        assert isinstance(form, WaveDatesForm)  # noqa: S101 - for mypy
        follow_ups.reschedule(wave, dates=form.dates(), why=form.cleaned_data["why"], by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "The dates are saved. What has left stays as it is.")


class EmailPreview(StaffRequired, TemplateView):
    """The email as one person of the wave will see it, with no working link in it."""

    template_name = "commitments/email_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = get_object_or_404(Wave.objects.select_related("forum"), forum__slug=self.kwargs["slug"])
        people = Attendee.objects.filter(forum=wave.forum_id).reachable().with_commitments().order_by("name", "pk")
        chosen = self.request.GET.get("person", "")
        attendee = (people.filter(pk=chosen) if chosen.isdecimal() and len(chosen) < 10 else people).first()
        letters = []
        if attendee:
            attendee.forum = wave.forum
            words = list(Commitment.objects.standing().filter(attendee=attendee))
            letters = [emails.ask(attendee, wave, words), emails.reminder(attendee, wave, words)]
        return super().get_context_data(
            wave=wave, forum=wave.forum, attendee=attendee, people=people[:200], letters=letters, **kwargs
        )


class MessageList(StaffRequired, FilterView):  # type: ignore[misc]
    template_name = "commitments/message_list.html"
    filterset_class = MessageFilter
    paginate_by = 50
    queryset = Message.objects.select_related("attendee", "wave__forum").order_by("-not_before", "-pk")


class AnswerList(StaffRequired, FilterView):  # type: ignore[misc]
    """The answers that stand, newest first."""

    template_name = "commitments/answer_list.html"
    filterset_class = AnswerFilter
    paginate_by = 50
    queryset = (
        Answer.objects.current()
        .select_related("commitment__attendee__forum", "by", "took_up", "held_text")
        .prefetch_related("helped", "hindered")
        .order_by("-answered_at", "-pk")
    )
