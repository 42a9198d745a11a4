"""Contacts are asked whether an entry is still right; one who left their post is followed by somebody else."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from initiatives import confirming, contacts, publishing, tasks, versions
from initiatives.contact_forms import LeftForm
from initiatives.models import Contact
from initiatives.staff_exports import CONTACTS_LOST
from initiatives.staff_filters import ContactsLostFilter
from initiatives.views.moderation import done, stale
from senate_portal.accounts.access import StaffRequired
from senate_portal.accounts.models import User
from senate_portal.accounts.staff_lists import StaffList
from senate_portal.lib import bells


class ContactsLost(StaffList):
    """Contacts who left without a successor or could not be reached, and the entries with nobody else to ask."""

    template_name = "initiatives/contacts_lost.html"
    filterset_class = ContactsLostFilter
    file = CONTACTS_LOST

    def get_queryset(self) -> QuerySet[Contact]:
        return contacts.lost()


class ContactLeft(StaffRequired, FormView):
    template_name = "initiatives/contact_left.html"
    form_class = LeftForm

    @cached_property
    def contact(self) -> Contact:
        return get_object_or_404(Contact.objects.select_related("initiative"), pk=self.kwargs["pk"])  # type: ignore[no-any-return]

    def get_form_kwargs(self) -> dict[str, Any]:
        seen = versions.latest(self.contact.initiative)
        return super().get_form_kwargs() | {"instance": self.contact, "seen": seen}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contact=self.contact, entry=self.contact.initiative, **kwargs)

    def form_valid(self, form: LeftForm) -> HttpResponse:
        assert isinstance(self.request.user, User)  # noqa: S101 - for mypy
        entry = self.contact.initiative
        try:
            publishing.edit(entry, save=form.save, seen=form.cleaned_data["seen"], by=self.request.user)
        except publishing.StaleError:
            return stale(self.request, entry)
        messages.success(self.request, f"{self.contact} is marked as having left.")
        return redirect("initiatives:moderation", entry.pk)

    def form_invalid(self, form: LeftForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ContactBack(StaffRequired, View):
    """It was a mistake: the contact is still there."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        contact = get_object_or_404(Contact.objects.select_related("initiative"), pk=pk)
        contact.left_on, contact.left_note, contact.successor = None, "", None

        def bring_back(by: User) -> None:
            publishing.edit(contact.initiative, save=contact.save, by=by)

        return done(request, contact.initiative, bring_back, f"{contact} is there to be asked again.")


class ContactAsk(StaffRequired, View):
    """Write to a contact and ask whether the entry is still right."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        contact = get_object_or_404(Contact, pk=pk)
        if confirming.may_be_asked(contact):
            bells.after_commit(tasks.ask_contact, contact.pk)
            messages.success(request, "The question is on its way.")
        else:
            messages.error(request, "No question is sent: there is no address, or a demonstration may not write to it.")
        return redirect("initiatives:moderation", contact.initiative_id)
