"""Emails about entries: to their contacts, to readers who reported something, and to staff."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from initiatives.models import Contact, Initiative, ProblemReport
from senate_portal.accounts.models import User
from senate_portal.lib.mail_delivery import MailTroubleError
from senate_portal.lib.mail_headers import AUTOMATIC, one_click_stop

logger = logging.getLogger(__name__)


def may_be_sent(address: str) -> bool:
    """A demonstration writes to invented people only."""
    return bool(address) and (not settings.DEMONSTRATION or address.endswith(("@example.org", ".example.org")))


def question(contact: Contact, link: str, *, about_result: bool) -> EmailMessage:
    """Asks whether an entry is still right, or for the result that was expected by now."""
    name = "result" if about_result else "confirm"
    ask = "What came of “{}”?" if about_result else "Is “{}” still right?"
    context = {"contact": contact, "confirm_link": settings.SITE_URL + link}
    return _message(contact.email, ask, f"initiatives/emails/{name}.txt", contact.initiative, context)


def archive_warning(initiative: Initiative, to: str) -> EmailMessage:
    return _message(to, "“{}” is to leave the catalogue", "initiatives/emails/archive_warning.txt", initiative, {})


def settled(report: ProblemReport) -> EmailMessage:
    """Tells somebody who reported a problem what came of it."""
    ask = "What came of your report about “{}”"
    return _message(report.email, ask, "initiatives/emails/settled.txt", report.initiative, {"report": report})


def saved_searches(user: User, told: Sequence[Any], token: str) -> EmailMessage:
    """What is new in the lists that somebody saved; `told` holds one saved_searches.News for each."""
    stop_link = f"{settings.SITE_URL}{reverse('initiatives:searches_stop', args=[token])}"
    subject = "New in your saved searches"
    context = {
        "subject": subject,
        "name": user.name,
        "told": told,
        "list_link": settings.SITE_URL + reverse("initiatives:list"),
        "site": settings.SITE_URL,
        "searches_link": settings.SITE_URL + reverse("initiatives:searches"),
        "stop_link": stop_link,
        "senate_name": settings.SENATE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("initiatives/emails/saved_searches.txt", context),
        to=[user.email],
        reply_to=[settings.CONTACT_EMAIL],
        headers=AUTOMATIC | one_click_stop(stop_link),
    )
    message.attach_alternative(render_to_string("initiatives/emails/saved_searches.html", context), "text/html")
    return message


def send(message: EmailMessage) -> str:
    """Gives an empty text, or why the mail server did not take it."""
    try:
        message.send()
    except (MailTroubleError, SMTPException, OSError) as problem:
        logger.warning("An email about an initiative was not taken: %s", type(problem).__name__)
        return f"{type(problem).__name__}: the mail server did not take it"
    return ""


def _message(to: str, subject: str, template: str, initiative: Initiative, context: dict[str, Any]) -> EmailMessage:
    context |= {
        "entry": initiative,
        "entry_link": settings.SITE_URL + initiative.get_absolute_url(),
        "senate_name": settings.SENATE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    return EmailMessage(
        subject=subject.format(" ".join(initiative.title.split())),
        body=render_to_string(template, context),
        to=[to],
        reply_to=[settings.CONTACT_EMAIL],
        headers=AUTOMATIC,
    )
