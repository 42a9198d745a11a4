"""A contact is asked by email whether an entry is still right. Staff decide whom to ask."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from initiatives import publishing
from initiatives.models import Confirmation, Contact, ProblemReport
from senate_portal.lib.mail_delivery import MailTroubleError

logger = logging.getLogger(__name__)


def may_be_asked(contact: Contact) -> bool:
    """A demonstration writes to invented people only."""
    return bool(contact.email) and (
        not settings.DEMONSTRATION or contact.email.endswith(("@example.org", ".example.org"))
    )


def ask(contact: Contact) -> None:
    """Send the question. A failure is kept for staff, who then ask by other means."""
    if not may_be_asked(contact):
        return
    token = Confirmation.objects.issue(contact, timezone.now())
    context = {
        "contact": contact,
        "entry": contact.initiative,
        "entry_link": settings.SITE_URL + contact.initiative.get_absolute_url(),
        "confirm_link": settings.SITE_URL + reverse("initiatives:confirm", args=[token]),
        "senate_name": settings.SENATE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    email = EmailMessage(
        subject=f"Is “{' '.join(contact.initiative.title.split())}” still right?",
        body=render_to_string("initiatives/emails/confirm.txt", context),
        to=[contact.email],
        reply_to=[settings.CONTACT_EMAIL],
        headers={"Auto-Submitted": "auto-generated"},
    )
    asked = Confirmation.objects.filter(token_hash=Confirmation.hash_of(token))
    try:
        email.send()
    except (MailTroubleError, SMTPException) as problem:
        asked.update(failure=f"{type(problem).__name__}: the mail server did not take it")
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
