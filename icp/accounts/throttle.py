"""Guessing is slowed down: failures are counted in the shared cache, so all web processes count together.

Counts, each over a window that begins with its first failure and is never prolonged. For a browser that has signed
in to the account before (:mod:`icp.accounts.known_devices`) there is one of its own, and no other counts: whatever
others try from the same address does not keep it out. For every other there are three:

- one account from one address: whoever guesses from elsewhere does not touch the owner's own count;
- everything from one address: one machine that tries many accounts;
- one account from everywhere: many machines that try one account. It does not count at an address from which
  the account's owner has signed in before, so that a colleague cannot be locked out of their usual place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings

from icp.common import counting


class TooManyFailed(Exception):
    """Sign-ins for this account, or from this address, are refused until ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True)
class Attempt:
    """A sign-in that has begun; its keys of the cache. ``own`` is nobody else's, ``shared`` ones are."""

    own: str
    shared: tuple[str, ...] = ()


def begin(*, email: str, address: str, is_known: Callable[[], bool], device: str = "") -> Attempt:
    """Count an attempt as failed, before the password is looked at: many at once cannot slip through.

    ``is_known`` tells whether the account's owner has signed in from this address; asked only when it matters.
    ``device`` is what a browser is known by that has signed in to this account.

    Raises:
        TooManyFailed: the password is not to be looked at.
    """
    account = sha256(email.strip().lower().encode()).hexdigest()
    allowed = settings.SIGN_IN_FAILURES
    if device:
        own = f"sign-in:device:{account}:{sha256(device.encode()).hexdigest()}"
        _count(own, allowed["pair"])
        return Attempt(own)
    own, at_address = f"sign-in:pair:{account}:{address}", f"sign-in:address:{address}"
    everywhere = f"sign-in:account:{account}"
    _count(own, allowed["pair"])
    _count(at_address, allowed["address"])
    try:
        _count(everywhere, allowed["account"])
    except TooManyFailed:
        if not is_known():
            raise
    return Attempt(own, (at_address, everywhere))


def succeeded(attempt: Attempt) -> None:
    """It was no failure. What others failed at this address, or for this account elsewhere, still counts."""
    counting.forget(attempt.own)
    for key in attempt.shared:
        counting.one_less(key)


def _count(key: str, allowed: int) -> None:
    found = counting.one_more(key, window=settings.SIGN_IN_WINDOW)
    if found.number > allowed:
        raise TooManyFailed(datetime.fromtimestamp(found.ends, tz=UTC))
