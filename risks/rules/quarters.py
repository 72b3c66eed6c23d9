"""Quarters of a financial year, and the residual score of each (domain section 5). Quarter 1 is April to June."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from icp.common.months import add_months

APRIL = 4


@dataclass(frozen=True, order=True)
class Quarter:
    """Quarter ``number`` (1 to 4) of the financial year that begins in ``year``."""

    year: int
    number: int

    @cached_property
    def starts_on(self) -> date:
        return add_months(date(self.year, APRIL, 1), 3 * (self.number - 1))

    @cached_property
    def ends_on(self) -> date:
        return add_months(self.starts_on, 3) - timedelta(days=1)

    @property
    def year_name(self) -> str:
        """2019/20."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"

    @property
    def name(self) -> str:
        """Q4 2019/20."""
        return f"Q{self.number} {self.year_name}"


def quarter_of(day: date) -> Quarter:
    """The quarter that holds ``day``."""
    months = (day.month - APRIL) % 12
    return Quarter(day.year if day.month >= APRIL else day.year - 1, months // 3 + 1)


# A list asks for the same four for each of its risks, and their days are worked out once.
@lru_cache(maxsize=64)
def quarters_of_year(day: date) -> tuple[Quarter, ...]:
    """The four quarters of the financial year that holds ``day``."""
    return tuple(Quarter(quarter_of(day).year, number) for number in range(1, 5))


def ends_a_quarter(*, starts_on: date, ends_on: date) -> Quarter | None:
    """The quarter whose last day is within these days, both included; the last where there are several."""
    found = quarter_of(ends_on)
    if found.ends_on == ends_on:
        return found
    before = quarter_of(found.starts_on - timedelta(days=1))
    return before if before.ends_on >= starts_on else None


def residual_at(
    quarter: Quarter,
    *,
    recorded: Mapping[Quarter, int],
    current: int | None,
    at_end: Mapping[Quarter, int | None],
    exists_from: date,
    as_at: date,
    recorded_up_to: date | None,
    ended_on: date | None = None,
) -> int | None:
    """The residual score of a quarter as it is known ``as_at`` a day; None is N/A.

    What was recorded at the quarter's end stands. A quarter in progress follows the current score. One that is over
    while the period that freezes it is still open (``recorded_up_to`` is the end of the last closed one, or, before any
    is closed, the day before the first begins: None without periods, which freeze nothing) has the score with which it ended (``at_end``): that is what will be recorded. Before the risk existed (``exists_from``: raised, or
    else come into the portal), in a quarter still to come, and in one that it did not stand to the end of (``ended_on``:
    the day it was closed or merged), there is none.
    """
    if quarter.starts_on > as_at:
        return None
    if quarter in recorded and quarter.ends_on <= as_at:
        return recorded[quarter]
    if exists_from > quarter.ends_on:
        return None
    if ended_on is not None and ended_on <= min(quarter.ends_on, as_at):
        return None
    if quarter.ends_on >= as_at:
        return current
    return (
        at_end.get(quarter) if waits(quarter, as_at=as_at, recorded_up_to=recorded_up_to) else None
    )


def residuals_of(*, as_at: date, **known: Any) -> tuple[int | None, ...]:
    """The residual scores of the four quarters of the financial year that holds ``as_at``; ``known`` is what else
    :func:`residual_at` takes.
    """
    return tuple(residual_at(quarter, as_at=as_at, **known) for quarter in quarters_of_year(as_at))


def waits(quarter: Quarter, *, as_at: date, recorded_up_to: date | None) -> bool:
    """Whether a quarter is over ``as_at`` a day, and the period that freezes it is still open."""
    return recorded_up_to is not None and recorded_up_to < quarter.ends_on < as_at
