"""Finds what does not belong into free text: NHS numbers, email addresses, and words that may point to a patient."""

import re
from collections.abc import Callable, Iterator

# Ten digits, alone or as 943 476 5919 and 943-476-5919.
TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ \-\u00a0]?\d{3}[ \-\u00a0]?\d{4}(?!\d)")
ADDRESS = re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[^\s@<>,;:()]*\w")

# What people write about one patient and hardly ever about a service. A hint only: it is wrong at times.
ABOUT_A_PATIENT = re.compile(
    r"\b(?:Mr|Mrs|Miss|Ms)\.? [A-Z]\w+"
    r"|(?i:\b(?:date of birth|d\.?o\.?b\b|born on|hospital number|nhs (?:number|no)\b)\.?:?)"
    r"|(?i:\b\d{1,3}[- ]years?[- ]old (?:man|woman|male|female|lady|gentleman|boy|girl|patient)\b)"
)

NHS_NUMBER, EMAIL = "an NHS number", "an email address"
REMOVED = "[removed]"


def found_in(*texts: str) -> list[str]:
    """What kinds of it stand in these texts, in words; nothing in most."""
    return sorted({what for text in texts for what, _ in places(text)})


def hints_of_a_patient(*texts: str) -> list[str]:
    """Words that may point to one patient, as they stand."""
    return list(dict.fromkeys(found.group() for text in texts for found in ABOUT_A_PATIENT.finditer(text)))


def masked(text: str) -> str:
    """The text with each such place removed."""
    for _, place in places(text):
        text = text.replace(place, REMOVED)
    return text


def places(text: str) -> Iterator[tuple[str, str]]:
    kinds: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
        (NHS_NUMBER, TEN_DIGITS, is_nhs_number),
        (EMAIL, ADDRESS, lambda place: True),
    ]
    for what, pattern, fits in kinds:
        yield from ((what, match.group()) for match in pattern.finditer(text) if fits(match.group()))


def is_nhs_number(place: str) -> bool:
    """By its check digit (modulus 11), as the NHS Data Dictionary defines it."""
    digits = [int(character) for character in place if character.isdecimal()]
    weighed = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - weighed % 11) % 11 == digits[9]
