"""What staff let others know of the answers: stories, where an initiative was taken up, and the closing summary."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, View

from commitments import closing, spread, stories, tasks
from commitments.exports import STORIES, TAKE_UPS
from commitments.filters import StoryFilter, TakeUpFilter
from commitments.forms.telling import StoryForm, SummaryForm, TakeUpForm
from commitments.models import Answer, ClosingSummary, Story, Wave
from commitments.views.people_lists import PeopleList
from senate_portal.accounts.access import StaffRequired


class StoryList(PeopleList):
    template_name = "commitments/story_list.html"
    filterset_class = StoryFilter
    file = STORIES
    queryset = Story.objects.select_related(
        "answer__commitment__attendee__forum", "initiative", "written_by", "approved_by"
    ).prefetch_related("answer__commitment__attendee__consents")


class AboutAnswer(StaffRequired, FormView):
    """A form about one answer."""

    @property
    def answer(self) -> Answer:
        answers = Answer.objects.select_related("commitment__attendee__forum", "commitment__attendee__area", "took_up")
        return get_object_or_404(answers.filter(held_text=None) | answers.exclude(held_text__decision=""), pk=self.pk)

    @property
    def pk(self) -> int:
        return int(self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(answer=self.answer, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class StoryWrite(AboutAnswer):
    template_name = "commitments/story_form.html"
    form_class = StoryForm

    def get_initial(self) -> dict[str, Any]:
        answer = self.answer
        story = Story.objects.filter(answer=answer).first()
        if story:
            return {"title": story.title, "text": story.text, "initiative": story.initiative_id}
        named = answer.took_up_id or answer.commitment.inspired_by_id
        return {"text": answer.what_happened, "initiative": named}

    def form_valid(self, form: StoryForm) -> HttpResponse:
        stories.write(self.answer, **form.cleaned_data, by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "The story is kept. A colleague approves it for publication.")
        return redirect("commitments:stories")


class StoryDecide(StaffRequired, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        story = get_object_or_404(Story.objects.select_related("answer__commitment"), pk=pk)
        if request.POST.get("decision") == "take-down":
            stories.take_down(story)
            messages.success(request, "The story is taken down.")
            return redirect("commitments:stories")
        try:
            stories.approve(story, by=request.user)  # type: ignore[arg-type]
        except stories.CannotPublishError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "The story is approved.")
        return redirect("commitments:stories")


class TakeUpList(PeopleList):
    """Answers that tell of an initiative taken up, and whose place is not released."""

    template_name = "commitments/take_up_list.html"
    filterset_class = TakeUpFilter
    file = TAKE_UPS

    def get_queryset(self) -> Any:
        return spread.to_release()


class TakeUpRelease(AboutAnswer):
    template_name = "commitments/take_up_form.html"
    form_class = TakeUpForm

    def get_initial(self) -> dict[str, Any]:
        area = self.answer.commitment.attendee.area
        return {"place": area.name if area else ""}

    def form_valid(self, form: TakeUpForm) -> HttpResponse:
        spread.release(self.answer, **form.cleaned_data, by=self.request.user)  # type: ignore[arg-type]
        messages.success(self.request, "The place shows on the initiative's page now.")
        return redirect("commitments:take_ups")


class SummarySend(StaffRequired, FormView):
    """Shows what participants would read and how many of them; the button sends it, once."""

    template_name = "commitments/summary_send.html"
    form_class = SummaryForm

    @property
    def wave(self) -> Wave:
        return get_object_or_404(Wave.objects.closed().select_related("forum"), forum__slug=self.kwargs["slug"])

    def get_initial(self) -> dict[str, Any]:
        return {"text": closing.suggested(self.wave)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = self.wave
        sent = ClosingSummary.objects.filter(wave=wave).select_related("by").first()
        people = closing.to_be_told(wave).count()
        return super().get_context_data(wave=wave, forum=wave.forum, sent=sent, people=people, **kwargs)

    def form_valid(self, form: SummaryForm) -> HttpResponse:
        wave = self.wave
        try:
            number = closing.tell(wave, text=form.cleaned_data["text"], by=self.request.user)  # type: ignore[arg-type]
        except closing.CannotTellError as problem:
            messages.error(self.request, str(problem))
        else:
            transaction.on_commit(tasks.nudge)
            messages.success(self.request, f"The summary is on its way to {number} people.")
        return redirect("commitments:wave", wave.forum.slug)

    def form_invalid(self, form: SummaryForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
