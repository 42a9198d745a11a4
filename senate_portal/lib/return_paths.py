"""Envelope senders of our own making: what comes back to one is about one message, and only we can have written it.

Such an address is the mailbox of BOUNCE_ADDRESS with a detail behind a plus sign: a number and a signature of that
number and of the address written to. Mail servers may change case, so a detail is of digits and lower case only.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE_LENGTH = 24  # hexadecimal digits, 96 bits; a local part has room for 64 signs
DETAIL = re.compile(r"(\d{1,18})-([0-9a-f]{24})")


def address(number: int, recipient: str) -> str:
    mailbox, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{mailbox}+{detail(number, recipient)}@{domain}"


def detail(number: int, recipient: str) -> str:
    return f"{number}-{signature(number, recipient, settings.SECRET_KEY)}"


def number_in(text: str) -> int | None:
    """The number that a detail names; believed only once `is_ours` has seen the recipient too."""
    found = DETAIL.fullmatch(text.strip().lower())
    return int(found[1]) if found else None


def is_ours(text: str, recipient: str) -> bool:
    found = DETAIL.fullmatch(text.strip().lower())
    if not found:
        return False
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(found[2], signature(int(found[1]), recipient, key)) for key in keys)


def signature(number: int, recipient: str, key: str) -> str:
    signed = salted_hmac("senate_portal.return_path", f"{number}:{recipient}", secret=key, algorithm="sha256")
    return signed.hexdigest()[:SIGNATURE_LENGTH]
