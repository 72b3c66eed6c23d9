"""The cache that all processes share; while it is away, each process remembers by itself.

What is kept here are counts: of failed sign-ins, of codes that were used, of what is braked. Losing them for a
moment is better than letting nobody in (docs/adr/0011).
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

log = logging.getLogger(__name__)

# How long a server that did not answer is left alone, in seconds: each try may take as long as its timeout.
LEFT_ALONE = 10.0
# Of the process's own memory: far more than is counted in any window, so that no count is pushed out by others.
MOST = 100_000

# When each server may be asked again, by the process's clock. Django makes a cache for each thread.
_again: dict[str, float] = {}


def _or_own(shared: Callable[..., Any]) -> Callable[..., Any]:
    """A method of Redis's cache that turns to the process's own memory when the server does not answer."""

    @wraps(shared)
    def method(self: "SharedOrOwn", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _again.get(self.server, 0.0):
            try:
                return shared(self, *args, **kwargs)
            except RedisError as problem:
                _again[self.server] = time.monotonic() + LEFT_ALONE
                log.warning(
                    "The cache does not answer (%s): this process counts by itself for %d seconds.",
                    type(problem).__name__,
                    LEFT_ALONE,
                )
        return getattr(self.own, shared.__name__)(*args, **kwargs)

    return method


class SharedOrOwn(RedisCache):
    """Redis; while it does not answer, the memory of this process, and a line in the log."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.server = str(server)
        self.own = LocMemCache(f"instead of {server}", {**params, "OPTIONS": {"MAX_ENTRIES": MOST}})

    # All that reaches the server; the rest of a cache is made of these.
    add = _or_own(RedisCache.add)
    get = _or_own(RedisCache.get)
    set = _or_own(RedisCache.set)
    touch = _or_own(RedisCache.touch)
    delete = _or_own(RedisCache.delete)
    get_many = _or_own(RedisCache.get_many)
    has_key = _or_own(RedisCache.has_key)
    incr = _or_own(RedisCache.incr)
    set_many = _or_own(RedisCache.set_many)
    delete_many = _or_own(RedisCache.delete_many)
    clear = _or_own(RedisCache.clear)
