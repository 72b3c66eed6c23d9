"""The timer's sign of life: a moment in the cache, written at every turn of its loop."""

import time

from django.core.cache import caches
from django.utils.connection import ConnectionProxy

# Never the memory of one process: whoever asks is another.
cache = ConnectionProxy(caches, "shared")
KEY = "timer-heartbeat"
KEPT = 7 * 24 * 3600  # seconds


def beat() -> None:
    """The timer lives."""
    cache.set(KEY, int(time.time()), KEPT)


def age() -> int | None:
    """Seconds since the timer's last sign of life; None when there was none."""
    last = cache.get(KEY)
    return None if last is None else max(0, int(time.time()) - int(last))
