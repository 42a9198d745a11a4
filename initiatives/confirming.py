"""A contact is asked by email whether an entry is still right. Staff decide whom to ask."""

import logging

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from initiatives import emails, publishing
from initiatives.models import Confirmation, Contact, ProblemReport

logger = logging.getLogger(__name__)


def may_be_asked(contact: Contact) -> bool:
    return emails.may_be_sent(contact.email)


def ask(contact: Contact) -> None:
    """Send the question. A failure is kept for staff, who then ask by other means."""
    if not may_be_asked(contact):
        return
    token = Confirmation.objects.issue(contact, timezone.now())
    link = reverse("initiatives:confirm", args=[token])
    if failure := emails.send(emails.question(contact, link, about_result=False)):
        Confirmation.objects.filter(token_hash=Confirmation.hash_of(token)).update(failure=failure)
    logger.info("Contact %s was asked about initiative %s", contact.pk, contact.initiative_id)


@transaction.atomic
def answer(confirmation: Confirmation, *, changed: str) -> None:
    """Nothing changed: the entry counts as checked today by the contact. Otherwise staff get what they wrote."""
    now = timezone.now()
    Confirmation.objects.filter(pk=confirmation.pk).update(answered_at=now)
    if changed:
        ProblemReport.objects.create(
            initiative=confirmation.initiative,
            origin=ProblemReport.Origin.CONTACT,
            text=changed,
            email=confirmation.email,
        )
    else:
        publishing.mark_checked(
            confirmation.initiative, on=timezone.localdate(now), checked_by=confirmation.name, by=None
        )
