"""Financial risks, opportunities and mitigations: what they weigh, and what they leave (domain section 6).

Pounds. None is "to be confirmed", and is never taken for nought.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.rules.positions import NOUGHT
from icp.common.money import to_the_penny

RISK, OPPORTUNITY, MITIGATION = "risk", "opportunity", "mitigation"
SIDES = (RISK, OPPORTUNITY, MITIGATION)
OFFSETS = (OPPORTUNITY, MITIGATION)
# Printed percentages are rounded to whole points: half a point explains so much of a full value.
HALF_A_POINT = Decimal("0.005")


@dataclass(frozen=True)
class Exposure:
    """One of them at a month's end. ``probability`` is in percent; ``risk`` is its key, where it is kept."""

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
    risk: int = 0
    partner: int = 0

    @property
    def computed(self) -> Decimal | None:
        """Full value times probability; None while either is to be confirmed."""
        if self.full_value is None or self.probability is None:
            return None
        return to_the_penny(self.full_value * self.probability / 100)

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
    def flags(self) -> list[str]:
        """Every place where what is said of it does not agree with itself."""
        found = [self.contradiction] if self.contradiction else []
        parts = [one for one in (self.recurrent, self.non_recurrent) if one is not None]
        if self.entered is not None and parts and sum(parts, NOUGHT) != self.entered:
            found.append(
                f"The weighted value is given as {_said(self.entered)}; its recurrent and "
                f"non-recurrent parts add up to {_said(sum(parts, NOUGHT))}."
            )
        return found

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
    """The sum of one side, as it was entered. ``unknown`` is how many have no value yet: the sum is at least so much."""

    full_value: Decimal
    weighted: Decimal
    count: int
    unknown: int


def side_of(found: Iterable[Exposure], side: str) -> Side:
    mine = [one for one in found if one.side == side]
    return Side(
        full_value=_sum(mine, _full_value),
        weighted=_sum(mine, _weighted),
        count=len(mine),
        unknown=sum(one.weighted is None for one in mine),
    )


def _weighted(one: Exposure) -> Decimal | None:
    return one.weighted


def _full_value(one: Exposure) -> Decimal | None:
    return one.full_value


def _carried(one: Exposure) -> Decimal | None:
    return one.carried_forward


def _sum(found: Iterable[Exposure], value: Callable[[Exposure], Decimal | None]) -> Decimal:
    return sum((said for one in found if (said := value(one)) is not None), NOUGHT)


class Signs:
    """Which sign each partner enters a side with: some write an opportunity as negative, others do not.

    What a side amounts to is the sum of its partners' sums, each without its sign; so that it adds up over
    partners, and over any parts of the side.
    """

    def __init__(self, found: Sequence[Exposure]) -> None:
        self._of: dict[tuple[str, str], int] = {}
        for key in dict.fromkeys((one.organisation, one.side) for one in found):
            mine = [one for one in found if (one.organisation, one.side) == key]
            self._of[key] = -1 if (_sum(mine, _weighted) or _sum(mine, _full_value)) < 0 else 1

    def amount(
        self,
        found: Iterable[Exposure],
        side: str,
        value: Callable[[Exposure], Decimal | None] = _weighted,
    ) -> Decimal:
        """What these of one side amount to, in pounds; positive as a rule."""
        mine = (one for one in found if one.side == side)
        parts = ((self._of.get((one.organisation, one.side), 1), value(one)) for one in mine)
        return sum((sign * said for sign, said in parts if said is not None), NOUGHT)


def share_of_total(one: Exposure, found: Sequence[Exposure]) -> Decimal | None:
    """Its weighted value in percent of its side's; None where it or the side has none."""
    signs = Signs(found)
    return share(one, signs, signs.amount(found, one.side))


def share(one: Exposure, signs: Signs, whole: Decimal) -> Decimal | None:
    """As :func:`share_of_total`, where the side's amount is known already."""
    if one.weighted is None or whole == 0:
        return None
    return signs.amount([one], one.side) / whole * 100


@dataclass(frozen=True)
class SideTotals:
    """One side in all, in pounds: a risk's amount is what it may cost, the others' what they may give back.

    ``movement`` is since last month, None where last month holds none.
    """

    side: str
    count: int
    unknown: int
    full_value: Decimal
    weighted: Decimal
    brought_forward: Decimal
    in_year: Decimal
    carried_forward: Decimal
    movement: Decimal | None


def totals(found: Sequence[Exposure], before: Sequence[Exposure] = ()) -> list[SideTotals]:
    """Each side that has any, now or in ``before``, which is last month's."""
    return [
        _totals(found, before, side)
        for side in SIDES
        if any(one.side == side for one in (*found, *before))
    ]


def _totals(found: Sequence[Exposure], before: Sequence[Exposure], side: str) -> SideTotals:
    signs, said = Signs(found), side_of(found, side)
    weighted = signs.amount(found, side)
    forward = signs.amount((one for one in found if one.brought_forward), side)
    return SideTotals(
        side=side,
        count=said.count,
        unknown=said.unknown,
        full_value=signs.amount(found, side, _full_value),
        weighted=weighted,
        brought_forward=forward,
        in_year=weighted - forward,
        carried_forward=signs.amount(found, side, _carried),
        movement=weighted - Signs(before).amount(before, side) if before else None,
    )


@dataclass(frozen=True)
class Bridge:
    """From the reported forecast to what is left after risks and after what would offset them.

    Variances: unfavourable is negative. A risk takes its weighted value away whichever sign its partner enters it
    with; an opportunity or a mitigation gives it back.
    """

    reported: Decimal | None
    risks: Decimal
    offsets: Decimal

    @property
    def net(self) -> Decimal:
        """Risks and what offsets them, together: negative where risks are greater."""
        return self.offsets - self.risks

    @property
    def unmitigated(self) -> Decimal | None:
        return None if self.reported is None else self.reported - self.risks

    @property
    def mitigated(self) -> Decimal | None:
        return None if self.unmitigated is None else self.unmitigated + self.offsets


def bridge(reported: Decimal | None, found: Sequence[Exposure]) -> Bridge:
    """``reported`` is the forecast variance of the same partners; None where nothing is entered."""
    signs = Signs(found)
    return Bridge(
        reported=reported,
        risks=signs.amount(found, RISK),
        offsets=sum((signs.amount(found, side) for side in OFFSETS), NOUGHT),
    )
