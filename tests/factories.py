"""Rows for tests: each function makes one valid row, the facts that matter are passed in."""

from datetime import date
from itertools import count

from django.utils import timezone

from initiatives.models import Initiative, STPArea
from senate_portal.accounts.models import User
from stp_feedback.models import FeedbackPoint, Forum, ForumKeyTheme, KeyTheme

numbers = count(1)


def make_user(role=User.Role.STAFF, **fields):
    number = next(numbers)
    return User.objects.create_user(
        **{"email": f"user{number}@example.org", "name": f"User {number}"} | fields, role=role
    )


def make_area(code="NEL", **fields):
    return STPArea.objects.get_or_create(code=code, defaults={"name": f"Area {code}"} | fields)[0]


def make_initiative(**fields):
    number = next(numbers)
    known = {
        "slug": f"initiative-{number}",
        "title": f"Initiative {number}",
        "summary": "What it does.",
        "who_for": "Everyone",
        "stage": Initiative.Stage.LIVE,
        "publication": Initiative.Publication.PUBLISHED,
    }
    return Initiative.objects.create(**known | fields)


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
