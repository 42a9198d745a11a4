"""Searches that somebody who signs in has saved: see them, be emailed about them or not, remove them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView, ListView, View

from initiatives import filters, saved_searches
from initiatives.models import SavedSearch
from senate_portal.accounts.access import behind_link

LONGEST_NAME = 100


class SaveForm(forms.Form):
    name = forms.CharField(
        label="What to call it",
        help_text="You see this name in your emails.",
        max_length=LONGEST_NAME,
        error_messages={"required": "Give the search a name"},
    )


class SavedSearchAdd(LoginRequiredMixin, FormView):
    """The list to save is the one that the address asks for, as in the catalogue."""

    template_name = "initiatives/search_add.html"
    form_class = SaveForm

    def get_initial(self) -> dict[str, Any]:
        about = self.asked.about
        return {"name": (about[:1].upper() + about[1:] or "All initiatives")[:LONGEST_NAME]}

    @property
    def asked(self) -> filters.Filters:
        return filters.read(self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.asked, **kwargs)

    def form_valid(self, form: SaveForm) -> HttpResponse:
        try:
            saved_searches.save(self.asked, name=form.cleaned_data["name"], by=self.request.user)  # type: ignore[arg-type]
        except saved_searches.TooManyError as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        messages.success(self.request, "The search is saved. We email you when something is new in it.")
        return redirect("initiatives:searches")

    def form_invalid(self, form: SaveForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OwnSearches(LoginRequiredMixin):
    request: HttpRequest

    def get_queryset(self) -> "QuerySet[SavedSearch]":
        return SavedSearch.objects.filter(by=self.request.user)  # type: ignore[misc]


class SavedSearchList(OwnSearches, ListView):
    """Own searches with what each finds today. A POST stops the emails about all of them."""

    template_name = "initiatives/search_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(most=SavedSearch.MOST, **kwargs)
        return context | {"searches": [(search, saved_searches.asked(search)) for search in context["object_list"]]}

    def post(self, request: HttpRequest) -> HttpResponse:
        saved_searches.stop(request.user.pk)  # type: ignore[arg-type]
        messages.success(request, "The emails about your saved searches are stopped.")
        return redirect("initiatives:searches")


class SavedSearchChange(OwnSearches, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        search = get_object_or_404(self.get_queryset(), pk=pk)
        decision = request.POST.get("decision")
        if decision == "remove":
            search.delete()
            messages.success(request, f"“{search.name}” is removed.")
        elif decision in {"email", "stop"}:
            search.told_until = timezone.now() if decision == "email" else None
            search.save()
            done = "We email you when something is new in" if search.told_until else "No more emails about"
            messages.success(request, f"{done} “{search.name}”.")
        return redirect("initiatives:searches")


@method_decorator(behind_link, name="dispatch")
class SavedSearchesStop(View):
    """Stops the emails to whom the link was sent, as RFC 8058 asks: one POST, no cookie, no redirect."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Mail programs add full stops and brackets to addresses.
        found = saved_searches.whose(kwargs["token"].strip(" .,;>)"))
        if found is None:
            raise Http404
        self.reader = found
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "initiatives/searches_stop.html", {"stopped": False})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        saved_searches.stop(self.reader)
        return render(request, "initiatives/searches_stop.html", {"stopped": True})
