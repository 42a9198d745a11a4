"""How large a download was when somebody last took it. It is made as it is asked for, so nobody knows before."""

from collections.abc import Iterable
from math import ceil

from django.core.cache import cache
from django.http import HttpResponseBase

REMEMBERED = 30 * 24 * 3600  # seconds
MEGABYTE = 1_000_000


def remember(address: str, response: HttpResponseBase) -> None:
    """Of a file that is written while it leaves, the size is not known."""
    if not response.streaming:
        cache.set(f"size:{address}", len(response.content), REMEMBERED)  # type: ignore[attr-defined]


def known(addresses: Iterable[str]) -> dict[str, str]:
    """In words, by address."""
    keys = {f"size:{address}": address for address in addresses}
    return {keys[key]: words(size) for key, size in cache.get_many(keys).items()}


def words(size: int) -> str:
    if size < MEGABYTE:
        return f"about {max(ceil(size / 10_000) * 10, 10)} kB"
    return f"about {size / MEGABYTE:.1f} MB"
