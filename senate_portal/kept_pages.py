"""Public pages kept in memory: made once, and shown to everybody until a record that they draw on changes."""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from initiatives import catalogue

# Each looks the same to everybody who is not signed in, and changes only with the day and the records of VERSIONS.
# Pages that tell how a follow-up stands (home, an area, a forum) are not among them: that changes by the minute.
KEPT = {
    "about",
    "accessibility",
    "areas",
    "initiatives:compare",
    "initiatives:detail",
    "initiatives:list",
    "initiatives:matrix",
    "initiatives:sources",
    "privacy",
    "stp_feedback:feedback",
    "stp_feedback:forums",
}
# Who took an initiative up is told by few answers, so these are named one by one, with those that replace them.
# Whether a story shows hangs on its teller's consent and on the whole follow-up, so entries with one are not kept.
VERSIONS = """
SELECT
    (SELECT version FROM initiatives_catalogueversion),
    (SELECT version FROM stp_feedback_feedbackversion),
    (SELECT string_agg(answer.id::text, ' ' ORDER BY answer.id) FROM commitments_answer AS answer
     WHERE commitment_id IN (SELECT commitment_id FROM commitments_answer WHERE took_up_id IS NOT NULL)),
    (SELECT string_agg(concat_ws(' ', id, place, what_changed), ' ' ORDER BY id) FROM commitments_takeup),
    (SELECT array_agg(DISTINCT entry.slug) FROM commitments_story AS story
     JOIN initiatives_initiative AS entry ON entry.id = story.initiative_id WHERE story.approved_at IS NOT NULL)
"""


class KeptPagesMiddleware:
    """The last one before the view, so that a kept page gets its headers like any other.

    Who sends a cookie is somebody in particular: they are never given a kept page, and never leave one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if request.method != "GET" or request.COOKIES or match is None or match.view_name not in KEPT:
            return None
        # Read before the page is made: one that is made while a record changes is never shown for the new version.
        catalogue_version, *others, with_story = versions()
        if match.kwargs.get("slug") in with_story:
            return None
        told = f"{catalogue_version} {others} {timezone.localdate()} {request.build_absolute_uri()}"
        key = hashlib.sha256(told.encode()).hexdigest()
        if kept := caches["pages"].get(key):
            content, headers = kept
            response = HttpResponse(content, headers=headers)
        else:
            with catalogue.known_version(catalogue_version):
                response = made(view(request, *args, **kwargs))
            if is_for_everybody(request, response):
                caches["pages"].set(key, (response.content, dict(response.items())))
        # Browsers and proxies may keep it too, and ask each time whether it still holds.
        patch_cache_control(response, no_cache=True)
        return response


def versions() -> tuple[UUID | None, UUID | None, str | None, str | None, list[str]]:
    """Of the catalogue, of the feedback and of who took initiatives up, and the slugs of entries with a story."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS)
        catalogue_version, feedback_version, taken_up, places, with_story = cursor.fetchone()
    return catalogue_version, feedback_version, taken_up, places, with_story or []


def made(response: HttpResponse) -> HttpResponse:
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Not where something is wrong, nor where the page begins to know its visitor."""
    sets_cookie = response.cookies or request.session.modified or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    return response.status_code == 200 and not response.streaming and not sets_cookie
