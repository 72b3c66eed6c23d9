"""A line of the money and its positions, as they stood at a moment (``icp.audit.as_at``)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from finance import access
from finance.models import BudgetLine, Position, Virement, VirementLine, VirementState
from icp.audit.as_at import as_they_stood, row_of
from programmes.access import Roles
from programmes.models import Place


@dataclass(frozen=True)
class LineThen:
    """``positions`` are the newest month first; ``moves`` the virements that were approved by then, by month."""

    line: BudgetLine
    positions: list[Position]
    moves: list[VirementLine]

    @property
    def budget(self) -> Decimal:
        """Pounds: opening budget and virements, as they stood."""
        return self.line.opening_budget + sum(move.amount for move in self.moves)


def line_then(*, line: BudgetLine, place: Place, roles: Roles, at: datetime) -> LineThen | None:
    """What these roles may read of a line as it stood; None when there was none yet. Four queries.

    What it names (a partner, a workstream, a person, a month) is called as it is called now.
    """
    copy = as_they_stood(BudgetLine, at=at).select_related("organisation", "workstream")
    then = copy.filter(id=line.pk).first()
    if then is None:
        return None
    said = access.positions_then(place=place, roles=roles, at=at).filter(line=line.pk)
    said = said.select_related("month", "entered_by", "corrects")
    positions = [row_of(one) for one in said.order_by("-month__year", "-month__number")]
    return LineThen(row_of(then), positions, _moves(line, at))


def _moves(line: BudgetLine, at: datetime) -> list[VirementLine]:
    moves = [row_of(one) for one in as_they_stood(VirementLine, at=at).filter(line=line.pk)]
    of_them = as_they_stood(Virement, at=at).filter(id__in=[move.virement_id for move in moves])
    found = {one.id: row_of(one) for one in of_them.filter(state=VirementState.APPROVED)}
    approved = [move for move in moves if move.virement_id in found]
    for move in approved:
        move.virement = found[move.virement_id]
    return sorted(approved, key=lambda move: (move.virement.from_month, move.pk))
