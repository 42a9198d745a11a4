"""Who may open what. Every address of the portal stands in ACCESS; one that nobody decided about fails the walk."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from initiatives.models import AreaLead
from senate_portal.accounts.models import User
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum,
    make_forum_with_feedback,
    make_initiative,
    make_link,
    make_point,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "lead", "staff", "admin"]


def gets(anonymous, lead, staff, admin):
    """What each role gets from a GET: the page (200), the way to another (302), a refusal (403), nothing there (404)
    or "not by this verb" (405)."""
    return dict(zip(ROLES, [anonymous, lead, staff, admin], strict=True))


EVERYBODY = gets(200, 200, 200, 200)
SIGNED_IN = gets(302, 200, 200, 200)
STAFF = gets(302, 403, 200, 200)
STAFF_POST = gets(302, 403, 405, 405)
POST_ONLY = gets(405, 405, 405, 405)
NOBODY_NOW = gets(302, 302, 302, 302)  # a step of signing in that has not begun, or is over

ACCESS = {
    "home": EVERYBODY,
    "about": EVERYBODY,
    "accessibility": EVERYBODY,
    "privacy": EVERYBODY,
    "data": EVERYBODY,
    "live": EVERYBODY,
    "ready": EVERYBODY,
    "areas": EVERYBODY,
    "area": EVERYBODY,
    "forum": EVERYBODY,
}
