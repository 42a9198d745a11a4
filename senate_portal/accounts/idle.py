"""Accounts of the Senate's staff that nobody uses: their owner is told, and two weeks later they are closed.

Signing in ends it. The administrator seen last is never closed, so that somebody can open the others again.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse

from senate_portal.accounts.models import User

TOLD_BEFORE = timedelta(days=14)

logger = logging.getLogger(__name__)


def used_before(limit: datetime) -> "QuerySet[User]":
    """Open accounts of staff that were last used before then."""
    staff = User.objects.filter(is_active=True, role__in=[User.Role.STAFF, User.Role.ADMIN])
    staff = staff.annotate(seen_at=Coalesce("last_login", "joined_at"))
    administrators = staff.filter(role=User.Role.ADMIN).order_by("-seen_at", "pk")
    return staff.filter(seen_at__lt=limit).exclude(pk__in=administrators.values("pk")[:1])


def to_tell(now: datetime) -> "QuerySet[User]":
    idle = used_before(now - keep() + TOLD_BEFORE)
    return idle.filter(Q(told_idle_at=None) | Q(told_idle_at__lt=F("seen_at")))


def to_close(now: datetime) -> "QuerySet[User]":
    """Nobody whom the email has not reached two weeks ago."""
    return used_before(now - keep()).filter(told_idle_at__gte=F("seen_at"), told_idle_at__lte=now - TOLD_BEFORE)


def keep() -> timedelta:
    return timedelta(days=settings.RETENTION["idle_accounts_days"])


def tell(users: "QuerySet[User]", now: datetime) -> None:
    for user in users:
        context = {
            "name": user.name,
            "address": f"{settings.SITE_URL}{reverse('account_login')}",
            "service_name": settings.SERVICE_NAME,
            "senate_name": settings.SENATE_NAME,
            "contact_email": settings.CONTACT_EMAIL,
            "days": TOLD_BEFORE.days,
        }
        text = render_to_string("accounts/emails/idle.txt", context)
        subject = f"Your account at the {settings.SERVICE_NAME} will be closed"
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
        except OSError:
            logger.warning("Account %s is idle, and the email did not leave; it is tried again tomorrow", user.pk)
            continue
        User.objects.filter(pk=user.pk).update(told_idle_at=now)


def close(users: "QuerySet[User]", now: datetime) -> None:
    User.objects.filter(pk__in=list(users.values_list("pk", flat=True))).update(is_active=False)
