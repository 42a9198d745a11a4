from datetime import timedelta

from django.core.cache import cache


def allows(what: str, key: object, *, limit: int, period: timedelta) -> bool:
    """Counts one more try and says whether it is within the limit. Neither name may hold anything personal.

    The count is not atomic: tries at the same instant may overrun the limit by a few.
    """
    name = f"throttle:{what}:{key}"
    cache.add(name, 0, timeout=period.total_seconds())
    try:
        return cache.incr(name) <= limit
    except ValueError:  # it ran out between the two calls
        return True
