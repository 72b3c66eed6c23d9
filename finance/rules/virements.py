"""What a virement must be (domain section 6): it moves budget, and makes none."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.rules.positions import NOUGHT


@dataclass(frozen=True)
class Move:
    """What one line gives (negative) or takes. ``partner`` names whose line it is."""

    line: int
    label: str
    partner: str
    amount: Decimal


def moved(moves: Sequence[Move]) -> Decimal:
    """How much changes place: the sum of what is taken."""
    return sum((one.amount for one in moves if one.amount > 0), NOUGHT)


def refused(moves: Sequence[Move], *, across_partners: bool) -> str:
    """Why it is no virement, in words; empty where it is one."""
    if len(moves) < 2:
        return "Name at least two lines: one that gives and one that takes."
    if len({one.line for one in moves}) < len(moves):
        return "Name each line once."
    if empty := [one.label for one in moves if one.amount == 0]:
        return f"Say how much {empty[0]} gives or takes."
    if (left := sum((one.amount for one in moves), NOUGHT)) != 0:
        more = "more is taken than given" if left > 0 else "more is given than taken"
        return f"£{abs(left):,.2f} {more}: a virement adds up to nought."
    if not across_partners and len({one.partner for one in moves}) > 1:
        return "The agreement of this place lets no budget move between partners."
    return ""


def needs_board(moves: Sequence[Move], *, above: Decimal) -> bool:
    """Whether a board approves it too."""
    return moved(moves) >= above
