"""Reports of errors to a Sentry, where the site names one. What they hold of people is taken out before they leave."""

from typing import Any

from senate_portal.lib.logs import without_secrets

# Of a request. The rest may hold what somebody typed or is known by.
KEPT = {"method", "url"}


def start(dsn: str) -> None:
    import sentry_sdk  # an optional package

    sentry_sdk.init(
        dsn,
        before_send=safe,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def safe(event: Any, hint: Any) -> Any:
    """An event of Sentry without the person, what the form and the query string held, links and addresses."""
    request = event.get("request", {})
    less = {name: value for name, value in event.items() if name not in {"user", "extra"}}
    return hidden(less | {"request": {name: request[name] for name in KEPT & request.keys()}})


def hidden(value: Any) -> Any:
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, dict):
        return {name: hidden(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [hidden(one) for one in value]
    return value
