"""Addresses that are mailed to people and let whoever holds them in: they are kept out of logs, sessions and history."""

SECRET = "/answer/"


def is_secret(path: str) -> bool:
    return path.startswith(SECRET)
