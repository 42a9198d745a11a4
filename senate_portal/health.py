"""Two questions a load balancer asks. The public learns yes or no, an administrator also what is wrong with sending."""

import functools
import logging

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.watch import what_is_wrong

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration that this code needs."""
    try:
        missing = last_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        logger.exception("The database does not answer")
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    if missing:
        logger.error("Not applied: %s", ", ".join(f"{app}.{name}" for app, name in sorted(missing)))
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    return HttpResponse("\n".join(["ready", *detail(request), ""]), content_type="text/plain")


def detail(request: HttpRequest) -> list[str]:
    """What is wrong with sending, for a signed-in administrator. The pages are served all the same."""
    if request.user.is_authenticated and request.user.is_staff:
        return what_is_wrong(timezone.now())
    return []


@functools.cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, read from the code once: it takes a tenth of a second."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
