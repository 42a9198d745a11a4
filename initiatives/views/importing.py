"""Entries from a file: upload, look, confirm, undo."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import DetailView, FormView, View

from initiatives import importing, tasks, undoing, uploads
from initiatives.models import ImportFile
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import User
from senate_portal.lib import bells, tables

MOST_ROWS_SHOWN = 100
MOST_FILES_SHOWN = 10
RELOAD_AFTER = 5  # seconds
LONGEST_DIGEST = 64


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV or Excel (.xlsx), up to 5 MB and 5,000 rows, with the columns of the catalogue's download.",
        error_messages={"required": "Choose a file", "empty": "This file is empty."},
    )

    def clean_file(self) -> importing.Table:
        file = self.cleaned_data["file"]
        if file.size > tables.MOST_BYTES:
            raise forms.ValidationError("This file is larger than 5 MB. Split it.")
        try:
            return importing.read(file.read())
        except tables.UnreadableTableError as problem:
            raise forms.ValidationError(str(problem)) from problem


class ImportUpload(StaffRequired, FormView):
    template_name = "initiatives/import_upload.html"
    form_class = UploadForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = ImportFile.objects.filter(by=self.request.user)  # type: ignore[misc]
        return super().get_context_data(files=files.defer("header", "rows")[:MOST_FILES_SHOWN], **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        assert isinstance(self.request.user, User)  # noqa: S101 - for mypy
        table = form.cleaned_data["file"]
        made = ImportFile.objects.create(by=self.request.user, header=table.header, rows=table.rows)
        return redirect("initiatives:import_preview", made.pk)

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportPreview(StaffRequired, View):
    """What the file would do, and after a yes how far it is. The yes is a POST, and a worker does the work."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = self.file()
        if file.confirmed_at:
            return self.progress(file)
        plan = importing.plan(uploads.table(file))
        context = {"file": file, "plan": plan, "most": importing.MOST_PROBLEMS, "most_rows": MOST_ROWS_SHOWN}
        return render(request, "initiatives/import_preview.html", context)

    def progress(self, file: ImportFile) -> HttpResponse:
        reloads = (not file.done_at or file.is_being_undone) and "still" not in self.request.GET
        response = render(self.request, "initiatives/import_progress.html", {"file": file, "reloads": reloads})
        if reloads:
            response["Refresh"] = str(RELOAD_AFTER)
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if digest := request.POST.get("digest", "")[:LONGEST_DIGEST]:
            uploads.confirm(self.file(), digest=digest)
            bells.after_commit(tasks.carry_out_imports)
        return redirect("initiatives:import_preview", pk)

    def file(self) -> ImportFile:
        return get_object_or_404(ImportFile.objects.defer("header", "rows"), pk=self.kwargs["pk"], by=self.request.user)


class ImportUndo(StaffRequired, DetailView):
    """What would be undone, and after a yes a worker does it. Only who uploaded the file sees it, for a week."""

    template_name = "initiatives/import_undo.html"
    context_object_name = "file"

    def get_queryset(self) -> "QuerySet[ImportFile]":
        return ImportFile.objects.filter(by=self.request.user, done_at__isnull=False, undo_asked_at=None)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(undo=undoing.preview(self.object), most=MOST_ROWS_SHOWN, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        uploads.ask_undo(self.get_object())
        bells.after_commit(tasks.carry_out_imports)
        return redirect("initiatives:import_preview", pk)
