"""Who gets which email of a follow-up, before anything leaves, and as the receipt beside what became of each."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from commitments.exports import rehearsal_file
from commitments.filters import RehearsalFilter
from commitments.models import Wave
from commitments.rehearsals import Rehearsal
from commitments.views.people_lists import PeopleList
from senate_portal.lib.spreadsheets import ListFile


class RehearsalPage(PeopleList):
    template_name = "commitments/rehearsal.html"
    filterset_class = RehearsalFilter
    paginate_by = 100

    @cached_property
    def rehearsal(self) -> Rehearsal:
        return Rehearsal.of(get_object_or_404(Wave.objects.select_related("forum"), forum__slug=self.kwargs["slug"]))

    @property
    def file(self) -> ListFile:  # type: ignore[override]
        return rehearsal_file(self.rehearsal)

    def get_queryset(self) -> Any:
        return self.rehearsal.people

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = self.rehearsal.wave
        return super().get_context_data(
            wave=wave, forum=wave.forum, rehearsal=self.rehearsal, counts=self.rehearsal.counts(), **kwargs
        )
