"""Savings schemes: what is planned, saved and expected, and how far they slip (domain section 6).

Pounds. None is not known, and is never taken for nought. Unfavourable is negative: less saved than planned.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.rules.positions import NOUGHT


@dataclass(frozen=True)
class Saving:
    """One scheme at a month's end. ``key`` is that of the scheme."""

    organisation: str
    name: str
    saving_type: str
    workstream: str = ""
    provider: str = ""
    rating: str = ""
    progress: str = ""
    plan: Decimal | None = None
    plan_to_date: Decimal | None = None
    actual: Decimal | None = None
    forecast: Decimal | None = None
    at_risk: Decimal | None = None
    mitigated: Decimal | None = None
    key: int = 0
    starts_on: date | None = None

    @property
    def slippage(self) -> Decimal | None:
        """Saved to date less planned to date; None where either is not known."""
        return less(self.actual, self.plan_to_date)

    @property
    def forecast_variance(self) -> Decimal | None:
        """Expected in the year less planned in the year."""
        return less(self.forecast, self.plan)


def less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """What is saved or expected less what was planned; None where either is not known."""
    return None if one is None or other is None else one - other


@dataclass(frozen=True)
class Performance:
    """Schemes together. ``without_plan_to_date``, ``without_actual`` and ``without_forecast`` are how many say none: the sums are of
    the rest.

    Slippage and forecast variance are of the schemes that know both of their figures.
    """

    label: str
    count: int
    plan: Decimal
    plan_to_date: Decimal
    actual: Decimal
    forecast: Decimal
    mitigated: Decimal
    slippage: Decimal
    forecast_variance: Decimal
    without_plan_to_date: int
    without_actual: int
    without_forecast: int


def performance_of(found: Iterable[Saving], label: str = "All schemes") -> Performance:
    found = list(found)
    return Performance(
        label=label,
        count=len(found),
        plan=_sum(found, lambda one: one.plan),
        plan_to_date=_sum(found, lambda one: one.plan_to_date),
        actual=_sum(found, lambda one: one.actual),
        forecast=_sum(found, lambda one: one.forecast),
        mitigated=_sum(found, lambda one: one.mitigated),
        slippage=_sum(found, lambda one: one.slippage),
        forecast_variance=_sum(found, lambda one: one.forecast_variance),
        without_plan_to_date=sum(one.plan_to_date is None for one in found),
        without_actual=sum(one.actual is None for one in found),
        without_forecast=sum(one.forecast is None for one in found),
    )


def _sum(found: Iterable[Saving], value: Callable[[Saving], Decimal | None]) -> Decimal:
    return sum((said for one in found if (said := value(one)) is not None), NOUGHT)


def performance_by(found: Sequence[Saving], key: Callable[[Saving], str]) -> list[Performance]:
    """A row for each value of ``key``, in the order in which they come."""
    labels = dict.fromkeys(key(one) for one in found)
    return [performance_of((one for one in found if key(one) == label), label) for label in labels]


def planned_to_date(plan: Mapping[int, Decimal], *, number: int) -> Decimal | None:
    """What a monthly plan has saved by the end of month ``number``; None where there is no plan by month."""
    if not plan:
        return None
    return sum((amount for month, amount in plan.items() if month <= number), NOUGHT)


def plan_differs(plan: Mapping[int, Decimal], value: Decimal) -> Decimal:
    """By how much the months of a plan miss the scheme's value; nought where there is no plan by month."""
    return sum(plan.values(), NOUGHT) - value if plan else NOUGHT
