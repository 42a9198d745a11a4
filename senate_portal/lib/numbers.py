"""Numbers as people write them."""

from decimal import Decimal


def plain(value: Decimal | int) -> str:
    """1,234.5 and 400: thousands apart, no zeros behind."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return written.rstrip("0").rstrip(".") if "." in written else written
