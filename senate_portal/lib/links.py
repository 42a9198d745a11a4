"""Mailed addresses that let whoever holds them in: they are kept out of logs, sessions and history."""

MAILED = ("/answer/", "/confirm/")


def is_secret(path: str) -> bool:
    return path.startswith(MAILED)
