"""Rings the bell; the rules stand in link_checks.py, archiving.py, confirming.py, dumps.py and uploads.py."""

import logging

from celery import shared_task
from django.utils import timezone

from initiatives import archiving, confirming, dumps, emails, link_checks, uploads
from initiatives.models import Contact, ProblemReport

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
