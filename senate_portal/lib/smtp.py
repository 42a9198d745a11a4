"""Talks to a mail server so that we always know how far a message came, and says in words what went wrong."""

import re
import smtplib
import socket
from collections.abc import Callable

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from senate_portal.lib.mail_delivery import (
    AddressRefusedError,
    ContentRefusedError,
    NoConnectionError,
    OutcomeUnknownError,
    SenderRefusedError,
    TryLaterError,
    written,
)

FINAL_DOT_TIMEOUT = 600  # seconds; RFC 5321, 4.5.3.2.6: giving up sooner makes copies
PERMANENT = 500
LONGEST_REPLY = 300
PLAIN = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)


class EmailBackend(smtp.EmailBackend):
    """Django's, with a conversation of our own: the caller decides at the last moment whether a message leaves."""

    connection: smtplib.SMTP | None
    _partial_connection: smtplib.SMTP | None

    def deliver(self, email: EmailMessage, handing_over: Callable[[], bool]) -> bool:
        """Send to one recipient. Just before its content leaves `handing_over` is called; False takes it back.

        Returns whether it was accepted, or raises one of mail_delivery's errors.
        """
        content = written(email)
        sender, recipient = on_envelope(email.from_email), on_envelope(email.to[0])
        server = self.connected()
        try:
            options = [f"size={len(content)}"] if server.has_extn("size") else []
            options += ["body=8bitmime"] if server.has_extn("8bitmime") else []
            self.expect(server.mail(sender, options), SenderRefusedError, "the sender's address")
            self.expect(server.rcpt(recipient), AddressRefusedError, "the address")
            if not handing_over():
                self.reset()
                return False
            self.expect(server.docmd("DATA"), ContentRefusedError, "the message", wanted=354)
            server.send(prepared(content))
        except (smtplib.SMTPException, OSError) as problem:
            self.drop()
            raise TryLaterError(f"The connection to the mail server broke: {words(problem)}") from problem
        try:
            wait_for(server, FINAL_DOT_TIMEOUT)
            reply = server.docmd(".")
            wait_for(server, self.timeout)
        except (smtplib.SMTPException, OSError) as problem:
            self.drop()
            raise OutcomeUnknownError(
                f"The mail server had the whole message but did not confirm it: {words(problem)}"
            ) from problem
        if reply[0] // 100 not in (2, 4, 5):
            self.drop()
            raise OutcomeUnknownError("The mail server had the whole message and gave an answer that makes no sense.")
        self.expect(reply, ContentRefusedError, "the message")
        return True

    def connected(self) -> smtplib.SMTP:
        try:
            self.open()
            assert self.connection is not None  # noqa: S101 - open() raises when it fails
            send_at_once(self.connection)
            self.connection.ehlo_or_helo_if_needed()
        except smtplib.SMTPAuthenticationError as problem:
            self.drop()
            text = f"The mail server refused our user name and password: {words(problem)}"
            if problem.smtp_code >= PERMANENT:
                raise SenderRefusedError(text) from problem
            raise NoConnectionError(text) from problem
        except (smtplib.SMTPException, OSError) as problem:
            self.drop()
            raise NoConnectionError(f"The mail server could not be reached: {words(problem)}") from problem
        return self.connection

    def expect(self, reply: tuple[int, bytes], refused: type[Exception], what: str, wanted: int = 250) -> None:
        """Raises unless the server agreed. After a refusal the connection is made ready for the next message."""
        code, text = reply
        if code // 100 == wanted // 100:
            return
        said = f"The mail server refused {what}: {code} {readable(text)}"
        if code == 421 or code < 400:
            self.drop()
            raise TryLaterError(said)
        self.reset()
        if code >= PERMANENT:
            raise refused(said)
        raise TryLaterError(said)

    def reset(self) -> None:
        """Make the connection ready for the next message, or forget it."""
        try:
            assert self.connection is not None  # noqa: S101 - it has just replied
            self.connection.rset()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def drop(self) -> None:
        """Forget the connection without another word to the server."""
        for connection in (self.connection, self._partial_connection):
            if connection is not None:
                connection.close()
        self.connection = self._partial_connection = None


def on_envelope(address: str) -> str:
    """The address alone, in ASCII. Django takes it to pieces, which most need not be."""
    return address if PLAIN.fullmatch(address) else sanitize_address(address, "utf-8")


def prepared(content: bytes) -> bytes:
    """The message as it goes over the wire, up to the final dot: lines that begin with a dot get another."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def send_at_once(server: smtplib.SMTP) -> None:
    """The content and the final dot are two writes; left alone, the second waits for the first's receipt."""
    if server.sock is not None:
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def wait_for(server: smtplib.SMTP, seconds: float | None) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def words(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        error = problem.smtp_error
        return f"{problem.smtp_code} {readable(error if isinstance(error, bytes) else error.encode())}"
    return readable(str(problem).encode()) or type(problem).__name__


def readable(reply: bytes) -> str:
    """One line of printable text."""
    text = reply.decode("utf-8", "replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_REPLY]
