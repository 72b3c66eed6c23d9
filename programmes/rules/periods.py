"""Reporting periods: their dates and names (domain section 3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from icp.common.months import month_end, month_label
from icp.common.workingdays import add_working_days


@dataclass(frozen=True)
class PeriodDates:
    """A period before it is opened. ``key`` stands in addresses, ``due_on`` is the day returns are due."""

    key: str
    name: str
    starts_on: date
    ends_on: date
    due_on: date


def month_of(
    day: date, *, due_working_days: int, holidays: frozenset[date] = frozenset()
) -> PeriodDates:
    """The calendar month that holds ``day``; returns due that many working days after its end."""
    first, last = day.replace(day=1), month_end(day)
    return PeriodDates(
        key=f"{first:%Y-%m}",
        name=month_label(first),
        starts_on=first,
        ends_on=last,
        due_on=add_working_days(last, due_working_days, holidays) if due_working_days else last,
    )


def month_after(
    day: date, *, due_working_days: int, holidays: frozenset[date] = frozenset()
) -> PeriodDates:
    """The calendar month after the one that holds ``day``."""
    return month_of(
        month_end(day) + timedelta(days=1), due_working_days=due_working_days, holidays=holidays
    )


def reminders_due(
    *, due_on: date, days_before: list[int], on: date, already: set[int]
) -> list[int]:
    """Which reminders should have gone out by ``on`` and have not.

    Only the nearest of several missed ones is kept: after an outage nobody gets three at once.
    """
    passed = [days for days in days_before if (due_on - on).days <= days]
    newest = min(passed, default=None)
    return [] if newest is None or newest in already else [newest]
