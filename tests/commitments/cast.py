"""A forum whose follow-up is due, and its people."""

from datetime import timedelta
from itertools import count

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from commitments.models import Answer, Attendee, Commitment
from senate_portal.accounts.models import User
from stp_feedback.models import Forum

WORDING = "You may email me about my commitments."
numbers = count(1)


def today():
    return timezone.localdate()


def forum_due(weeks_ago=1, **fields):
    """A forum whose follow-up was due so many weeks ago, give or take a weekend and the bank holidays."""
    number = next(numbers)
    held_on = today() - relativedelta(months=3) - timedelta(weeks=weeks_ago)
    fields = {"slug": f"forum-{number}", "title": f"Forum {number}", "held_on": held_on} | fields
    return Forum.objects.create(**fields)


def person(forum, *commitments, **fields):
    """Somebody who came, agreed to be followed up and made these commitments."""
    number = next(numbers)
    agreed = {"agreed_at": timezone.now(), "agreed_wording": WORDING}
    fields = {"name": f"Person {number}", "email": f"person-{number}@example.org"} | agreed | fields
    attendee = Attendee.objects.create(forum=forum, **fields)
    for position, text in enumerate(commitments, 1):
        Commitment.objects.create(attendee=attendee, position=position, text=text)
    return attendee


def people(forum, number, *commitments):
    return [person(forum, *commitments or ["Ring the falls team"]) for _ in range(number)]


def people_without_commitment(forum, number):
    return [person(forum) for _ in range(number)]


def answer(attendee, outcome=Answer.Outcome.DONE):
    return Answer.objects.create(commitment=attendee.commitments.first(), outcome=outcome)


def staff():
    return User.objects.create_user(f"staff-{next(numbers)}@example.org", name="Sam Staff", role=User.Role.STAFF)
