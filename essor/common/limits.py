"""Rate limits kept in the shared cache."""

from django.core.cache import cache


def allowed(key: str, *, times: int, seconds: int) -> bool:
    """Whether ``key`` may act once more: at most ``times`` within a window of ``seconds``.

    The count is shared by all web processes through the cache. A visitor's address is only ever
    part of a digest in ``key``: callers pass no address in clear.
    """
    name = f"limit:{key}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return cache.incr(name) <= times
    except ValueError:  # expired in between
        cache.add(name, 1, seconds)
        return True
