"""What charts of the money show and where it stands on them; drawings and their tables are of the same figures.

Pounds. Unfavourable variances are negative.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from finance.rules.positions import NOUGHT, sum_if_known
from finance.rules.years import MONTHS

# As many lines as an eye can follow.
MOST_LINES = 5
STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high`` with a mark at every ``step``; nought is always on it."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def marks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]

    def share(self, value: Decimal) -> float:
        """How far up it stands, from 0 to 1."""
        return float((value - self.low) / (self.high - self.low))


def axis_over(values: Iterable[Decimal], *, marks: int = 5) -> Axis:
    """An axis that holds all of ``values`` and nought, with round steps, about ``marks`` of them."""
    found = [*values, NOUGHT]
    low, high = min(found), max(found)
    if low == high:
        return Axis(NOUGHT, Decimal(1), Decimal(1))
    rough = (high - low) / marks
    size = Decimal(10) ** (rough.adjusted())
    step = next(size * one for one in STEPS if size * one >= rough)
    return Axis(
        (low / step).to_integral_value(ROUND_FLOOR) * step,
        (high / step).to_integral_value(ROUND_CEILING) * step,
        step,
    )


@dataclass(frozen=True)
class Said:
    """What one partner's lines in the fund say together at a month's end."""

    month: int
    organisation: str
    forecast_variance: Decimal
    ytd_budget: Decimal
    ytd_actual: Decimal


@dataclass(frozen=True)
class Series:
    """A value for each month, oldest first; None where nothing was entered."""

    name: str
    values: tuple[Decimal | None, ...]


def months_in(found: Iterable[Said]) -> list[int]:
    return sorted({one.month for one in found})


def variance_series(found: Sequence[Said], *, whole: str = "All partners") -> list[Series]:
    """Each partner's forecast variance by month, in the order in which they come, then that of all, called ``whole``:
    None for a month of which not all said anything, as the others' sum is not theirs. Without a name for it there is no sum: one partner alone needs none.
    """
    months = months_in(found)
    by_key = {(one.organisation, one.month): one.forecast_variance for one in found}
    names = dict.fromkeys(one.organisation for one in found)
    rows = [Series(name, tuple(by_key.get((name, month)) for month in months)) for name in names]
    sums = (sum_if_known([one.values[place] for one in rows]) for place in range(len(months)))
    return [*rows, Series(whole, tuple(sums))] if whole else rows


def to_draw(series: Sequence[Series]) -> list[Series]:
    """Of many partners those that vary most now, and the sum of all, which is the last; one alone."""
    *partners, whole = series
    largest = sorted(partners, key=lambda one: abs(one.values[-1] or NOUGHT), reverse=True)
    kept = {one.name for one in largest[:MOST_LINES]}
    return [*(one for one in partners if one.name in kept), whole]


@dataclass(frozen=True)
class MonthsSpend:
    """What one month by itself budgeted and spent; None where it or the month before is not known of every partner."""

    month: int
    budget: Decimal | None
    actual: Decimal | None


def run_rate(found: Sequence[Said]) -> list[MonthsSpend]:
    """Each month's budget and spend by itself: every partner's figures to date less its own of the month before."""
    said = {(one.organisation, one.month): one for one in found}
    names = {one.organisation for one in found}
    return [
        MonthsSpend(
            month,
            sum_if_known([_of_the_month("ytd_budget", name, month, said) for name in names]),
            sum_if_known([_of_the_month("ytd_actual", name, month, said) for name in names]),
        )
        for month in months_in(found)
    ]


def _of_the_month(
    figure: str, name: str, month: int, said: Mapping[tuple[str, int], Said]
) -> Decimal | None:
    now, before = said.get((name, month)), said.get((name, month - 1))
    if now is None or (before is None and month > 1):
        return None
    to_date: Decimal = getattr(now, figure)
    return to_date if before is None else to_date - getattr(before, figure)


def needed_a_month(*, forecast: Decimal, actual: Decimal, number: int) -> Decimal | None:
    """What may be spent in each month that is left, for the forecast to come true; None after March."""
    left = MONTHS - number
    return (forecast - actual) / left if left else None


@dataclass(frozen=True)
class Step:
    """A step of a bridge, from one height to another; ``is_sum`` stands on the ground."""

    label: str
    start: Decimal
    end: Decimal
    is_sum: bool = False

    @property
    def amount(self) -> Decimal:
        return self.end - self.start


def budget_to_forecast(budget: Decimal, variances: Mapping[str, Decimal]) -> list[Step]:
    """From the annual budget over each part's variance to the forecast outturn: an adverse one adds spending."""
    steps = [Step("Annual budget", NOUGHT, budget, is_sum=True)]
    height = budget
    for label, variance in variances.items():
        if variance:
            steps.append(Step(label, height, height - variance))
            height -= variance
    return [*steps, Step("Forecast outturn", NOUGHT, height, is_sum=True)]


@dataclass(frozen=True)
class Range:
    """The forecast variance as reported, and between which it may end."""

    worst: Decimal
    reported: Decimal
    mitigated: Decimal
    best: Decimal


def risk_range(*, reported: Decimal, risks: Decimal, offsets: Decimal) -> Range:
    """``risks`` and ``offsets`` are weighted amounts: the worst is with every risk and nothing that offsets them."""
    return Range(
        worst=reported - risks,
        reported=reported,
        mitigated=reported - risks + offsets,
        best=reported + offsets,
    )
