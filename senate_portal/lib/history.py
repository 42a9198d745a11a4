from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as BaseMiddleware

from senate_portal.lib import links


class HistoryMiddleware(BaseMiddleware):  # type: ignore[misc]
    """Notes who made a change. The address stays out of it, since it may be somebody's secret link.

    The pages behind such a link read no session, so nobody is named there.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        if links.is_secret(request.path) or not request.user.is_authenticated:
            return {"user": None}
        return {"user": request.user.pk}
