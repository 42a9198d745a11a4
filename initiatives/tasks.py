"""Rings the bell; the rules stand in the modules that it imports."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from initiatives import archiving, confirming, dumps, emails, link_checks, saved_searches, uploads
from initiatives.models import Contact, ProblemReport
from senate_portal.lib import throttle

logger = logging.getLogger(__name__)


@shared_task
def check_links() -> None:
    link_checks.check_due()


@shared_task
def tell_outcome(report_id: int) -> None:
    report = ProblemReport.objects.select_related("initiative").filter(pk=report_id).exclude(email="").first()
    if report:
        emails.send(emails.settled(report))
        logger.info("Whoever sent problem report %s was told its outcome", report_id)


@shared_task
def keep_fresh() -> None:
    today = timezone.localdate()
    archiving.carry_on(today)
    confirming.ask_due(today)


@shared_task
def tell_of_saved_searches() -> None:
    """Once in a day, however many beats ring."""
    if throttle.allows("saved-searches", "all", limit=1, period=timedelta(hours=20)):
        saved_searches.tell_due(timezone.now())


@shared_task
def dump_catalogue() -> None:
    made = dumps.make(now=timezone.now())
    logger.info("Dumped %s initiatives in %s bytes", made.entries, made.size)


@shared_task
def ask_contact(contact_id: int) -> None:
    contact = Contact.objects.select_related("initiative").filter(pk=contact_id).first()
    if contact:
        confirming.ask(contact)


@shared_task
def carry_out_imports() -> None:
    """Rung by a page, and every minute for those whose bell was lost."""
    uploads.carry_out_confirmed()
    uploads.undo_asked()
