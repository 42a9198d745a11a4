"""What can go wrong when an email is handed on, by what must be done about it.

Each error's text is for staff: it says in words what happened and holds nothing secret.
"""

from uuid import uuid4

from django.core.mail import EmailMessage


class MailTroubleError(Exception):
    pass


class TryLaterError(MailTroubleError):
    """It was not sent, and another try may work."""


class NoConnectionError(TryLaterError):
    """Nothing can be sent at present."""


class AddressRefusedError(MailTroubleError):
    """The server will not take mail for this address."""


class SenderRefusedError(MailTroubleError):
    """The server will not take mail from us: our login or our address is at fault, no recipient's."""


class ContentRefusedError(MailTroubleError):
    """The server will not take this message."""


class OutcomeUnknownError(MailTroubleError):
    """It may have been sent."""


def written(email: EmailMessage) -> bytes:
    """The email as it goes over the wire. What cannot be written, such as a header with a line break, is refused."""
    try:
        message = email.message()
        if message.is_multipart():
            message.set_boundary(uuid4().hex)  # else Python looks through all parts whether its own is in none
        content: bytes = message.as_bytes(linesep="\r\n")
    except ValueError as problem:
        raise ContentRefusedError(f"It cannot be written as an email: {problem}") from problem
    return content
