"""Emails to the Senate's own people once a week: what waits for staff, and to administrators who looked at people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from commitments import chasing, close_down, reports
from commitments.models import Commitment, HeldText, PeopleDownload, Remark
from senate_portal.accounts.models import AuditEntry, User

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    what: str
    number: int
    page: str


def waiting() -> list[Waiting]:
    """What is outstanding, the most pressing first; nothing where all is done. It names nobody."""
    today = reports.today(timezone.localdate())
    asking = HeldText.objects.waiting().count() + Remark.objects.unsettled().count()
    asking += Commitment.objects.filter(is_disowned=True).count()
    found = [
        ("Follow-ups held until you release them", today.waves_held, "commitments:staff"),
        ("Messages of which nobody knows whether they were sent", today.messages_unknown, "commitments:messages"),
        ("Messages that failed or were put off", today.messages_failing, "commitments:messages"),
        ("Addresses to mend", today.addresses_to_mend, "commitments:attendees"),
        ("People who ask something of you", asking, "commitments:asking"),
        ("People with a commitment who have not answered", unanswered(), "commitments:chase"),
        ("Forums with something left to do", len(close_down.overdue(timezone.localdate())), "commitments:staff"),
    ]
    return [Waiting(what, number, address(page)) for what, number, page in found if number]


def unanswered() -> int:
    return chasing.unanswered().filter(forum__wave__state__in=["open", "held"]).count()


def tell_staff() -> int:
    """To everybody who can do something about it, and only if work exists. Returns how many were written to."""
    work = waiting()
    staff = User.objects.filter(is_active=True, role__in=[User.Role.STAFF, User.Role.ADMIN])
    subject = f"{settings.SERVICE_NAME}: what waits for you this week"
    return send(staff, subject, "staff_week", waiting=work, staff_page=address("commitments:staff")) if work else 0


def tell_administrators(now: datetime) -> int:
    """Who looked at pages about people in the last week, how often, and who took lists away and why."""
    looked = (
        AuditEntry.objects.filter(at__gte=now - WEEK)
        .values("by__name")
        .annotate(pages=Count("pk"))
        .order_by("-pages", "by__name")
    )
    downloads = PeopleDownload.objects.filter(made_at__gte=now - WEEK).select_related("by")
    if not looked and not downloads:
        return 0
    administrators = User.objects.filter(is_active=True, role=User.Role.ADMIN)
    subject = f"{settings.SERVICE_NAME}: who looked at people's details this week"
    return send(administrators, subject, "audit_week", looked=looked, downloads=downloads, audit_page=address("audit"))


def send(users: "QuerySet[User]", subject: str, template: str, **context: object) -> int:
    context |= {"senate_name": settings.SENATE_NAME, "service_name": settings.SERVICE_NAME}
    people: Iterable[User] = users.order_by("pk")
    sent = 0
    for user in people:
        text = render_to_string(f"commitments/emails/{template}.txt", context | {"name": user.name})
        sent += send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])
    return sent


def address(page: str) -> str:
    return settings.SITE_URL + reverse(page)
