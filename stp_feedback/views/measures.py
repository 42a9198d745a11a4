"""A series: its forums, what it wants to reach, and what was read of that."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import CreateView, DetailView, UpdateView, View

from senate_portal.accounts.access import StaffRequired
from senate_portal.lib.json_files import json_response
from senate_portal.lib.spreadsheets import Sheet, csv_response, xlsx_response
from senate_portal.lib.templates import day
from stp_feedback import measures
from stp_feedback.measure_forms import MeasureForm, ReadingForm
from stp_feedback.models import Forum, Measure, Reading, Series


class SeriesDetail(DetailView):
    def get_queryset(self) -> QuerySet[Series]:
        return Series.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        series: Series = self.object
        found = series.measures.select_related("source").prefetch_related("readings")
        return super().get_context_data(
            section="forums",
            forums=Forum.objects.visible_to(self.request.user).filter(series=series),
            measures=[(measure, measures.chart(measure)) for measure in found],
            **kwargs,
        )


class MeasureFile(View):
    """The same measures and readings as the page shows, as a file."""

    def get(self, request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
        series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
        found = series.measures.select_related("series", "source").prefetch_related("readings")
        name, rows = f"{slug}-measures", measures.rows(found)
        if format == "json":
            return json_response(name, measures.COLUMNS, rows)
        if format == "xlsx":
            sheet = Sheet("Measures", measures.COLUMNS, rows, measures.WIDTHS)
            return xlsx_response(name, f"Measures of {series}", [sheet])
        return csv_response(name, measures.COLUMNS, rows)


class MeasureAdd(StaffRequired, CreateView):
    form_class = MeasureForm
    template_name = "stp_feedback/measure_form.html"

    @cached_property
    def series(self) -> Series:
        found: Series = get_object_or_404(Series, slug=self.kwargs["slug"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(series=self.series, **kwargs)

    @transaction.atomic
    def form_valid(self, form: MeasureForm) -> HttpResponse:
        # The lock gives two measures added at once a position each.
        form.instance.series = Series.objects.select_for_update().get(pk=self.series.pk)
        form.instance.position = measures.free_position(self.series)
        form.save()
        messages.success(self.request, "The measure is saved, and everyone can read it.")
        return redirect(address_of(form.instance))

    def form_invalid(self, form: MeasureForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class MeasureEdit(StaffRequired, UpdateView):
    queryset = Measure.objects.select_related("series")
    form_class = MeasureForm
    template_name = "stp_feedback/measure_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(series=self.object.series, **kwargs)

    def form_valid(self, form: MeasureForm) -> HttpResponse:
        form.save()
        messages.success(self.request, "The measure is saved.")
        return redirect(address_of(form.instance))

    def form_invalid(self, form: MeasureForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class MeasureRemove(StaffRequired, DetailView):
    """After a look at it. One with readings stays until they are taken away."""

    queryset = Measure.objects.select_related("series").prefetch_related("readings")
    template_name = "stp_feedback/measure_remove.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        measure: Measure = self.get_object()
        try:
            measure.delete()
        except ProtectedError:
            messages.info(request, "Nothing was changed: take the readings of this measure away first.")
            return redirect(address_of(measure))
        messages.success(request, f"Taken away: {measure}.")
        return redirect(measure.series)


class ReadingAdd(StaffRequired, CreateView):
    form_class = ReadingForm
    template_name = "stp_feedback/reading_form.html"

    @cached_property
    def measure(self) -> Measure:
        found: Measure = get_object_or_404(Measure.objects.select_related("series"), pk=self.kwargs["pk"])
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Reading(measure=self.measure)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(measure=self.measure, **kwargs)

    def form_valid(self, form: ReadingForm) -> HttpResponse:
        form.instance.by = self.request.user
        form.save()
        messages.success(self.request, "The reading is saved, and everyone can read it.")
        return redirect(address_of(self.measure))

    def form_invalid(self, form: ReadingForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ReadingUndo(StaffRequired, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        reading = get_object_or_404(Reading.objects.select_related("measure__series"), pk=pk)
        reading.delete()
        messages.success(request, f"The reading of {day(reading.read_on)}, {reading.figure}, is taken away.")
        return redirect(address_of(reading.measure))


def address_of(measure: Measure) -> str:
    return f"{measure.series.get_absolute_url()}#measure-{measure.position}"
