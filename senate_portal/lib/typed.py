"""What somebody sent with a form that could not be taken, for the page that says so to show and to send again."""

import hashlib

from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
# Their values are secrets, or tell the page where to go.
UNSHOWN = {TOKEN, "code", "password", "next", "seen"}
Sent = list[tuple[str, str]]


def sent(request: HttpRequest) -> Sent:
    """Names and values of the form's fields; nothing where the form cannot be read."""
    if request.method != "POST":
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    except (UnreadablePostError, RawPostDataException):
        return []


def texts(request: HttpRequest) -> Sent:
    """What a person would have to type again, under a name that they may know."""
    return [
        (name.rpartition("-")[2].replace("_", " ").capitalize(), value)
        for name, value in sent(request)
        if value.strip() and name not in UNSHOWN
    ]


def fingerprint(request: HttpRequest) -> str:
    """The same for the same form of the same page with the same in it. Nothing of it can be read back."""
    files = [(name, file.name, file.size) for name, files in request.FILES.lists() for file in files]
    form = (request.get_full_path(), list(request.POST.lists()), files)
    return hashlib.sha256(repr(form).encode()).hexdigest()


def comes_from_here(request: HttpRequest) -> bool:
    """Whether our own page sent the form, as the browser says. Another site's must not be offered to be sent again."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
