"""Ways to compare our wording with a printed one."""

import re


def plain(text):
    """Words and figures as printed, without emphasis and line breaks, and with one way to write "and"."""
    return " ".join(text.replace("*", "").replace("&", "and").split()).lower()


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def runs_of_words(text, length):
    spoken = words(text)
    return {" ".join(spoken[start : start + length]) for start in range(len(spoken) - length + 1)}
