"""Messages as files, for a site that has no mail server: written by the email backend, read by staff in the portal."""

import os
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from senate_portal.lib.mail_delivery import TryLaterError, written

NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}\.eml")
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            write(written(message))
        return len(email_messages)

    def deliver(self, email: EmailMessage, handing_over: Callable[[], bool]) -> bool:
        """As smtp.EmailBackend.deliver. A file that could not be written whole was not sent."""
        content = written(email)
        if not handing_over():
            return False
        try:
            write(content)
        except OSError as problem:
            raise TryLaterError(f"The file could not be written: {problem.strerror}") from problem
        return True


@dataclass(frozen=True)
class MailFile:
    name: str
    written_at: datetime
    to: str
    subject: str
    text: str
    html: str


def write(content: bytes) -> Path:
    """A file appears whole or not at all, and only its owner can read it: it holds an address and a secret link."""
    folder: Path = settings.OUTBOX_DIR
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}.eml"
    unfinished = path.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    return path


def names() -> list[str]:
    """The files, newest first."""
    folder: Path = settings.OUTBOX_DIR
    return sorted((path.name for path in folder.glob("*.eml") if NAME.fullmatch(path.name)), reverse=True)


def forget(addresses: Collection[str]) -> None:
    """Delete the messages to these addresses."""
    for name in names() if addresses else []:
        message = read(name)
        if message and not {to.lower() for _, to in getaddresses([message.to])}.isdisjoint(addresses):
            (settings.OUTBOX_DIR / name).unlink(missing_ok=True)


def read(name: str) -> MailFile | None:
    """The message of that file name; nothing when there is none, whatever the name holds."""
    path = settings.OUTBOX_DIR / name if NAME.fullmatch(name) else None
    if path is None or not path.is_file():
        return None
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    return MailFile(
        name=name,
        written_at=datetime.strptime(name.split("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
    )
