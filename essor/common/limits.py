"""Rate limits kept in the shared cache."""

from django.conf import settings
from django.core.cache import cache


def allowed(key: str, *, times: int, seconds: int) -> bool:
    """Whether ``key`` may act once more: at most ``times`` within a window of ``seconds``.

    The count is shared by all web processes through the cache. A visitor's address is only ever
    part of a digest in ``key``: callers pass no address in clear. ``settings.RATE_LIMIT_SCALE``
    multiplies every limit, for places where many people share one connection.
    """
    name = f"limit:{key}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return cache.incr(name) <= times * settings.RATE_LIMIT_SCALE
    except ValueError:  # expired in between
        cache.add(name, 1, seconds)
        return True
