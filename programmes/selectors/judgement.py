"""What the dates say of one row, by the rules."""

from dataclasses import dataclass
from datetime import date

from programmes.models import Place, PlanItem, Programme, Status
from programmes.rules import rag as rag_rules
from programmes.rules.rag import ProposedRag, Rag, Slip
from programmes.rules.submission import StatusFacts


@dataclass(frozen=True)
class ItemJudgement:
    """What the dates say of one row at a date: slip, proposal and whether it is overdue."""

    slip: Slip | None
    proposed: ProposedRag | None
    overdue: bool
    tolerance_months: int


def judge(
    item: PlanItem,
    *,
    place: Place,
    programme: Programme,
    as_at: date,
    forecast: date | None,
    actual: date | None,
    complete: bool,
) -> ItemJudgement:
    """The rules of RAG applied to one row; the caller says which forecast, actual and state count."""
    months = rag_rules.tolerance(
        place=place.tolerance_months,
        programme=programme.tolerance_months,
        item=item.tolerance_months,
    )
    return ItemJudgement(
        slip=rag_rules.slip(
            agreed=item.baseline_finish,
            forecast=forecast,
            actual=actual,
            complete=complete,
            as_at=as_at,
        ),
        proposed=rag_rules.propose(
            agreed=item.baseline_finish,
            forecast=forecast,
            actual=actual,
            complete=complete,
            as_at=as_at,
            tolerance_months=months,
        ),
        overdue=rag_rules.is_overdue(agreed=item.baseline_finish, complete=complete, as_at=as_at),
        tolerance_months=months,
    )


def facts_of(status: Status) -> StatusFacts:
    """A stored status as the rules see it."""
    return StatusFacts(
        rag=Rag(status.rag) if status.rag else None,
        percent_complete=status.percent_complete,
        forecast_finish=status.forecast_finish,
        actual_finish=status.actual_finish,
        reason=status.reason,
        get_to_green=status.get_to_green,
        decision_from=status.decision_from.short_name if status.decision_from else None,
        decision_needed=status.decision_needed,
        need_to_know=status.need_to_know,
        need_to_know_note=status.need_to_know_note,
    )
