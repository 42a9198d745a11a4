"""Who may open what. Every address of the portal stands in ACCESS; one that does not fails the walk."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

ROLES = ["anonymous", "lead", "staff", "admin"]

# What each role gets from a GET: the page (200), the sign-in page (302), a refusal (403), nothing (404) or
# "not by that verb" (405).
PUBLIC = {role: {200} for role in ROLES}
SIGNED_IN = {"anonymous": {302}, "lead": {200}, "staff": {200}, "admin": {200}}
STAFF = {"anonymous": {302}, "lead": {403}, "staff": {200}, "admin": {200}}
POST_ONLY = {role: {405} for role in ROLES}
# The administration is hidden from everybody who may not use it.
ADMIN = {"anonymous": {404}, "lead": {404}, "staff": {404}, "admin": {200, 302, 405}}

ACCESS = {
    "home": PUBLIC,
    "about": PUBLIC,
    "accessibility": PUBLIC,
    "privacy": PUBLIC,
    "data": PUBLIC,
}


def routes(patterns, namespace="") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern
