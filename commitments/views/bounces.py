"""What mail servers and mail services tell us afterwards. Each request proves where it comes from; none has a session.

Who proves nothing is answered like everybody else, so that nobody tries again and nobody learns what is known.
"""

import json
import logging
from typing import Any

from anymail.signals import tracking
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from commitments import bounces
from senate_portal.lib import delivery_reports

LARGEST_RECEIPT = 10_000  # bytes

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def report(request: HttpRequest, detail: str) -> HttpResponse:
    """An email that came to the envelope sender with this detail, as a mail server hands it on."""
    content = request.read(delivery_reports.LARGEST + 1)
    bounces.take_report(detail, content)
    return HttpResponse("ok\n", content_type="text/plain")


@csrf_exempt
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """GOV.UK Notify tells what became of a message. It signs with the bearer token that was given to it."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.WEBHOOK_SECRET and constant_time_compare(given, settings.WEBHOOK_SECRET):
        try:
            receipt = json.loads(request.read(LARGEST_RECEIPT))
        except ValueError:
            receipt = {}
        if isinstance(receipt, dict):
            bounces.take_notify_receipt(receipt)
    return HttpResponse("ok\n", content_type="text/plain")


@receiver(tracking)
def note_event(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    bounces.take_event(event, esp_name)
