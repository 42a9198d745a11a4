"""Emails to the Senate's own people: what waits for staff, each week and when something has lain for days, and to
administrators who looked at people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from commitments import chasing, close_down, reports
from commitments.models import Attendee, Commitment, HeldText, Message, PeopleDownload, Remark
from initiatives.models import ProblemReport
from senate_portal.accounts.models import AuditEntry, User
from senate_portal.lib.working_days import in_london, is_working_day
from stp_feedback.models import FeedbackPoint, Forum

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
NUDGE_AFTER = (3, 7)  # days
NUDGED_AT = "staff-nudged-at"  # when staff were last nudged, in the cache; without it the day before counts


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


def staff() -> "QuerySet[User]":
    return User.objects.filter(is_active=True, role__in=[User.Role.STAFF, User.Role.ADMIN])


def tell_staff() -> int:
    """To everybody who can do something about it, and only if work exists. Returns how many were written to."""
    work = waiting()
    subject = f"{settings.SERVICE_NAME}: what waits for you this week"
    return send(staff(), subject, "staff_week", waiting=work, staff_page=address("commitments:staff")) if work else 0


def nudge_staff(now: datetime) -> int:
    """On a working day, of what has now lain for 3 days, or for 7, since the email before looked."""
    if not is_working_day(in_london(now).date()):
        return 0
    seen = cache.get(NUDGED_AT) or now - DAY
    cache.set(NUDGED_AT, now, timeout=None)
    left = [(days, *one) for days in NUDGE_AFTER for one in lying(seen - days * DAY, now - days * DAY)]
    work = [
        Waiting(f"{what}, for {days} days now", number, address(page)) for days, what, number, page in left if number
    ]
    subject = f"{settings.SERVICE_NAME}: this has lain for some days"
    return send(staff(), subject, "staff_nudge", waiting=work, staff_page=address("commitments:staff")) if work else 0


def lying(after: datetime, until: datetime) -> list[tuple[str, int, str]]:
    """What waits for staff since a moment between these two, with its number and page."""

    def since(field: str) -> Q:
        return Q(**{f"{field}__gt": after, f"{field}__lte": until})

    asking = HeldText.objects.waiting().filter(since("held_at")).count()
    asking += Remark.objects.unsettled().filter(since("made_at")).count()
    asking += Commitment.objects.filter(since("withdrawn_at"), is_disowned=True).count()
    failed = Message.objects.filter(since("settled_at"), state=Message.State.FAILED, wave__state__in=["open", "held"])
    held = Q(held_on__gt=in_london(after).date(), held_on__lte=in_london(until).date())
    silent = Forum.objects.filter(held, feedback_published_at=None)
    points = FeedbackPoint.objects.filter(since("forum__feedback_published_at"), state="published", response=None)
    return [
        ("People who ask something of you", asking, "commitments:asking"),
        ("Messages that failed", failed.count(), "commitments:messages"),
        (
            "Addresses to mend",
            Attendee.objects.with_address_to_mend().filter(since("address_failed_at")).count(),
            "commitments:attendees",
        ),
        (
            "Problems with entries that somebody reported",
            ProblemReport.objects.open().filter(since("reported_at")).count(),
            "initiatives:problems",
        ),
        ("Forums that were held and whose feedback is not published", silent.count(), "commitments:staff"),
        ("Published points that no lead has answered", points.count(), "stp_feedback:forums"),
    ]


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
