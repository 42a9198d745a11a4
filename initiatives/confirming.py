"""Contacts are asked by email whether an entry is still right, and for a result on the day it was expected.

Staff may ask at any time. By itself the portal asks when a year has passed since the last check, and on the day on
which a source expects results. What fell due more than a fortnight ago is left to staff, so that a record of long ago,
or a worker back from a while off, never writes to everybody at once.
"""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from initiatives import contacts, emails, freshness, publishing
from initiatives.models import Confirmation, Contact, Initiative, ProblemReport

logger = logging.getLogger(__name__)

STILL_ASKED = timedelta(days=14)
LEFT_NOTE = "Said so themselves when asked about the entry"


def may_be_asked(contact: Contact) -> bool:
    return contact.left_on is None and emails.may_be_sent(contact.email)


def ask_due(today: date) -> None:
    """The night's questions, one contact an entry. A site on trial asks nobody by itself."""
    if not settings.LIVE:
        return
    entries = Initiative.objects.published()
    expected = entries.without_expected_result(today).filter(results_expected_on__gt=today - STILL_ASKED)
    for initiative in expected:
        _ask_once(initiative, since=initiative.results_expected_on, about_result=True)
    for initiative in entries.filter(
        verified_on__lte=freshness.last_check_due(today),
        verified_on__gt=freshness.last_check_due(today - STILL_ASKED),
    ):
        _ask_once(initiative, since=freshness.review_by(initiative.verified_on), about_result=False)


def _ask_once(initiative: Initiative, *, since: date | None, about_result: bool) -> None:
    if initiative.confirmations.filter(about_result=about_result, asked_at__date__gte=since).exists():
        return
    contact = next(filter(may_be_asked, contacts.to_ask(initiative)), None)
    if contact:
        ask(contact, about_result=about_result)


def ask(contact: Contact, *, about_result: bool = False) -> None:
    """Send the question. A failure is kept for staff, who then ask by other means."""
    if not may_be_asked(contact):
        return
    token = Confirmation.objects.issue(contact, timezone.now(), about_result=about_result)
    link = reverse("initiatives:confirm", args=[token])
    if failure := emails.send(emails.question(contact, link, about_result=about_result)):
        Confirmation.objects.filter(token_hash=Confirmation.hash_of(token)).update(failure=failure)
    logger.info("Contact %s was asked about initiative %s", contact.pk, contact.initiative_id)


@transaction.atomic
def answer(confirmation: Confirmation, *, changed: str, left: bool = False) -> None:
    """Nothing changed: the entry counts as checked today by the contact. Otherwise staff get what they wrote.

    Whoever says that they have left is believed at once, and is not written to again.
    """
    now = timezone.now()
    Confirmation.objects.filter(pk=confirmation.pk).update(answered_at=now)
    if left:
        gone = confirmation.initiative.contacts.here().filter(email=confirmation.email)
        gone.update(left_on=timezone.localdate(now), left_note=LEFT_NOTE)
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
