"""Short codes that people read from a slide and type on a phone."""

import secrets

from django.utils.crypto import constant_time_compare

# Without letters and digits that look alike on a slide.
CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new(length: int) -> str:
    return "".join(secrets.choice(CHARACTERS) for _ in range(length))


def matches(typed: str, code: str) -> bool:
    """Whether what was typed is the code, in any case and with any spaces; nothing matches an empty code."""
    return bool(code) and constant_time_compare("".join(typed.split()).upper().encode(), code.encode())
