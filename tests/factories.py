"""Rows for tests: each function makes one valid row, the facts that matter are passed in."""

from datetime import date, timedelta
from itertools import count

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from django.utils.text import slugify

from commitments.models import AnswerLink, Attendee, Wave
from initiatives.models import (
    Basis,
    Borough,
    Contact,
    Initiative,
    Link,
    Organisation,
    Outcome,
    Population,
    Source,
    STPArea,
    Theme,
)
from senate_portal.accounts.models import User
from stp_feedback.models import Ask, FeedbackPoint, Forum, ForumKeyTheme, Idea, KeyTheme, Measure, Series

numbers = count(1)


def make_user(role=User.Role.STAFF, **fields):
    """Staff have set up their second factor."""
    number = next(numbers)
    user = User.objects.create_user(
        **{"email": f"user{number}@example.org", "name": f"User {number}"} | fields, role=role
    )
    if user.is_senate_staff:
        TOTP.activate(user, generate_totp_secret())
    return user


def make_area(code="NEL", **fields):
    return STPArea.objects.get_or_create(code=code, defaults={"name": f"Area {code}"} | fields)[0]


def make_borough(name="Hackney", area=None, **fields):
    number = next(numbers)
    known = {"slug": slugify(name), "short_name": f"{number:03}"[-3:], "tile_row": number, "tile_column": 1}
    return Borough.objects.get_or_create(name=name, defaults=known | {"area": area or make_area()} | fields)[0]


def make_theme(name="Falls", **fields):
    return Theme.objects.get_or_create(name=name, defaults={"slug": slugify(name)} | fields)[0]


def make_population(name="Older people"):
    return Population.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]


def make_organisation(name="A trust", **fields):
    known = {"slug": slugify(name), "kind": Organisation.Kind.TRUST}
    return Organisation.objects.get_or_create(name=name, defaults=known | fields)[0]


def make_source(title="A report", **fields):
    return Source.objects.get_or_create(
        title=title, defaults={"slug": slugify(title), "publisher": "A publisher"} | fields
    )[0]


def make_outcome(initiative, **fields):
    known = {
        "position": initiative.outcomes.count() + 1,
        "claim": Outcome.Claim.AIM,
        "measured": Outcome.Measured.ADMISSIONS,
        "measure": "Hospital admissions",
    }
    return Outcome.objects.create(initiative=initiative, **known | fields)


def make_contact(initiative, **fields):
    known = {"position": initiative.contacts.count() + 1, "name": "Somebody", "is_public": True}
    return Contact.objects.create(initiative=initiative, **known | fields)


def make_reading(initiative, **fields):
    known = {"position": initiative.links.count() + 1, "label": "Overview"}
    return Link.objects.create(initiative=initiative, **known | fields)


def make_initiative(areas=(), inferred_areas=(), boroughs=(), themes=(), populations=(), organisations=(), **fields):
    """A published entry, placed in the areas and boroughs given."""
    number = next(numbers)
    known = {
        "slug": f"initiative-{number}",
        "title": f"Initiative {number}",
        "summary": "What it does.",
        "who_for": "Everyone",
        "stage": Initiative.Stage.LIVE,
        "publication": Initiative.Publication.PUBLISHED,
    }
    initiative = Initiative.objects.create(**known | fields)
    initiative.areas.add(*areas)
    initiative.areas.add(*inferred_areas, through_defaults={"basis": Basis.INFERRED})
    initiative.boroughs.add(*boroughs)
    initiative.themes.add(*themes)
    initiative.populations.add(*populations)
    initiative.organisations.add(*organisations)
    return initiative


def make_forum(**fields):
    number = next(numbers)
    known = {"slug": f"forum-{number}", "title": f"Forum {number}", "held_on": date(2026, 1, 26), "is_published": True}
    return Forum.objects.create(**known | fields)


def make_forum_with_feedback(**fields):
    return make_forum(**{"feedback_published_at": timezone.now()} | fields)


def make_key_theme(name="Leadership", forum=None, **fields):
    number = next(numbers)
    theme = KeyTheme.objects.create(**{"slug": f"theme-{number}", "name": name, "short_name": name} | fields)
    if forum:
        ForumKeyTheme.objects.create(forum=forum, key_theme=theme, position=number)
    return theme


def make_point(forum=None, area=None, key_themes=(), initiatives=(), **fields):
    """A published point of a forum whose feedback is published."""
    number = next(numbers)
    known = {
        "section": FeedbackPoint.Section.SUPPORT,
        "position": number,
        "text": f"Point {number}",
        "state": FeedbackPoint.State.PUBLISHED,
    }
    point = FeedbackPoint.objects.create(
        forum=forum or make_forum_with_feedback(), area=area or make_area(), **known | fields
    )
    point.key_themes.set(key_themes)
    point.initiatives.set(initiatives)
    return point


def make_ask(points=(), text="QI training", **fields):
    ask = Ask.objects.create(text=text, **fields)
    ask.points.set(points)
    return ask


def make_idea(forum=None, **fields):
    number = next(numbers)
    known = {"idea": f"Idea {number}", "is_published": True}
    return Idea.objects.create(forum=forum or make_forum(), **known | fields)


def make_measure(series=None, **fields):
    number = next(numbers)
    known = {"position": number, "name": f"Measure {number}", "comparator": "fewer-than", "target": 15, "unit": "%"}
    series = series or Series.objects.create(slug=f"series-{number}", title=f"Series {number}")
    return Measure.objects.create(series=series, **known | fields)


def make_reading_of_measure(measure, **fields):
    return measure.readings.create(**{"read_on": date(2026, 1, 31), "value": 20} | fields)


def make_attendee(forum=None, **fields):
    """Somebody who came and agreed to be followed up."""
    number = next(numbers)
    known = {
        "name": f"Attendee {number}",
        "email": f"attendee{number}@example.org",
        "agreed_at": timezone.now(),
        "agreed_wording": "You may write to me about my commitments.",
    }
    return Attendee.objects.create(forum=forum or make_forum(), **known | fields)


def make_commitment(attendee=None, **fields):
    attendee = attendee or make_attendee()
    position = attendee.commitments.count() + 1
    return attendee.commitments.create(**{"position": position, "text": f"Commitment {position}"} | fields)


def make_wave(forum, **fields):
    known = {"due_on": forum.promised_follow_up_on, "due_why": "3 months after the forum"}
    known["closes_on"] = fields.get("due_on", known["due_on"]) + timedelta(days=42)
    return Wave.objects.create(forum=forum, **known | fields)


def make_message(attendee, wave, **fields):
    known = {"message_id": f"<{next(numbers)}@example.org>", "not_before": timezone.now(), "recipient": attendee.email}
    return wave.messages.create(attendee=attendee, **known | fields)


def make_link(attendee, now=None):
    """The secret of a link to the attendee's answer page."""
    return AnswerLink.objects.issue(attendee, now or timezone.now())
