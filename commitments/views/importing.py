"""Uploading an attendee list, in three steps: choose the file, match its columns and look, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView, FormView

from commitments import importing
from commitments.forms import ColumnsForm, ImportFileForm
from commitments.models import AttendeeImport
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum

SHOWN = 20


class AttendeeImportUpload(StaffRequired, FormView):
    template_name = "commitments/import_upload.html"
    form_class = ImportFileForm

    @property
    def forum(self) -> Forum:
        forum: Forum = get_object_or_404(Forum, slug=self.kwargs["slug"])
        return forum

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forum=self.forum, **kwargs)

    def form_valid(self, form: ImportFileForm) -> HttpResponse:
        AttendeeImport.objects.abandoned().delete()
        header, *rows = form.cleaned_data["file"]
        upload = AttendeeImport.objects.create(
            forum=self.forum,
            file_name=form.file_name,
            header=header,
            rows=rows,
            by=self.request.user,  # type: ignore[misc]
        )
        return redirect("commitments:import", upload.pk)

    def form_invalid(self, form: ImportFileForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AttendeeImportPreview(StaffRequired, DetailView):
    """Shows what would be new, changed, the same or wrong; a POST imports it. Only who uploaded the list sees it."""

    template_name = "commitments/import_preview.html"
    context_object_name = "upload"

    def get_queryset(self) -> Any:
        return AttendeeImport.objects.filter(by=self.request.user).select_related("forum")  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload = self.object
        form = kwargs.pop("columns_form", None) or self.columns_form(upload, self.request.GET or None)
        found = None
        if not form.is_bound or form.is_valid():
            columns = form.columns() if form.is_bound else importing.guess(upload.header)
            came = form.cleaned_data["came"] if form.is_bound else form.initial["came"]
            found = importing.preview(upload.forum, upload.rows, columns, came=came)
        return super().get_context_data(
            columns_form=form, forum=upload.forum, preview=found, kinds=importing.Kind, shown=SHOWN, **kwargs
        )

    def columns_form(self, upload: AttendeeImport, data: Any) -> ColumnsForm:
        initial = importing.guess(upload.header) | {"came": upload.forum.held_on <= timezone.localdate()}
        return ColumnsForm(data, header=upload.header, initial=initial)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = upload = self.get_object()
        form = self.columns_form(upload, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(columns_form=form), status=422)
        try:
            found = importing.confirm(
                upload,
                form.columns(),
                came=form.cleaned_data["came"],
                by=request.user,  # type: ignore[arg-type]
            )
        except importing.CannotImportError as problem:
            messages.error(request, str(problem))
            return redirect("commitments:import", upload.pk)
        new, changed = len(found.of(importing.Kind.NEW)), len(found.of(importing.Kind.CHANGED))
        messages.success(request, f"The list is imported: {new} new, {changed} changed.")
        return redirect("commitments:workspace", upload.forum.slug)
