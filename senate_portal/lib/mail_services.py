"""Mail services with an API of their own, through django-anymail.

Of such a service we learn only whether it took a message. What became of it later comes by its webhook.
"""

from collections.abc import Callable, Sequence
from typing import Any

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from senate_portal.lib.mail_delivery import (
    AddressRefusedError,
    ContentRefusedError,
    MailTroubleError,
    NoConnectionError,
    OutcomeUnknownError,
    SenderRefusedError,
    TryLaterError,
)
from senate_portal.lib.web_requests import never_left

NOT_TAKEN = {429, 503}
OUR_FAULT = {401, 402, 403}
LONGEST_WORDS = 300


class EmailBackend(BaseEmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = get_connection(settings.MAIL_SERVICE, fail_silently=self.fail_silently)

    def open(self) -> bool | None:
        return bool(self.service.open())

    def close(self) -> None:
        self.service.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return self.service.send_messages(email_messages) or 0

    def deliver(self, email: EmailMessage, handing_over: Callable[[], bool]) -> bool:
        """As smtp.EmailBackend.deliver, as far as a service tells how far a message came."""
        if not handing_over():
            return False
        try:
            self.service.send_messages([email])
        except (AnymailError, OSError, ValueError) as problem:
            raise trouble(problem) from problem
        return True


def trouble(problem: Exception) -> MailTroubleError:
    status = getattr(problem, "status_code", None)
    said = " ".join(str(problem).split())[:LONGEST_WORDS]
    if isinstance(problem, AnymailRecipientsRefused | AnymailInvalidAddress):
        return AddressRefusedError(f"The mail service refused the address: {said}")
    if status in OUR_FAULT:
        return SenderRefusedError(f"The mail service refused our key or our sender: {said}")
    if status in NOT_TAKEN:
        return TryLaterError(f"The mail service did not take it now: {said}")
    if status and status < 500:
        return ContentRefusedError(f"The mail service refused the message: {said}")
    if never_left(problem.__cause__):
        return NoConnectionError("The mail service could not be reached.")
    if isinstance(problem, OSError):
        return OutcomeUnknownError(f"The mail service did not confirm it: {said}")
    return ContentRefusedError(f"It cannot be written for the mail service: {said}")
