"""Staff keep the list of themes."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import CreateView, FormView, UpdateView, View

from initiatives import themes
from initiatives.models import Initiative, Theme, ThemeMerge
from initiatives.staff_exports import THEMES
from initiatives.staff_filters import ThemeFilter
from initiatives.theme_forms import MergeForm, ThemeForm
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import User
from senate_portal.accounts.staff_lists import StaffList


class ThemeList(StaffList):
    template_name = "initiatives/theme_list.html"
    filterset_class = ThemeFilter
    file = THEMES
    queryset = Theme.objects.annotate(
        published=Count("initiatives", Q(initiatives__publication=Initiative.Publication.PUBLISHED)),
        all_entries=Count("initiatives"),
    )


class ThemeAdd(StaffRequired, CreateView):
    model = Theme
    form_class = ThemeForm

    def get_success_url(self) -> str:
        messages.success(self.request, f"“{self.object}” is on the list.")
        return reverse("initiatives:themes")

    def form_invalid(self, form: ThemeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ThemeEdit(StaffRequired, UpdateView):
    """Name and description of a theme, and what became of it."""

    model = Theme
    form_class = ThemeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        theme = Theme.objects.get(pk=self.object.pk)  # as it is, not as somebody typed it
        last = theme.merges.standing().first()
        return super().get_context_data(
            saved=theme,
            history=themes.history(theme),
            to_undo=last if last and themes.may_be_undone(last) else None,
            **kwargs,
        )

    def get_success_url(self) -> str:
        messages.success(self.request, "Saved.")
        return reverse("initiatives:theme", args=[self.object.pk])

    def form_invalid(self, form: ThemeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ThemeMergeInto(StaffRequired, FormView):
    """A theme goes into another one: first shows what that changes, the button there does it."""

    template_name = "initiatives/theme_merge.html"
    form_class = MergeForm

    @property
    def theme(self) -> Theme:
        found: Theme = get_object_or_404(Theme, pk=self.kwargs["pk"])
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"gone": self.theme}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(theme=self.theme, **kwargs)

    def form_valid(self, form: MergeForm) -> HttpResponse:
        assert isinstance(self.request.user, User)  # noqa: S101 - for mypy
        gone, kept, seen = self.theme, form.cleaned_data["kept"], form.cleaned_data["seen"]
        if seen is None:
            return self.show(form, gone, kept)
        try:
            themes.merge(kept, gone, seen=seen, by=self.request.user)
        except themes.ChangedMeanwhileError:
            return self.show(form, gone, kept, status=409)
        messages.success(self.request, f"“{gone}” is part of “{kept}” now.")
        return redirect("initiatives:theme", kept.pk)

    def show(self, form: MergeForm, gone: Theme, kept: Theme, *, status: int = 200) -> HttpResponse:
        found = themes.preview(kept, gone)
        page = self.get_context_data(form=form, kept=kept, preview=found, changed_meanwhile=status == 409)
        return self.render_to_response(page, status=status)

    def form_invalid(self, form: MergeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ThemeMergeUndo(StaffRequired, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101 - for mypy
        merge = get_object_or_404(ThemeMerge, pk=pk)
        try:
            theme = themes.undo(merge, by=request.user)
        except themes.NotAllowedError as problem:
            messages.error(request, str(problem))
            return redirect("initiatives:theme", merge.kept_id)
        messages.success(request, f"“{theme}” is a theme of its own again.")
        return redirect("initiatives:theme", theme.pk)
