"""An annual budget phased over the twelve months of its year. Pounds, exact."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from finance.rules.positions import NOUGHT
from finance.rules.years import MONTHS

PENNY = Decimal("0.01")


def wrong_phases(phases: Mapping[int, Decimal], *, annual: Decimal) -> str:
    """Why these are no phasing of an annual budget, in words; empty where they are. No phases at all are none."""
    if not phases:
        return ""
    if lacking := [n for n in range(1, MONTHS + 1) if n not in phases]:
        named = ", ".join(str(n) for n in lacking)
        return f"Say what falls into month {named} too: nought is a figure."
    apart = sum(phases.values(), NOUGHT) - annual
    if apart == 0:
        return ""
    more = "more" if apart > 0 else "less"
    return f"The twelve months add up to £{abs(apart):,.2f} {more} than the annual budget of £{annual:,.2f}."


def evenly(annual: Decimal) -> list[Decimal]:
    """Twelve equal months, the odd pence in the last: they add up to the annual budget exactly."""
    each = (annual / MONTHS).quantize(PENNY, rounding=ROUND_DOWN)
    return [each] * (MONTHS - 1) + [annual - each * (MONTHS - 1)]


def to_date(phases: Sequence[Decimal], number: int) -> Decimal:
    """Budget to date at the end of month ``number``."""
    return sum(phases[:number], NOUGHT)
