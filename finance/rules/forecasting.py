"""What a year may come to by simple reckoning, to set beside a finance lead's own forecast, never in its place.

Pounds, rounded to the penny once. None where there is nothing to reckon from.
"""

from dataclasses import dataclass
from decimal import Decimal

from finance.rules.years import MONTHS
from icp.common.money import to_the_penny


def straight_line(*, actual: Decimal | None, number: int) -> Decimal | None:
    """Twelve months at the average of the months up to ``number``."""
    return None if actual is None else to_the_penny(actual * MONTHS / number)


def by_last_year(
    *, actual: Decimal | None, then_to_date: Decimal | None, then_outturn: Decimal | None
) -> Decimal | None:
    """What this year comes to if as much of it is spent by now as of last year's outturn was by the same month.

    None without last year, where nothing was spent by then, or where last year turned from one sign to the other:
    a share below nought says nothing of this year.
    """
    if actual is None or then_to_date is None or then_outturn is None:
        return None
    if then_to_date == 0 or then_outturn == 0 or (then_to_date < 0) != (then_outturn < 0):
        return None
    return to_the_penny(actual * then_outturn / then_to_date)


@dataclass(frozen=True)
class Forecasts:
    """Three ways to say what a line comes to; ``own`` is the finance lead's and the only one that counts."""

    own: Decimal | None
    straight: Decimal | None
    last_year: Decimal | None

    @property
    def from_straight(self) -> Decimal | None:
        """The lead's own less the straight line: positive where the lead expects to spend more."""
        return _less(self.own, self.straight)

    @property
    def from_last_year(self) -> Decimal | None:
        return _less(self.own, self.last_year)


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other
