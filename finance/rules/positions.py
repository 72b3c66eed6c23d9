"""A month-end position and what follows from it. All amounts are pounds, exact.

Sign: unfavourable is negative (domain section 6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOUGHT = Decimal("0.00")


@dataclass(frozen=True)
class Amounts:
    """What a position says, of one line or of a sum of lines.

    ``prior_forecast_variance`` is what the stamped month before says; None where there was none.
    ``without_prior`` is how many lines stood in that month and said nothing that was stamped.
    """

    annual_budget: Decimal = NOUGHT
    ytd_budget: Decimal = NOUGHT
    ytd_actual: Decimal = NOUGHT
    forecast_outturn: Decimal = NOUGHT
    prior_forecast_variance: Decimal | None = None
    without_prior: int = 0

    @property
    def ytd_variance(self) -> Decimal:
        """Budget to date less actual to date."""
        return self.ytd_budget - self.ytd_actual

    @property
    def forecast_variance(self) -> Decimal:
        """Annual budget less forecast outturn."""
        return self.annual_budget - self.forecast_outturn

    @property
    def movement(self) -> Decimal | None:
        """How the forecast variance moved since the month before; None where that is not known, or not of all."""
        if self.prior_forecast_variance is None or self.without_prior:
            return None
        return self.forecast_variance - self.prior_forecast_variance


def sum_if_known(parts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of exact figures; None where any is not known, as the others' sum is not theirs. Nought of none."""
    known = [one for one in parts if one is not None]
    return sum(known, NOUGHT) if len(known) == len(parts) else None


def total(parts: Iterable[Amounts]) -> Amounts:
    """The sum of exact figures. What any part does not know of the month before, the sum takes as nothing said:
    None only where no part knows. It has no movement where a part should know and does not.
    """
    parts = list(parts)
    prior = [
        one.prior_forecast_variance for one in parts if one.prior_forecast_variance is not None
    ]
    return Amounts(
        annual_budget=sum((one.annual_budget for one in parts), NOUGHT),
        ytd_budget=sum((one.ytd_budget for one in parts), NOUGHT),
        ytd_actual=sum((one.ytd_actual for one in parts), NOUGHT),
        forecast_outturn=sum((one.forecast_outturn for one in parts), NOUGHT),
        prior_forecast_variance=sum(prior, NOUGHT) if prior else None,
        without_prior=sum(one.without_prior for one in parts),
    )


def percent_of(amount: Decimal, whole: Decimal) -> Decimal | None:
    """``amount`` in percent of ``whole``; None of a whole of nought."""
    return None if whole == 0 else amount / abs(whole) * 100
