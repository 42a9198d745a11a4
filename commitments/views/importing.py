"""Uploading a list of attendees or commitments: choose the file, match its columns and look, confirm, undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, FormView, View

from commitments import importing, importing_commitments
from commitments.forms.importing import ColumnsForm, CommitmentColumnsForm, ImportFileForm
from commitments.models import AttendeeImport, FinishedImport
from senate_portal.accounts.access import StaffRequired
from stp_feedback.models import Forum

SHOWN = 20


class AttendeeImportUpload(StaffRequired, FormView):
    template_name = "commitments/import_upload.html"
    form_class = ImportFileForm
    what = AttendeeImport.What.PEOPLE

    @property
    def forum(self) -> Forum:
        forum: Forum = get_object_or_404(Forum, slug=self.kwargs["slug"])
        return forum

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        done = FinishedImport.objects.filter(forum=self.forum).select_related("by", "undone_by")
        kwargs |= {"forum": self.forum, "what": self.what, "whats": AttendeeImport.What, "done": done}
        return super().get_context_data(**kwargs)

    def form_valid(self, form: ImportFileForm) -> HttpResponse:
        AttendeeImport.objects.abandoned().delete()
        header, *rows = form.cleaned_data["file"]
        upload = AttendeeImport.objects.create(
            forum=self.forum,
            what=self.what,
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
            found = self.preview(upload, form)
        return super().get_context_data(
            columns_form=form,
            forum=upload.forum,
            preview=found,
            kinds=importing.Kind,
            shown=SHOWN,
            of_people=upload.what == AttendeeImport.What.PEOPLE,
            **kwargs,
        )

    def preview(self, upload: AttendeeImport, form: ColumnsForm | CommitmentColumnsForm) -> Any:
        if isinstance(form, CommitmentColumnsForm):
            columns = form.columns() if form.is_bound else importing_commitments.guess(upload.header)
            return importing_commitments.preview(upload.forum, upload.rows, columns)
        columns = form.columns() if form.is_bound else importing.guess(upload.header)
        came = form.cleaned_data["came"] if form.is_bound else form.initial["came"]
        return importing.preview(upload.forum, upload.rows, columns, came=came)

    def columns_form(self, upload: AttendeeImport, data: Any) -> ColumnsForm | CommitmentColumnsForm:
        if upload.what == AttendeeImport.What.COMMITMENTS:
            guess = importing_commitments.guess(upload.header)
            return CommitmentColumnsForm(data, header=upload.header, initial=guess)
        initial = importing.guess(upload.header) | {"came": upload.forum.is_over}
        return ColumnsForm(data, header=upload.header, initial=initial)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = upload = self.get_object()
        form = self.columns_form(upload, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(columns_form=form), status=422)
        forum = upload.forum
        user: Any = request.user
        found: importing.Preview | importing_commitments.Preview
        try:
            if isinstance(form, CommitmentColumnsForm):
                found = importing_commitments.confirm(upload, form.columns(), by=user)
            else:
                found = importing.confirm(upload, form.columns(), came=form.cleaned_data["came"], by=user)
        except importing.CannotImportError as problem:
            messages.error(request, str(problem))
            return redirect("commitments:import", upload.pk)
        new, changed = len(found.of(importing.Kind.NEW)), len(found.of(importing.Kind.CHANGED))
        messages.success(request, f"The list is imported: {new} new, {changed} changed.")
        return redirect("commitments:workspace", forum.slug)


class ImportUndo(StaffRequired, View):
    """Takes back what an import added and changed, for a week, unless somebody has used it since."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        done = get_object_or_404(FinishedImport.objects.select_related("forum"), pk=pk)
        try:
            importing.undo(done, by=request.user)  # type: ignore[arg-type]
        except importing.CannotImportError as problem:
            messages.error(request, f"{problem} So nothing is undone.")
        else:
            messages.success(request, "The import is undone.")
        return redirect("commitments:import_upload", done.forum.slug)
