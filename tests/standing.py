"""What the tests of a module begin with, made once for all of them, where each would make it anew.

It is made inside a transaction that stays open for the module; each test's own is within that, and is undone.

    @pytest.fixture(scope="module")
    def made(standing):
        return make_world()
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

COMMITS = {"transactional_db", "live_server"}


class Standing:
    """The transaction around the tests of a module; at most one is open."""

    def __init__(self) -> None:
        self._open: Any = None

    def begin(self) -> None:
        self.end()
        self._open = transaction.atomic()
        # As around a test: what must be outermost may be within it.
        self._open._from_testcase = True
        self._open.__enter__()

    def end(self) -> None:
        if self._open:
            transaction.set_rollback(True)
            self._open.__exit__(None, None, None)
            self._open = None


STANDING = Standing()


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[Standing]:
    """For what a module's tests begin with; none of those that ask for it may commit."""
    with django_db_blocker.unblock():
        STANDING.begin()
        yield STANDING
        STANDING.end()


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(COMMITS & set(getattr(item, "fixturenames", ())))
    return asked or bool(marker and marker.kwargs.get("transaction"))


def end_before(item: pytest.Item) -> None:
    """A test that commits comes after those of its module that do not, and needs the connection by itself."""
    if commits(item):
        STANDING.end()
