"""Rings the bell; the rules stand in link_checks.py and confirming.py."""

import logging

from celery import shared_task

from initiatives import confirming, link_checks
from initiatives.models import Contact

logger = logging.getLogger(__name__)


@shared_task
def check_links() -> None:
    link_checks.check_due()


@shared_task
def ask_contact(contact_id: int) -> None:
    contact = Contact.objects.select_related("initiative").filter(pk=contact_id).first()
    if contact:
        confirming.ask(contact)
