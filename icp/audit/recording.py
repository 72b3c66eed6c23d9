"""Who does what comes next, by which way and why: what the database writes beside each change."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from pghistory import runtime

from icp.audit.models import Way


@contextmanager
def recorded(
    *, way: Way, by: AbstractBaseUser | None = None, via: str = "", reason: str = ""
) -> Iterator[None]:
    """Inside the ``with`` block changes are recorded so; after it as before.

    What is left out is as it was: an import within a page keeps the page's person and address.
    """
    outermost = not hasattr(runtime._tracker, "value")
    said = {"way": way.value, "via": via, "reason": reason, "user": by.pk if by else None}
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update({name: value for name, value in said.items() if value})
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
    if outermost:
        _say_no_more()


def _say_no_more() -> None:
    """The database remembers until the transaction ends what it was told; what follows in it is not ours."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', '', true),"
                " set_config('pghistory.context_metadata', '', true)"
            )


def current_way() -> Way:
    """By which way this request, task or command works; SQL where nobody said."""
    context = getattr(runtime._tracker, "value", None)
    return Way(context.metadata.get("way", Way.SQL)) if context else Way.SQL
