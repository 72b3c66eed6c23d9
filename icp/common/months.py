"""Calendar months (domain section 3: two months on is the same day number, or that month's last day)."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class MonthsAndDays(NamedTuple):
    """Whole calendar months and the days left over."""

    months: int
    days: int


def month_start(day: date) -> date:
    """The first day of the month that holds ``day``."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month that holds ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_label(day: date) -> str:
    """February 2020"""
    # Not strftime: its names follow the server's locale.
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def add_months(day: date, months: int) -> date:
    """``day`` moved by calendar months (back, when negative): the same day number, or that month's last day.

    Raises:
        ValueError: the result is outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {day.isoformat()} is outside the calendar.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_and_days_between(earlier: date, later: date) -> MonthsAndDays:
    """The most whole months that fit, then days: ``add_months(earlier, months)`` plus the days is ``later``.

    Raises:
        ValueError: ``later`` is before ``earlier``.
    """
    if later < earlier:
        raise ValueError("The later date comes before the earlier one.")
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if add_months(earlier, months) > later:
        months -= 1
    return MonthsAndDays(months, (later - add_months(earlier, months)).days)
