"""Guessing is slowed down: failures are counted in the shared cache, so all web processes count together.

Three counts, each over a window that begins with its first failure and is never prolonged:

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
    counting.forget(attempt.pair)
    counting.one_less(attempt.address)
    counting.one_less(attempt.account)


def _count(key: str, allowed: int) -> None:
    found = counting.one_more(key, window=settings.SIGN_IN_WINDOW)
    if found.number > allowed:
        raise TooManyFailed(datetime.fromtimestamp(found.ends, tz=UTC))
