"""Who may sign in, and what staff looked at. Pages that need the accounts and the areas people answer for."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, View

from commitments.models import PeopleDownload
from commitments.views.people_lists import PeopleList
from initiatives.models import STPArea
from senate_portal.accounts import invitations
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import AuditEntry, User
from senate_portal.accounts.staff_lists import StaffList
from senate_portal.lib.forms import FilterForm
from senate_portal.lib.sorting import Sort
from senate_portal.lib.spreadsheets import ListFile
from senate_portal.lib.templates import day, moment


class InviteForm(forms.Form):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={"required": "Enter their email address", "invalid": "Enter an email address like name@nhs.net"},
    )
    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose what they will do"}
    )
    areas = forms.ModelMultipleChoiceField(
        label="Areas an STP lead answers for",
        queryset=STPArea.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = invitations.roles_for(by)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["role"].initial = roles[0] if len(roles) == 1 else None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].casefold()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody has an account with this email address already")
        return email

    def clean(self) -> None:
        if self.cleaned_data.get("role") == User.Role.LEAD and not self.cleaned_data.get("areas"):
            self.add_error("areas", "Choose at least one area")

    @transaction.atomic
    def record(self, by: User) -> User:
        given = self.cleaned_data
        user = invitations.invite(name=given["name"], email=given["email"], role=given["role"], by=by)
        if user.role == User.Role.LEAD:
            user.areas.set(given["areas"])
        return user


class AccountFilter(django_filters.FilterSet):  # type: ignore[misc]
    role = django_filters.ChoiceFilter(choices=User.Role.choices, label="Role", empty_label="All roles")
    area = django_filters.ModelChoiceFilter(
        field_name="areas",
        queryset=STPArea.objects.all(),
        to_field_name="code",
        label="STP area",
        empty_label="All areas",
    )
    account = django_filters.ChoiceFilter(
        choices=[("open", "Open"), ("closed", "Closed")],
        method="open_or_closed",
        label="Account",
        empty_label="Open and closed",
    )
    search = django_filters.CharFilter(method="matching", label="Name or email")
    sort = Sort(
        name=("Name, open accounts first", "-is_active", "name"),
        latest=("Last signed in, latest first", F("last_login").desc(nulls_last=True), "name"),
        earliest=("Last signed in, never or longest ago first", F("last_login").asc(nulls_first=True), "name"),
    )

    class Meta:
        model = User
        fields: list[str] = []
        form = FilterForm

    def open_or_closed(self, users: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return users.filter(is_active=value == "open")

    def matching(self, users: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return users.filter(Q(name__icontains=value) | Q(email__icontains=value))


def account_row(user: User) -> list[str]:
    areas = ", ".join(str(area) for area in user.areas.all())
    state = "Open" if user.is_active else "Closed"
    return [user.name, user.email, user.get_role_display(), areas, day(user.last_login) or "Never", state]


class AccountList(PeopleList):
    template_name = "team/account_list.html"
    filterset_class = AccountFilter
    queryset = User.objects.prefetch_related("areas")
    file = ListFile(
        name="accounts",
        title="Accounts",
        columns={"Name": 30, "Email": 34, "Role": 20, "Areas": 40, "Last signed in": 28, "Account": 10},
        row=account_row,
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        by = self.request.user
        may_change = {user for user in context["object_list"] if invitations.may_change(user, by)}
        return context | {"may_change": may_change}


class Invite(StaffRequired, FormView):
    template_name = "team/invite.html"
    form_class = InviteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        by: User = self.request.user  # type: ignore[assignment]
        user = form.record(by)
        try:
            invitations.send(user, by=by)
        except OSError:
            messages.error(self.request, f"{user} can sign in, but the email did not leave. Tell them yourself.")
        else:
            messages.success(self.request, f"{user} is invited.")
        return redirect("accounts")

    def form_invalid(self, form: InviteForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AccountChange(StaffRequired, View):
    """Closes or opens an account."""

    http_method_names = ["post"]
    opens = False

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = get_object_or_404(User, pk=pk)
        try:
            invitations.set_open(user, self.opens, by=request.user)  # type: ignore[arg-type]
        except invitations.NotAllowedError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, f"The account of {user} is {'open' if self.opens else 'closed'}.")
        return redirect("accounts")


class OwnActsFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Of what staff did: who, and since when."""

    by = django_filters.ModelChoiceFilter(
        label="Who", empty_label="Everybody", queryset=User.objects.exclude(role=User.Role.LEAD)
    )

    class Meta:
        fields: list[str] = []
        form = FilterForm


def from_day_on(field: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label="From this day on",
        field_name=field,
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class AuditFilter(OwnActsFilter):
    address = django_filters.CharFilter(label="Part of the page's address", field_name="page", lookup_expr="icontains")
    since = from_day_on("at")
    sort = Sort(
        latest=("Latest first", "-at", "-pk"),
        earliest=("Earliest first", "at"),
        page=("Page", "page", "-at"),
    )


class OwnActs(StaffList):
    """What staff did. Administrators see what everybody did, staff what they did themselves."""

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = super().get_queryset()
        return rows if self.request.user.is_administrator else rows.filter(by=self.request.user.pk)


def visit_row(entry: AuditEntry) -> list[str]:
    return [moment(entry.at), entry.by.name, entry.page, "sent" if entry.verb == "POST" else "looked at"]


class AuditList(OwnActs):
    """Who looked at pages that may show people."""

    template_name = "team/audit_list.html"
    filterset_class = AuditFilter
    queryset = AuditEntry.objects.select_related("by")
    file = ListFile(
        name="visits",
        title="Who looked at what",
        columns={"When": 36, "Who": 24, "Page": 50, "How": 12},
        row=visit_row,
    )


class DownloadFilter(OwnActsFilter):
    search = django_filters.CharFilter(method="matching", label="Words in what was taken, or why")
    since = from_day_on("made_at")
    sort = Sort(
        latest=("Latest first", "-made_at", "-pk"),
        earliest=("Earliest first", "made_at"),
        rows=("Longest first", "-rows", "-made_at"),
    )

    def matching(self, downloads: QuerySet, name: str, value: str) -> QuerySet:
        return downloads.filter(Q(what__icontains=value) | Q(why__icontains=value))


def download_row(download: PeopleDownload) -> list[str | int]:
    by = download.by.name if download.by else ""
    return [moment(download.made_at), by, download.what, download.rows, download.why]


class DownloadList(OwnActs):
    """Which lists of people were taken away, and why."""

    template_name = "team/download_list.html"
    filterset_class = DownloadFilter
    queryset = PeopleDownload.objects.select_related("by")
    file = ListFile(
        name="downloads",
        title="Lists of people taken away",
        columns={"When": 36, "Who": 24, "What": 40, "Rows": 8, "Why": 50},
        row=download_row,
    )
