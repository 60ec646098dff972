"""Rate limits kept in the shared cache."""

from django.conf import settings
from django.core.cache import cache

from essor.common import clock


def allowed(key: str, *, times: int, seconds: int) -> bool:
    """Whether ``key`` may act once more: at most ``times`` within a window of ``seconds``.

    The count is shared by all web processes through the cache. A visitor's address is only ever
    part of a digest in ``key``: callers pass no address in clear. ``settings.RATE_LIMIT_SCALE``
    multiplies every limit, for places where many people share one connection.
    """
    # Not "limit:": what an older version left under that name in a shared cache is a bare number.
    name, now = f"window:{key}", clock.now().timestamp()
    if cache.add(name, (1, now + seconds), seconds):
        return True
    count, until = cache.get(name) or (0, now + seconds)
    left = max(until - now, 1.0)
    while count + 1 <= times * settings.RATE_LIMIT_SCALE:
        count += 1
        # Adding is what the cache does as a whole: of two requests at once, one goes on looking.
        if cache.add(f"{name}:{int(until)}:{count}", 1, left):
            cache.set(name, (count, until), left)
            return True
    return False
