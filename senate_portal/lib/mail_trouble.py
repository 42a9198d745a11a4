"""What can go wrong when a message is handed to a mail server, by what must be done about it.

Each error's text is for staff: it says in words what happened and holds nothing secret.
"""


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
