"""Financial risks, opportunities and mitigations: what they weigh, and what they leave (domain section 6).

Pounds. None is "to be confirmed", and is never taken for nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.rules.positions import NOUGHT

RISK, OPPORTUNITY, MITIGATION = "risk", "opportunity", "mitigation"
# Printed percentages are rounded to whole points: half a point explains so much of a full value.
HALF_A_POINT = Decimal("0.005")


@dataclass(frozen=True)
class Exposure:
    """One of them at a month's end. ``probability`` is in percent."""

    organisation: str
    side: str
    ref: str
    title: str
    full_value: Decimal | None = None
    probability: Decimal | None = None
    recurrent: Decimal | None = None
    non_recurrent: Decimal | None = None
    entered: Decimal | None = None
    prior: Decimal | None = None
    brought_forward: bool = False
    carried_forward: Decimal | None = None

    @property
    def computed(self) -> Decimal | None:
        """Full value times probability; None while either is to be confirmed."""
        if self.full_value is None or self.probability is None:
            return None
        return (self.full_value * self.probability / 100).quantize(Decimal("0.01"))

    @property
    def said(self) -> Decimal | None:
        """The weighted value as its partner says it: entered, else its recurrent and non-recurrent parts."""
        if self.entered is not None:
            return self.entered
        parts = [one for one in (self.recurrent, self.non_recurrent) if one is not None]
        return sum(parts, NOUGHT) if parts else None

    @property
    def weighted(self) -> Decimal | None:
        """What the totals use: as said, else as computed."""
        return self.said if self.said is not None else self.computed

    @property
    def contradiction(self) -> str:
        """Where what is said and what is computed differ by more than half a point of probability; else empty."""
        if self.said is None or self.computed is None or self.full_value is None:
            return ""
        if abs(self.said - self.computed) <= abs(self.full_value) * HALF_A_POINT:
            return ""
        share = f"{self.probability.normalize():f}%" if self.probability is not None else "TBC"
        return (
            f"The weighted value is given as {_said(self.said)}; "
            f"{share} of {_said(self.full_value)} is {_said(self.computed)}."
        )

    @property
    def movement(self) -> Decimal | None:
        """How the weighted value moved since last month; None where either is not known."""
        if self.weighted is None or self.prior is None:
            return None
        return self.weighted - self.prior


def _said(amount: Decimal) -> str:
    """£560.00, or (£601,000.00) where it is negative."""
    words = f"£{abs(amount):,.2f}"
    return f"({words})" if amount < 0 else words


@dataclass(frozen=True)
class Side:
    """The sum of one side. ``unknown`` is how many have no value yet, so that the sum is at least so much."""

    full_value: Decimal
    weighted: Decimal
    count: int
    unknown: int


def side_of(found: Sequence[Exposure], side: str) -> Side:
    mine = [one for one in found if one.side == side]
    return Side(
        full_value=sum((one.full_value for one in mine if one.full_value is not None), NOUGHT),
        weighted=sum((one.weighted for one in mine if one.weighted is not None), NOUGHT),
        count=len(mine),
        unknown=sum(one.weighted is None for one in mine),
    )


def share_of_total(one: Exposure, found: Sequence[Exposure]) -> Decimal | None:
    """Its weighted value in percent of its side's; None where it or the side has none."""
    whole = side_of(found, one.side).weighted
    return None if one.weighted is None or whole == 0 else abs(one.weighted) / abs(whole) * 100


@dataclass(frozen=True)
class Bridge:
    """From the reported forecast to what is left after risks and after what would offset them.

    Variances: unfavourable is negative. A risk takes its weighted value away whichever sign it is entered with;
    an opportunity or a mitigation gives it back.
    """

    reported: Decimal | None
    risks: Decimal
    offsets: Decimal

    @property
    def unmitigated(self) -> Decimal | None:
        return None if self.reported is None else self.reported - self.risks

    @property
    def mitigated(self) -> Decimal | None:
        return None if self.unmitigated is None else self.unmitigated + self.offsets


def bridge(reported: Decimal | None, found: Sequence[Exposure]) -> Bridge:
    """``reported`` is the forecast variance of the same partners; None where nothing is entered."""
    offsets = (side_of(found, OPPORTUNITY), side_of(found, MITIGATION))
    return Bridge(
        reported=reported,
        risks=abs(side_of(found, RISK).weighted),
        offsets=sum((abs(one.weighted) for one in offsets), NOUGHT),
    )
