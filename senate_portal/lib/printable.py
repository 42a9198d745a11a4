"""Text as files can hold it."""

import re

# What neither XML nor a reader can do anything with, such as the bell or a form feed.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)
