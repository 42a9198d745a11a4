"""Mailed addresses by which whoever holds them acts for somebody: they are kept out of logs, sessions and history."""

MAILED = ("/answer/", "/confirm/", "/saved-searches/stop/")


def is_secret(path: str) -> bool:
    return path.startswith(MAILED)
