"""Working days: Monday to Friday, less a calendar of holidays (domain section 2)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

WORKING_WEEK = 5
NONE: frozenset[date] = frozenset()


def is_working_day(day: date, holidays: frozenset[date] = NONE) -> bool:
    """Monday to Friday and not a holiday."""
    return day.weekday() < WORKING_WEEK and day not in holidays


def working_days(start: date, finish: date, holidays: frozenset[date] = NONE) -> int:
    """Working days from ``start`` to ``finish``, both ends included; 0 when there is none.

    Raises:
        ValueError: ``finish`` is before ``start``.
    """
    if finish < start:
        raise ValueError(
            f"The finish, {finish.isoformat()}, is before the start, {start.isoformat()}."
        )
    weeks, rest = divmod((finish - start).days + 1, 7)
    first = start.weekday()
    tail = sum(1 for day in range(first, first + rest) if day % 7 < WORKING_WEEK)
    off = _in_the_week(holidays)
    taken = bisect_right(off, finish) - bisect_left(off, start)
    return weeks * WORKING_WEEK + tail - taken


# A page asks for every row's days over the same forty years of holidays.
@lru_cache(maxsize=16)
def _in_the_week(holidays: frozenset[date]) -> tuple[date, ...]:
    """Earliest first. A holiday at a weekend takes nothing away."""
    return tuple(sorted(day for day in holidays if day.weekday() < WORKING_WEEK))


def add_working_days(day: date, count: int, holidays: frozenset[date] = NONE) -> date:
    """The working day ``count`` working days after ``day`` (before it, when negative).

    With 0 it is ``day`` itself, even at a weekend.

    Raises:
        OverflowError: the result is outside the years 1 to 9999.
    """
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def next_working_day(day: date, holidays: frozenset[date] = NONE) -> date:
    """The first working day after ``day``; never ``day`` itself."""
    return add_working_days(day, 1, holidays)


def england_holidays(years: Iterable[int]) -> frozenset[date]:
    """Bank holidays in England, one-off ones included, as the maintained ``holidays`` library lists them."""
    return _england(tuple(sorted(set(years))))


@cache
def _england(years: tuple[int, ...]) -> frozenset[date]:
    # Imported on first use: a place without bank holidays never pays for it.
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))
