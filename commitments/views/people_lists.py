from typing import Any

from django.http import HttpRequest, HttpResponseBase

from commitments.exports import hand_out
from commitments.forms.reasons import DownloadForm
from senate_portal.accounts.staff_lists import FilteredList


class PeopleList(FilteredList):
    """A list that shows people: taking it away as a file takes a reason, which is kept."""

    extra_context = {"takes_reason": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", DownloadForm())
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = DownloadForm(request.POST)
        if not form.is_valid():
            return self.again(form)
        return hand_out(
            name=self.file.name,
            what=self.file.title,
            columns=self.file.columns,
            rows=[self.file.row(record) for record in self.found()],
            why=form.cleaned_data["why"],
            as_excel=request.POST.get("format") == "xlsx",
            by=request.user,  # type: ignore[arg-type]
        )
