from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from initiatives.models import Confirmation, Contact, Initiative, Link, ProblemReport, STPArea, Theme
from initiatives.models.initiatives import InitiativeQuerySet
from senate_portal.lib.forms import FilterForm, SmallCheckboxes
from senate_portal.lib.sorting import Sort


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
    area = django_filters.ModelChoiceFilter(
        field_name="areas",
        queryset=STPArea.objects.all(),
        to_field_name="code",
        label="STP area",
        empty_label="All areas",
    )
    sort = Sort(
        latest=("Last changed first", "-updated_at"),
        earliest=("Longest unchanged first", "updated_at"),
        title=("Title", "title"),
        checked=("Never or longest ago checked first", F("verified_on").asc(nulls_first=True), "title"),
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


def in_title(field: str) -> django_filters.CharFilter:
    return django_filters.CharFilter(field_name=field, lookup_expr="icontains", label="Words in the entry's title")


class ToCompleteFilter(django_filters.FilterSet):  # type: ignore[misc]
    MISSING = {
        "evaluation": "No evaluation is stated",
        "result": "A result was due",
        "email": "A contact without an email address",
        "link": "A link without an address",
    }

    missing = django_filters.ChoiceFilter(
        choices=list(MISSING.items()), method="lacking", label="What is missing", empty_label="Anything"
    )
    search = in_title("title")
    sort = Sort(title=("Title", "title"), earliest=("Longest unchanged first", "updated_at"))

    class Meta:
        model = Initiative
        fields: list[str] = []
        form = FilterForm

    def lacking(self, entries: InitiativeQuerySet, name: str, value: str) -> Any:
        conditions = {
            "evaluation": Q(evaluation_status=Initiative.Evaluation.NONE_STATED),
            "result": Q(pk__in=Initiative.objects.without_expected_result(timezone.localdate())),
            "email": Q(pk__in=Contact.objects.filter(email="").values("initiative")),
            "link": Q(pk__in=Link.objects.filter(address="").values("initiative")),
        }
        return entries.filter(conditions[value])


class ProblemFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        choices=[("settled", "Settled"), ("all", "Open and settled")],
        method="in_state",
        label="State",
        empty_label="Open",
    )
    origin = django_filters.ChoiceFilter(choices=ProblemReport.Origin.choices, label="Told by", empty_label="Anybody")
    search = in_title("initiative__title")
    sort = Sort(
        latest=("Latest first", "-reported_at", "-pk"),
        earliest=("Earliest first", "reported_at"),
        title=("Title of the entry", "initiative__title", "-reported_at"),
    )

    class Meta:
        model = ProblemReport
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: QuerySet[ProblemReport]) -> Any:
        """Open ones, unless another state is chosen."""
        rows: QuerySet[ProblemReport] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["state"] else rows.filter(settled_at=None)

    def in_state(self, reports: QuerySet[ProblemReport], name: str, value: str) -> QuerySet[ProblemReport]:
        return reports.filter(settled_at__isnull=False) if value == "settled" else reports


class LinkFilter(django_filters.FilterSet):  # type: ignore[misc]
    result = django_filters.MultipleChoiceFilter(
        field_name="check_result", choices=Link.CheckResult.choices, label="When last tried", widget=SmallCheckboxes
    )
    kind = django_filters.ChoiceFilter(choices=Link.Kind.choices, label="Kind", empty_label="All kinds")
    search = in_title("initiative__title")
    sort = Sort(
        title=("Title of the entry", "initiative__title", "position"),
        result=("What came of it", "check_result", "initiative__title"),
        earliest=("Never or longest ago tried first", F("last_checked_at").asc(nulls_first=True)),
    )

    class Meta:
        model = Link
        fields: list[str] = []
        form = FilterForm


class SilentContactFilter(django_filters.FilterSet):  # type: ignore[misc]
    search = in_title("initiative__title")
    sort = Sort(
        earliest=("Asked longest ago first", "asked_at"),
        latest=("Asked last first", "-asked_at"),
        title=("Title of the entry", "initiative__title"),
    )

    class Meta:
        model = Confirmation
        fields: list[str] = []
        form = FilterForm


class ContactsLostFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Of `contacts.lost`."""

    others = django_filters.ChoiceFilter(
        choices=[("nobody", "Nobody"), ("another", "Another contact")],
        method="can_be_asked",
        label="Who else can be asked",
        empty_label="Anybody or nobody",
    )
    search = in_title("initiative__title")
    sort = Sort(
        others=("Nobody else to ask first", "others", "initiative__title", "position"),
        title=("Title of the entry", "initiative__title", "position"),
        name=("Name", "name", "initiative__title"),
    )

    class Meta:
        model = Contact
        fields: list[str] = []
        form = FilterForm

    def can_be_asked(self, contacts: QuerySet[Contact], name: str, value: str) -> QuerySet[Contact]:
        return contacts.filter(others=value == "another")  # type: ignore[misc]


class ThemeFilter(django_filters.FilterSet):  # type: ignore[misc]
    search = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Words in the name")
    sort = Sort(name=("Name", "name"), entries=("Most published entries", "-published", "name"))

    class Meta:
        model = Theme
        fields: list[str] = []
        form = FilterForm
