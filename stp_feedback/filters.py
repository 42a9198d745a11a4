import django_filters
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, F, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple, TextInput

from initiatives.models import Organisation, STPArea
from senate_portal.lib.forms import FilterForm
from senate_portal.lib.sorting import Sort
from stp_feedback.models import Ask, FeedbackPoint, Forum, KeyTheme


def areas() -> list[tuple[str, str]]:
    return list(STPArea.objects.values_list("code", "name"))


def key_themes() -> list[tuple[str, str]]:
    return list(KeyTheme.objects.values_list("slug", "name"))


class FeedbackPointFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Repeating a parameter widens, different ones narrow. Choices are compared in memory, so any text is safe."""

    search = django_filters.CharFilter(
        method="filter_search",
        max_length=200,
        widget=TextInput(attrs={"class": "nhsuk-input"}),
        label="Words in the points",
    )
    area = django_filters.MultipleChoiceFilter(
        field_name="area__code", choices=areas, widget=CheckboxSelectMultiple, label="STP area"
    )
    section = django_filters.MultipleChoiceFilter(
        choices=FeedbackPoint.Section.choices, widget=CheckboxSelectMultiple, label="Section"
    )
    enabled = django_filters.MultipleChoiceFilter(
        choices=[("true", "Says what would enable it"), ("false", "Does not say what would enable it")],
        widget=CheckboxSelectMultiple,
        method="filter_enabled",
        label="Enabled by",
    )
    key_theme = django_filters.MultipleChoiceFilter(
        field_name="key_themes__slug", choices=key_themes, widget=CheckboxSelectMultiple, label="Key theme"
    )

    class Meta:
        model = FeedbackPoint
        form = FilterForm
        fields = ["search", "area", "section", "enabled", "key_theme"]

    def filter_search(self, queryset: QuerySet[FeedbackPoint], name: str, value: str) -> QuerySet[FeedbackPoint]:
        words = SearchVector("text", "enabled_by", config="english")
        return queryset.annotate(words=words).filter(
            words=SearchQuery(value, config="english", search_type="websearch")
        )

    def filter_enabled(self, queryset: QuerySet[FeedbackPoint], name: str, value: list[str]) -> QuerySet[FeedbackPoint]:
        if value == ["true"]:
            return queryset.exclude(enabled_by="")
        if value == ["false"]:
            return queryset.filter(enabled_by="")
        return queryset

    @property
    def chosen(self) -> list[tuple[str, str, str]]:
        """Name, value and words of every filter that narrows the list."""
        if not self.is_valid():
            return []
        chosen = []
        for name, values in self.form.cleaned_data.items():
            if name == "search":
                chosen += [(name, values, f"“{values}”")] if values else []
                continue
            words = dict(self.form.fields[name].choices)
            chosen += [(name, one, str(words[one])) for one in values]
        return chosen


class AskFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The desk of asks. Points are looked for apart, so that an ask still counts all its areas."""

    forum = django_filters.ModelChoiceFilter(
        queryset=Forum.objects.all(),
        to_field_name="slug",
        method="asked_where",
        label="Forum",
        empty_label="All forums",
    )
    area = django_filters.ModelChoiceFilter(
        queryset=STPArea.objects.all(),
        to_field_name="code",
        method="asked_where",
        label="STP area",
        empty_label="All areas",
    )
    owner = django_filters.ChoiceFilter(
        choices=[("nobody", "Nobody"), ("somebody", "Somebody")],
        method="owned",
        label="Looked after by",
        empty_label="Anybody or nobody",
    )
    passed_to = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.filter(asks__isnull=False).distinct(), label="Who could help", empty_label="All"
    )
    search = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label="Words in the ask")
    sort = Sort(
        owner=("Nobody looks after first", F("owner").asc(nulls_first=True), "text"),
        text=("What is asked for", "text"),
        areas=("Most areas", "-area_count", "text"),
        reply=("Reply hoped for soonest", F("reply_by").asc(nulls_last=True), "text"),
    )

    class Meta:
        model = Ask
        fields: list[str] = []
        form = FilterForm

    def asked_where(self, asks: QuerySet[Ask], name: str, value: Forum | STPArea) -> QuerySet[Ask]:
        return asks.filter(Exists(FeedbackPoint.objects.filter(asks=OuterRef("pk"), **{name: value})))

    def owned(self, asks: QuerySet[Ask], name: str, value: str) -> QuerySet[Ask]:
        return asks.filter(owner__isnull=value == "nobody")
