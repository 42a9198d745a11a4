"""The box that says in which order a list stands."""

from typing import Any

import django_filters
from django.db.models import QuerySet


class Sort(django_filters.ChoiceFilter):  # type: ignore[misc]
    """An order for each word in the address, with its label and fields; the first holds when none is chosen.

    The key comes last, so that rows alike in all fields stand on one page only.
    """

    def __init__(self, **orders: tuple[Any, ...]) -> None:
        self.orders = {name: fields for name, (_, *fields) in orders.items()}
        choices = [(name, label) for name, (label, *_) in orders.items()]
        super().__init__(label="Sort by", choices=choices, empty_label=None)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        fields = self.orders[value] if value else next(iter(self.orders.values()))
        return rows.order_by(*fields, "pk")
