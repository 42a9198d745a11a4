"""Offering an initiative, without an account."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from initiatives import entries, lookalikes, submitting
from initiatives.forms import SubmissionForm
from senate_portal.lib import throttle

HOUR = timedelta(hours=1)
TRIES_AN_HOUR = 20


def within_limit(request: HttpRequest, what: str, limit: int) -> bool:
    """Counts one more try from this network."""
    address = get_adapter(request).get_client_ip(request)
    return throttle.allows(what, address, limit=limit, period=HOUR)


class Submit(FormView):
    """Warns of entries that are alike, and of words that may point to a patient, and never refuses for that."""

    template_name = "initiatives/submit.html"
    form_class = SubmissionForm
    extra_context = {"section": "initiatives"}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if within_limit(request, "submit", TRIES_AN_HOUR):
            return super().post(request, *args, **kwargs)
        page = self.get_context_data(too_many=True)
        return self.render_to_response(page, status=429, headers={"Retry-After": str(int(HOUR.total_seconds()))})

    def form_valid(self, form: SubmissionForm) -> HttpResponse:
        values = form.cleaned_data
        alike = lookalikes.nearest(values["title"], areas=values["areas"], organisation=values["organisation"])
        if (alike or form.hints) and "anyway" not in self.request.POST:
            page = self.get_context_data(form=form, alike=entries.listed(alike), hints=form.hints, words=entries.WORDS)
            return self.render_to_response(page)
        given = {name: values[name] for name in ["themes", "areas", "links", "organisation", "name", "email"]}
        submitting.submit(form.instance, **given)
        return redirect("initiatives:submitted")

    def form_invalid(self, form: SubmissionForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Submitted(TemplateView):
    template_name = "initiatives/submitted.html"
    extra_context = {"section": "initiatives"}
