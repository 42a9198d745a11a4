"""What every list for staff does: filters and order stand in the address, pages keep them, files hold the same rows."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_filters.views import FilterView

from senate_portal.accounts.access import StaffRequired
from senate_portal.lib.spreadsheets import ListFile


class FilteredList(StaffRequired, FilterView):  # type: ignore[misc]
    paginate_by = 50
    file: ListFile

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        """Also with nothing chosen the list stands in its first order."""
        kwargs: dict[str, Any] = super().get_filterset_kwargs(filterset_class)
        return kwargs | {"data": self.request.GET}

    def found(self) -> QuerySet:
        """The rows of all pages."""
        filters = self.get_filterset(self.get_filterset_class())
        rows: QuerySet = filters.qs if filters.is_valid() else filters.queryset.none()
        return rows

    def again(self, form: Form) -> HttpResponse:
        """The list with what is wrong in a form that was sent from it."""
        self.filterset = self.get_filterset(self.get_filterset_class())
        self.object_list = self.found()
        context = self.get_context_data(filter=self.filterset, object_list=self.object_list, form=form)
        response: HttpResponse = self.render_to_response(context, status=422)
        return response


class StaffList(FilteredList):
    """A list that shows no people: its file is behind a link."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("format") in ListFile.FORMATS:
            return self.file.response(request.GET["format"], self.found())
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response
