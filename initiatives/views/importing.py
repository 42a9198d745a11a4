"""Entries from a file: upload, look, confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import FormView, View

from initiatives import importing
from initiatives.models import ImportFile
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import User
from senate_portal.lib import tables


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

    def form_valid(self, form: UploadForm) -> HttpResponse:
        assert isinstance(self.request.user, User)  # noqa: S101 - for mypy
        table = form.cleaned_data["file"]
        made = ImportFile.objects.create(by=self.request.user, header=table.header, rows=table.rows)
        return redirect("initiatives:import_preview", made.pk)

    def form_invalid(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportPreview(StaffRequired, View):
    """What the file would do; a POST does it."""

    def get(self, request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
        table = self.table()
        plan = importing.plan(table)
        context: dict[str, Any] = {"plan": plan, "most": importing.MOST_PROBLEMS, "changed_meanwhile": status == 409}
        return render(request, "initiatives/import_preview.html", context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101 - for mypy
        try:
            done = importing.carry_out(self.table(), digest=request.POST.get("digest", ""), by=request.user)
        except importing.ChangedMeanwhileError:
            return self.get(request, pk, status=409)
        ImportFile.objects.filter(pk=pk).update(done_at=timezone.now())
        messages.success(request, f"{len(done.new)} new entries wait for review, {len(done.changed)} were changed.")
        return redirect("initiatives:moderation_list")

    def table(self) -> importing.Table:
        file = get_object_or_404(ImportFile, pk=self.kwargs["pk"], by=self.request.user, done_at=None)
        return importing.Table(file.header, [(number, texts) for number, texts in file.rows])
