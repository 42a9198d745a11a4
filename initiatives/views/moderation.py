"""Staff write, review, publish and archive entries."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, TemplateView, View

from initiatives import entries, lookalikes, publishing, versions
from initiatives.models import Initiative
from initiatives.staff_exports import ENTRIES
from initiatives.staff_filters import ModerationFilter
from initiatives.staff_forms import FORMSETS, SECTIONS, InitiativeForm, RestoreForm, StepForm, TakeOutForm
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import User
from senate_portal.accounts.staff_lists import StaffList

DONE = {
    "send": "Sent for review.",
    "return": "Sent back with your comment.",
    "publish": "Published.",
    "archive": "Archived. Nothing was deleted.",
    "plan_archiving": "It is to be archived. Its contacts and the Senate's mailbox are warned twice before.",
    "keep": "It stays in the catalogue.",
    "hide": "Hidden. Nobody but staff can read it.",
}


class ModerationList(StaffList):
    template_name = "initiatives/moderation_list.html"
    filterset_class = ModerationFilter
    file = ENTRIES
    queryset = Initiative.objects.select_related("edited_by", "submission")


class ModerationDetail(StaffRequired, DetailView):
    """The version to review, how it came about, and what may be done with it."""

    template_name = "initiatives/moderation_detail.html"
    queryset = Initiative.objects.select_related("submission", "edited_by", "reviewed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.object
        assert isinstance(self.request.user, User)  # noqa: S101 - for mypy
        others = Initiative.objects.exclude(pk=entry.pk)
        found = versions.of(entry)
        return super().get_context_data(
            seen=versions.latest(entry),
            versions=found,
            said=versions.said(found),
            can_be_taken_out=versions.TEXTS_AND_PARTS,
            steps=publishing.steps_from(entry),
            may_publish=publishing.may_publish(entry, self.request.user),
            alike=entries.listed(lookalikes.nearest(entry.title, areas=entry.areas.all(), among=others)),
            contacts=entry.contacts.select_related("successor"),
            reports=entry.problem_reports.open(),
            **kwargs,
        )


class ModerationEdit(StaffRequired, TemplateView):
    """An entry with all that belongs to it, in one form; without a key, a new draft."""

    template_name = "initiatives/moderation_form.html"
    extra_context = {"sections": SECTIONS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            entry = self.entry()
            kwargs["form"] = InitiativeForm(instance=entry, seen=versions.latest(entry) if entry.pk else 0)
            kwargs["formsets"] = self.formsets(entry)
        return super().get_context_data(entry=kwargs["form"].instance, **kwargs)

    def entry(self) -> Initiative:
        if "pk" not in self.kwargs:
            return Initiative()
        entry: Initiative = get_object_or_404(Initiative, pk=self.kwargs["pk"])
        return entry

    def formsets(self, entry: Initiative, data: Any = None) -> dict[str, BaseFormSet]:
        return {name: formset(data, instance=entry, prefix=name) for name, formset in FORMSETS.items()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101 - for mypy
        entry = self.entry()
        form = InitiativeForm(request.POST, instance=entry)
        formsets = self.formsets(entry, request.POST)
        if not all([form.is_valid(), *(formset.is_valid() for formset in formsets.values())]):
            page = self.get_context_data(form=form, formsets=formsets)
            return self.render_to_response(page, status=422)
        save = saver(form, formsets)
        if entry.pk is None:
            with transaction.atomic():
                entry.created_by = request.user
                save()
                publishing.sign(entry, by=request.user)
        else:
            try:
                publishing.edit(entry, save=save, seen=form.cleaned_data["seen"], by=request.user)
            except publishing.StaleError:
                return stale(request, entry)
        messages.success(request, "Saved.")
        return redirect("initiatives:moderation", entry.pk)


class ModerationStep(StaffRequired, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = get_object_or_404(Initiative, pk=pk)
        form = StepForm(request.POST)
        if not form.is_valid():
            return refused(request, entry, "Choose what to do with the entry.")
        values = form.cleaned_data

        def step(by: User) -> None:
            publishing.take_step(entry, values["step"], seen=values["seen"], comment=values["comment"], by=by)

        return done(request, entry, step, DONE.get(values["step"], ""))


class ModerationRestore(StaffRequired, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = get_object_or_404(Initiative, pk=pk)
        form = RestoreForm(request.POST)
        if not form.is_valid():
            return refused(request, entry, "Choose a version to go back to.")
        number, seen, only = (form.cleaned_data[name] for name in ("number", "seen", "only"))

        def restore(by: User) -> None:
            publishing.restore(entry, number, seen=seen, by=by, only=only)

        return done(request, entry, restore, f"{only or 'The entry'}: as in version {number} again.")


class ModerationTakeOut(StaffRequired, View):
    """A text that nobody must read goes at once."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = get_object_or_404(Initiative, pk=pk)
        form = TakeOutForm(request.POST)
        if not form.is_valid():
            return refused(request, entry, "Choose the text, and say in a few words why it must go.")
        name, why = form.cleaned_data["name"], form.cleaned_data["why"]

        def take_out(by: User) -> None:
            publishing.take_out(entry, name, why=why, by=by)

        return done(request, entry, take_out, f"Taken out: {name}. Staff still find it under Versions.")


class ModerationChecked(StaffRequired, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = get_object_or_404(Initiative, pk=pk)

        def check(by: User) -> None:
            publishing.mark_checked(entry, on=timezone.localdate(), checked_by=by.name, by=by)

        return done(request, entry, check, "Marked as checked today.")


def saver(form: InitiativeForm, formsets: dict[str, BaseFormSet]) -> Callable[[], None]:
    def save() -> None:
        form.save()
        for formset in formsets.values():
            formset.save()  # type: ignore[attr-defined]

    return save


def done(request: HttpRequest, entry: Initiative, act: Callable[[User], None], message: str) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 - for mypy
    try:
        act(request.user)
    except publishing.StaleError:
        return stale(request, entry)
    except publishing.NotAllowedError as problem:
        return refused(request, entry, str(problem))
    messages.success(request, message)
    return redirect("initiatives:moderation", entry.pk)


def stale(request: HttpRequest, entry: Initiative) -> HttpResponse:
    return render(request, "initiatives/moderation_stale.html", {"entry": entry}, status=409)


def refused(request: HttpRequest, entry: Initiative, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect(reverse("initiatives:moderation", args=[entry.pk]))
