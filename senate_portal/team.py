"""Who may sign in, and what staff looked at. Pages that need the accounts and the areas people answer for."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, ListView, View
from django_filters.views import FilterView

from commitments.models import PeopleDownload
from initiatives.models import STPArea
from senate_portal.accounts import invitations
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import AuditEntry, User
from senate_portal.lib.forms import FilterForm


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


class AccountList(StaffRequired, ListView):
    template_name = "team/account_list.html"
    paginate_by = 100
    queryset = User.objects.prefetch_related("areas").order_by("-is_active", "name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        by = self.request.user
        accounts = [(user, invitations.may_change(user, by)) for user in context["object_list"]]  # type: ignore[arg-type]
        return context | {"accounts": accounts}


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


class AuditFilter(django_filters.FilterSet):  # type: ignore[misc]
    by = django_filters.ModelChoiceFilter(label="Who", queryset=User.objects.exclude(role=User.Role.LEAD))
    address = django_filters.CharFilter(label="Part of the page's address", field_name="page", lookup_expr="icontains")
    since = django_filters.DateFilter(
        label="From this day on",
        field_name="at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = AuditEntry
        fields: list[str] = []
        form = FilterForm


class AuditList(StaffRequired, FilterView):  # type: ignore[misc]
    """Who looked at pages that may show people. Administrators see everybody's entries, staff their own."""

    template_name = "team/audit_list.html"
    filterset_class = AuditFilter
    paginate_by = 100

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return self.own(AuditEntry.objects.select_related("by"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"downloads": self.own(PeopleDownload.objects.select_related("by"))[:50]}

    def own(self, rows: QuerySet) -> QuerySet:
        return rows if self.request.user.is_administrator else rows.filter(by=self.request.user.pk)
