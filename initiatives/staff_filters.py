from typing import Any

import django_filters
from django.utils import timezone

from initiatives.models import Initiative
from initiatives.models.initiatives import InitiativeQuerySet
from senate_portal.lib.forms import FilterForm


class ModerationFilter(django_filters.FilterSet):  # type: ignore[misc]
    publication = django_filters.ChoiceFilter(
        choices=Initiative.Publication.choices, label="State", empty_label="All states"
    )
    search = django_filters.CharFilter(method="matching", label="Words in the title")
    review = django_filters.ChoiceFilter(
        choices=[("missing", "Edited since its review")], method="edited_since", label="Review", empty_label="All"
    )
    checked = django_filters.ChoiceFilter(
        choices=[("due", "Due or overdue")], method="due_to_be_checked", label="To be checked", empty_label="All"
    )

    class Meta:
        model = Initiative
        fields: list[str] = []
        form = FilterForm

    def matching(self, entries: InitiativeQuerySet, name: str, value: str) -> Any:
        return entries.filter(title__icontains=value)

    def edited_since(self, entries: InitiativeQuerySet, name: str, value: str) -> Any:
        return entries.edited_since_review()

    def due_to_be_checked(self, entries: InitiativeQuerySet, name: str, value: str) -> Any:
        return entries.due_to_be_checked(timezone.localdate())
