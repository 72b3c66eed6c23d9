"""What a pooled budget costs over its life, and what of ring-fenced money is left (domain section 6). Pounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.rules.positions import NOUGHT
from icp.common.money import in_pounds

QUARTERS = (1, 2, 3, 4)
APPROVED, REFUSED, WAITING = "approved", "refused", "waiting"


@dataclass(frozen=True)
class LifeCost:
    """``a_year`` for ``years`` years for certain, then ``options`` of one further year each."""

    a_year: Decimal
    years: int
    options: int

    @property
    def certain(self) -> Decimal:
        return self.a_year * self.years

    @property
    def at_most(self) -> Decimal:
        """With every option taken up."""
        return self.a_year * (self.years + self.options)

    def by_year(self, first: int) -> list[tuple[int, Decimal, bool]]:
        """Each year: in which it begins, its cost, and whether it is an option."""
        return [
            (first + number, self.a_year, number >= self.years)
            for number in range(self.years + self.options)
        ]


def life_cost(contributions: Mapping[str, Decimal], *, years: int, options: int) -> LifeCost:
    """What all partners put in together."""
    return LifeCost(sum(contributions.values(), NOUGHT), years, options)


def standing(states: Sequence[str]) -> str:
    """Where a case stands with its boards, in words: every one must approve."""
    if not states:
        return "No board is asked yet"
    if REFUSED in states:
        return "Refused"
    waiting = sum(one == WAITING for one in states)
    if waiting:
        return f"Waiting for {waiting} of {len(states)} board{'' if len(states) == 1 else 's'}"
    return "Approved by all boards"


@dataclass(frozen=True)
class Quarter:
    """What is committed in one quarter, and what is left after it."""

    number: int
    committed: Decimal
    balance: Decimal


def quarters_of(allocation: Decimal, commitments: Sequence[tuple[int, Decimal]]) -> list[Quarter]:
    """The four quarters. ``commitments`` are of quarter and amount; a balance below nought is overcommitted."""
    found, balance = [], allocation
    for number in QUARTERS:
        committed = sum((amount for quarter, amount in commitments if quarter == number), NOUGHT)
        balance -= committed
        found.append(Quarter(number, committed, balance))
    return found


def balance_words(allocation: Decimal, balance: Decimal) -> str:
    """How ring-fenced money stands, in a sentence."""
    if balance < 0:
        return f"£{in_pounds(-balance)} more is committed than the allocation of £{in_pounds(allocation)}"
    return f"£{in_pounds(balance)} of £{in_pounds(allocation)} is left to commit"
