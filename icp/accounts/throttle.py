"""Guessing is slowed down: failures are counted in the shared cache, so all web processes count together.

Three counts, each over a window that begins with its first failure and is never prolonged:

- one account from one address: whoever guesses from elsewhere does not touch the owner's own count;
- everything from one address: one machine that tries many accounts;
- one account from everywhere: many machines that try one account. It does not count at an address from which
  the account's owner has signed in before, so that a colleague cannot be locked out of their usual place.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache


class TooManyFailed(Exception):
    """Sign-ins for this account, or from this address, are refused until ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True)
class Attempt:
    """A sign-in that has begun; its keys of the cache."""

    pair: str
    address: str
    account: str


def begin(*, email: str, address: str, is_known: Callable[[], bool]) -> Attempt:
    """Count an attempt as failed, before the password is looked at: many at once cannot slip through.

    ``is_known`` tells whether the account's owner has signed in from this address; asked only when it matters.

    Raises:
        TooManyFailed: the password is not to be looked at.
    """
    account = sha256(email.strip().lower().encode()).hexdigest()
    attempt = Attempt(
        pair=f"sign-in:pair:{account}:{address}",
        address=f"sign-in:address:{address}",
        account=f"sign-in:account:{account}",
    )
    allowed = settings.SIGN_IN_FAILURES
    _count(attempt.pair, allowed["pair"])
    _count(attempt.address, allowed["address"])
    try:
        _count(attempt.account, allowed["account"])
    except TooManyFailed:
        if not is_known():
            raise
    return attempt


def succeeded(attempt: Attempt) -> None:
    """It was no failure. What others failed at this address, or for this account elsewhere, still counts."""
    cache.delete_many([attempt.pair, _until(attempt.pair)])
    for key in (attempt.address, attempt.account):
        try:
            cache.decr(key)
        except ValueError:  # The window has ended meanwhile.
            continue


def _count(key: str, allowed: int) -> None:
    if _one_more(key) > allowed:
        ends = cache.get(_until(key)) or time.time() + settings.SIGN_IN_WINDOW
        raise TooManyFailed(datetime.fromtimestamp(ends, tz=UTC))


def _one_more(key: str) -> int:
    """The count with this one; incremented in one step by the cache, whoever else counts."""
    window = settings.SIGN_IN_WINDOW
    for _ in range(3):
        if cache.add(key, 1, window):
            cache.set(_until(key), time.time() + window, window)
            return 1
        try:
            return int(cache.incr(key))
        except ValueError:  # It ran out between the two.
            continue
    return 1


def _until(key: str) -> str:
    return f"{key}:until"
