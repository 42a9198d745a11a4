"""GOV.UK Notify. It sends a template of its own, which must hold ((subject)) and ((body)) and nothing else.

Notify writes the HTML part and the other headers itself. It takes our Message-ID as the reference that its receipts
name, and the address for one-click stop.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from senate_portal.lib.mail_delivery import (
    ContentRefusedError,
    MailTroubleError,
    NoConnectionError,
    OutcomeUnknownError,
    SenderRefusedError,
    TryLaterError,
)
from senate_portal.lib.web_requests import never_left

ONE_CLICK = re.compile(r"<(https://[^>]+)>")


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for email in email_messages:
            self.send(email)
        return len(email_messages)

    def deliver(self, email: EmailMessage, handing_over: Callable[[], bool]) -> bool:
        """As smtp.EmailBackend.deliver."""
        if not handing_over():
            return False
        try:
            self.send(email)
        except APIError as problem:
            raise trouble(problem) from problem
        return True

    def send(self, email: EmailMessage) -> None:
        stop = ONE_CLICK.search(email.extra_headers.get("List-Unsubscribe", ""))
        client: Any = NotificationsAPIClient(settings.NOTIFY["api_key"], base_url=settings.NOTIFY["base_url"])
        for recipient in email.recipients():
            client.send_email_notification(
                email_address=recipient,
                template_id=settings.NOTIFY["template_id"],
                personalisation={"subject": email.subject, "body": email.body},
                reference=email.extra_headers.get("Message-ID"),
                email_reply_to_id=settings.NOTIFY.get("reply_to_id"),
                one_click_unsubscribe_url=stop[1] if stop else None,
            )


def trouble(problem: APIError) -> MailTroubleError:
    said = f"{problem.status_code} {problem.message}"
    if never_left(problem.__cause__):
        return NoConnectionError("GOV.UK Notify could not be reached.")
    if problem.status_code == 403:
        return SenderRefusedError(f"GOV.UK Notify refused our key: {said}")
    if problem.response is not None and problem.status_code in {429, 503}:
        return TryLaterError(f"GOV.UK Notify did not take it now: {said}")
    if problem.status_code < 500:
        return ContentRefusedError(f"GOV.UK Notify refused the message: {said}")
    return OutcomeUnknownError(f"GOV.UK Notify did not confirm it: {said}")
