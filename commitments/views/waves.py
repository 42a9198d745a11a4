"""The follow-up of a forum, as staff watch and steer it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import DetailView, FormView, TemplateView, View

from commitments import emails, follow_ups, reports, tasks, wordings
from commitments.exports import ANSWERS, MESSAGES
from commitments.filters import AnswerFilter, MessageFilter
from commitments.forms.reasons import ReasonForm
from commitments.forms.waves import ReleaseForm, WaveDatesForm, WordingForm
from commitments.models import Answer, Attendee, Commitment, Message, Wave, Wording
from commitments.views.people_lists import PeopleList
from senate_portal.accounts.access import StaffRequired
from senate_portal.lib import bells
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


class OnePerson(StaffRequired):
    """A wave's emails as one of its people will see them, with no working link in them."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def wave(self) -> Wave:
        return get_object_or_404(Wave.objects.select_related("forum"), forum__slug=self.kwargs["slug"])

    @cached_property
    def people(self) -> QuerySet[Attendee]:
        return Attendee.objects.filter(forum=self.wave.forum_id).reachable().order_by("name", "pk")

    def example(self, people: QuerySet[Attendee]) -> Attendee | None:
        """The person chosen, or else the first."""
        chosen = self.request.GET.get("person", "")
        attendee = (people.filter(pk=chosen) if chosen.isdecimal() and len(chosen) < 10 else people).first()
        if attendee:
            attendee.forum = self.wave.forum
        return attendee

    def letter_to(self, attendee: Attendee, letter: str, wording: Wording | None) -> emails.Letter:
        words = list(Commitment.objects.standing().with_others().filter(attendee=attendee))
        if wording:
            return emails.in_own_words(wording, attendee, self.wave, words)
        if letter == Wording.Letter.WITHOUT:
            return emails.without_commitment(attendee, self.wave)
        write = emails.ask if letter == Wording.Letter.ASK else emails.reminder
        return write(attendee, self.wave, words)

    def who_gets(self, letter: str) -> QuerySet[Attendee]:
        with_commitments = Exists(Attendee.objects.with_commitments().filter(pk=OuterRef("pk")))
        if letter == Wording.Letter.WITHOUT:
            return self.people.exclude(with_commitments)
        return self.people.filter(with_commitments)


class EmailPreview(OnePerson, TemplateView):
    template_name = "commitments/email_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self.who_gets(Wording.Letter.ASK)
        attendee = self.example(people)
        without = self.who_gets(Wording.Letter.WITHOUT).first() if self.wave.asks_those_without else None
        own = Wording.objects.current(self.wave)
        letters = []
        for letter in Wording.Letter:
            reader = without if letter == Wording.Letter.WITHOUT else attendee
            if reader:
                reader.forum = self.wave.forum
                letters.append((letter, own.get(letter), self.letter_to(reader, letter, own.get(letter))))
        return super().get_context_data(
            wave=self.wave,
            forum=self.wave.forum,
            attendee=attendee,
            people=people[:200],
            letters=letters,
            may_change=self.wave.state not in Wave.ENDED,
            **kwargs,
        )

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Sends one letter to whoever looks at it."""
        letter = request.POST.get("letter", "")
        attendee = self.example(self.who_gets(letter)) if letter in Wording.Letter else None
        if attendee is None:
            messages.error(request, "Nobody would get this email, so there is nothing to try.")
        else:
            bells.after_commit(tasks.send_trial, letter, attendee.pk, request.user.pk)
            messages.success(request, "It is on its way to you. Its link leads nowhere.")
        return redirect(f"{request.path}{'?' if request.GET else ''}{request.GET.urlencode()}")


class WordingEdit(OnePerson, FormView):
    template_name = "commitments/wording_form.html"
    form_class = WordingForm

    @cached_property
    def letter(self) -> Wording.Letter:
        if self.kwargs["letter"] not in Wording.Letter:
            raise Http404
        return Wording.Letter(self.kwargs["letter"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"letter": self.letter}

    def get_initial(self) -> dict[str, Any]:
        own = Wording.objects.current(self.wave).get(self.letter)
        subject, body = (own.subject, own.body) if own else wordings.standard(self.letter)
        return {"subject": subject, "body": body}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = self.wave.wordings.filter(letter=self.letter).select_related("by")
        return super().get_context_data(
            wave=self.wave, forum=self.wave.forum, letter=self.letter, versions=versions, **kwargs
        )

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: Form) -> HttpResponse:
        if "preview" in self.request.POST:
            wording = Wording(wave=self.wave, letter=self.letter, **form.cleaned_data)
            attendee = self.example(self.who_gets(self.letter))
            preview = self.letter_to(attendee, self.letter, wording) if attendee else None
            return self.render_to_response(self.get_context_data(form=form, preview=preview, attendee=attendee))
        return self.write(**form.cleaned_data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "standard" in request.POST:
            return self.write(subject="", body="")
        return super().post(request, *args, **kwargs)

    def write(self, *, subject: str, body: str) -> HttpResponse:
        try:
            wordings.write(self.wave, self.letter, subject=subject, body=body, by=self.request.user)  # type: ignore[arg-type]
        except follow_ups.CannotFollowUpError as problem:
            messages.error(self.request, str(problem))
        else:
            messages.success(self.request, "The wording is saved. Emails that were written already keep theirs.")
        return redirect("commitments:email_preview", self.wave.forum.slug)


class MessageList(PeopleList):
    template_name = "commitments/message_list.html"
    filterset_class = MessageFilter
    file = MESSAGES
    queryset = Message.objects.select_related("attendee", "wave__forum")


class AnswerList(PeopleList):
    """The answers that stand."""

    template_name = "commitments/answer_list.html"
    filterset_class = AnswerFilter
    file = ANSWERS
    queryset = (
        Answer.objects.current()
        .select_related("commitment__attendee__forum", "commitment__attendee__area", "by", "took_up", "held_text")
        .prefetch_related("helped", "hindered")
    )
