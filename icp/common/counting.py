"""Counting what happens within a window of time, in the cache, for whoever shares it."""

import time
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Counted:
    """How many there were in this window with the last one, and when it ends, in seconds since 1970."""

    number: int
    ends: float

    @property
    def seconds_left(self) -> int:
        """Whole seconds until the window has ended; one at least."""
        return max(1, int(self.ends - time.time()) + 1)


def one_more(key: str, *, window: int) -> Counted:
    """Count one; in one step of the cache, whoever else counts.

    The window of so many seconds begins with its first and is never prolonged.
    """
    for _ in range(3):
        if cache.add(key, 1, window):
            ends = time.time() + window
            cache.set(_until(key), ends, window)
            return Counted(1, ends)
        try:
            number = int(cache.incr(key))
        except ValueError:  # It ran out between the two.
            continue
        return Counted(number, cache.get(_until(key)) or time.time() + window)
    return Counted(1, time.time() + window)


def one_less(key: str) -> None:
    """Take one back, if its window has not ended."""
    try:
        cache.decr(key)
    except ValueError:
        return


def forget(key: str) -> None:
    """Begin anew."""
    cache.delete_many([key, _until(key)])


def _until(key: str) -> str:
    return f"{key}:until"
