"""An entry leaves the catalogue only after two warnings ahead, to its contacts and to the Senate's mailbox.

Afterwards its page can still be reached by its address, and says when and why it was archived.
"""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from initiatives import emails
from initiatives.models import ArchiveWarning, Initiative

logger = logging.getLogger(__name__)


def first_day(today: date) -> date:
    """The day on which an entry may leave when staff decide today."""
    return today + timedelta(days=settings.ARCHIVE_WARNING_DAYS[0])


def carry_on(today: date) -> None:
    """The night's work: send the warnings that are due, then archive what was warned of in time."""
    for initiative in Initiative.objects.published().filter(archive_on__isnull=False):
        for days_ahead in settings.ARCHIVE_WARNING_DAYS:
            if today >= initiative.archive_on - timedelta(days=days_ahead):
                warn(initiative, days_ahead)
        if today >= initiative.archive_on:
            archive(initiative.pk, today)


def warn(initiative: Initiative, days_ahead: int) -> None:
    """Once for each day ahead, even when two nights' work meets."""
    _, is_new = ArchiveWarning.objects.get_or_create(
        initiative=initiative, archive_on=initiative.archive_on, days_ahead=days_ahead
    )
    if not is_new:
        return
    contacts = {contact.email for contact in initiative.contacts.here() if emails.may_be_sent(contact.email)}
    for address in [settings.CONTACT_EMAIL, *sorted(contacts)]:
        emails.send(emails.archive_warning(initiative, address))
    logger.info("Initiative %s: warned %s days ahead of archiving", initiative.pk, days_ahead)


@transaction.atomic
def archive(pk: int, today: date) -> None:
    """Waits where the last warning came late, as after some days without a worker."""
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=pk)
    if initiative.archive_on is None or initiative.archive_on > today:
        return
    warnings = initiative.archive_warnings.filter(archive_on=initiative.archive_on)
    in_time = timezone.now() - timedelta(days=settings.ARCHIVE_WARNING_DAYS[-1] - 1)
    sent = [warning.sent_at for warning in warnings]
    if len(sent) < len(settings.ARCHIVE_WARNING_DAYS) or max(sent) > in_time:
        return
    initiative.archive_on, initiative.archived_on = None, today
    initiative.publication = Initiative.Publication.ARCHIVED
    initiative.save()
    logger.info("Initiative %s: archived", pk)
