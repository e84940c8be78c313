"""How often something is done in a while, counted in the cache, which is in the database."""

from django.core.cache import cache


def is_over(key: str, *, most: int, within: int) -> bool:
    """Counts this time, too. ``within``: seconds from the first one."""
    if cache.add(key, 1, within):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # the time has just ended
        return False
