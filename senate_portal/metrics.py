"""Figures for a monitor that speaks the language of Prometheus. Nobody is in them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments import watch


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever shows the token of METRICS_TOKEN; for anybody else, and where none is set, there is no such page."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest  # optional

    now = timezone.now()
    figures = watch.figures(now)
    registry = CollectorRegistry()
    messages = Gauge("senate_messages", "Emails of follow-ups, by state", ["state"], registry=registry)
    for state, number in figures.messages.items():
        messages.labels(state).set(number)
    overdue = Gauge("senate_overdue_waves", "Follow-ups that should have begun an hour ago", registry=registry)
    overdue.set(figures.overdue_waves)
    paused = Gauge("senate_sending_paused", "1 while no follow-up is sent", registry=registry)
    paused.set(figures.is_paused)
    seen = Gauge("senate_last_seen_seconds", "Since a part was last seen; none if never", ["part"], registry=registry)
    for part, at in figures.seen.items():
        seen.labels(part).set((now - at).total_seconds())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
