"""Reads what a mail server writes when it could not deliver a message (RFC 3464).

Only the part meant for machines is believed. Prose says anything in any language, and an out-of-office reply, which
also goes to the envelope sender, is no such report.
"""

import re
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

LARGEST = 1_000_000  # bytes
LONGEST_TEXT = 300
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
# RFC 3463. The mailbox is not there, or not any more; 5.1.7 and 5.1.8 are about the sender.
ADDRESS_IS_WRONG = re.compile(r"5\.0\.\d+|5\.1\.(?![78]$)\d+|5\.2\.[01]")


@dataclass(frozen=True)
class Failure:
    status: str  # such as 5.1.1
    text: str  # the report's own fields, one a line

    @property
    def is_permanent(self) -> bool:
        return blames_address(self.status)

    @property
    def said(self) -> str:
        """What the mail server that refused it said, on one line."""
        found = re.search(r"(?im)^Diagnostic-Code:\s*(?:[\w.-]+;)?\s*(.+(?:\n[ \t].+)*)", self.text)
        words = " ".join(found[1].split()) if found else ""
        return "".join(sign for sign in words if sign.isprintable())[:LONGEST_TEXT]


def blames_address(status: str) -> bool:
    """Whether the address itself is at fault. A full mailbox, a route or a policy may be right next time."""
    return bool(ADDRESS_IS_WRONG.fullmatch(status))


def failure_in(content: bytes) -> Failure | None:
    """The failure that an email reports; none where it is anything else, a notice of delay among them."""
    if len(content) > LARGEST:
        return None
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(content)
        parts = list(message.walk()) if message.get_content_type() == "multipart/report" else []
    except (RecursionError, LookupError, ValueError):
        return None
    for part in parts:
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            blocks = [block for block in part.get_payload() if isinstance(block, Message)]
            return next(filter(None, map(failed, blocks)), None)
    return None


def failed(block: Message) -> Failure | None:
    """About one recipient; the block about the message as a whole has no action."""
    status = STATUS.match(str(block.get("Status", "")).strip())
    if str(block.get("Action", "")).strip().lower() != "failed" or not status:
        return None
    return Failure(status[0], "\n".join(f"{name}: {value}" for name, value in block.items()))
