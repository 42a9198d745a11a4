"""Every link is tried once a week. What came of it is shown to staff; nothing is changed or deleted for it."""

import logging
import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from initiatives.models import Initiative, Link
from senate_portal.lib import web_links

logger = logging.getLogger(__name__)

EVERY = timedelta(days=7)
MOST = 200  # links in one run; the next night goes on
RUN = 600.0  # seconds, less than a task may take
PAUSE = 1.0  # seconds before the same server is asked again


def check_due(*, pause: float = PAUSE, may_reach: web_links.Judge = web_links.is_public) -> int:
    """Gives the number of links tried. A demonstration asks nothing of other machines."""
    if settings.DEMONSTRATION:
        return 0
    now = timezone.now()
    due = (
        Link.objects.exclude(address="")
        .exclude(initiative__publication=Initiative.Publication.ARCHIVED)
        .filter(Q(last_checked_at=None) | Q(last_checked_at__lte=now - EVERY))
        .order_by("last_checked_at", "pk")[:MOST]
    )
    agent = f"{settings.SERVICE_NAME} link check (+{settings.SITE_URL})"
    end = time.monotonic() + RUN
    asked: set[str] = set()
    checked = []
    for link in due:
        if time.monotonic() > end:
            break
        host = urlsplit(link.address).netloc
        if host in asked:
            time.sleep(pause)
        asked.add(host)
        link.check_result = web_links.check(link.address, agent=agent, may_reach=may_reach)
        link.last_checked_at = timezone.now()
        checked.append(link)
    Link.objects.bulk_update(checked, ["check_result", "last_checked_at"])
    logger.info("%s links tried", len(checked))
    return len(checked)
