"""What time it is. Only views, tasks and commands ask; everything below is told.

In the demonstration the date is that of the demonstration's clock, and the time of day is real.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from icp.common.models import DemoClock


class CannotMoveClock(Exception):
    """The demonstration's clock was asked to do what clocks do not."""


class DatabaseNow(models.Func):
    """The same moment as :func:`now`, asked by the database itself: for what triggers and defaults stamp."""

    function = "icp_now"
    arity = 0
    output_field = models.DateTimeField()


# What :func:`today` said in this request; None outside requests, where every call asks.
_said: ContextVar[list[date] | None] = ContextVar("said", default=None)


@contextmanager
def one_date() -> Iterator[None]:
    """Inside the ``with`` block the date is asked for once: a page that begins before midnight ends on its date."""
    token = _said.set([])
    try:
        yield
    finally:
        _said.reset(token)


def today() -> date:
    """The date in the United Kingdom, or the demonstration's date. One query in the demonstration, else none."""
    said = _said.get()
    if said is None:
        return _ask()
    if not said:
        said.append(_ask())
    return said[0]


def _ask() -> date:
    if settings.DEMO:
        stands_at = DemoClock.objects.values_list("today", flat=True).first()
        if stands_at is not None:
            return stands_at
    return timezone.localdate()


def now() -> datetime:
    """The moment, on :func:`today`'s date."""
    moment, day = timezone.localtime(), today()
    return moment.replace(year=day.year, month=day.month, day=day.day)


def start_of(day: date) -> datetime:
    """The first moment of a day, in the United Kingdom."""
    return timezone.make_aware(datetime.combine(day, time.min))


def database_moment() -> datetime:
    """The moment that the database stamps with, for whoever was not told one. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT icp_now()")
        moment: datetime = cursor.fetchone()[0]
        return moment


@transaction.atomic
def move_demo_clock(*, to: date) -> date:
    """Move the demonstration's clock forward to ``to``.

    Raises:
        CannotMoveClock: outside the demonstration, or not forward.
    """
    if not settings.DEMO:
        raise CannotMoveClock("Only the demonstration has a clock that can be moved.")
    clock = DemoClock.objects.select_for_update().first()
    if clock is None:
        clock = DemoClock(today=timezone.localdate())
    elif to <= clock.today:
        raise CannotMoveClock(
            f"The clock only moves forward: choose a date after {clock.today:%-d %B %Y}."
        )
    clock.today = to
    clock.save()
    if said := _said.get():
        said.clear()
    return clock.today
