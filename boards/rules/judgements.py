"""What the rules of RAG and slip say of one row at the period's end."""

from dataclasses import dataclass

from boards.rules.facts import Facts, Row, actual, forecast, is_complete, rag_now, was_reported
from programmes.rules import rag as rules
from programmes.rules.rag import ProposedRag, Rag, Slip


@dataclass(frozen=True)
class ShownRag:
    """The RAG a report prints: the lead's, else what dates propose, and which of the two it is."""

    rag: Rag | None
    source: str | None
    because: str


def slip_of(row: Row, facts: Facts) -> Slip | None:
    return rules.slip(
        agreed=row.finish,
        forecast=forecast(row),
        actual=actual(row),
        complete=is_complete(row, facts),
        as_at=facts.as_at,
    )


def proposal(row: Row, facts: Facts) -> ProposedRag | None:
    return rules.propose(
        agreed=row.finish,
        forecast=forecast(row),
        actual=actual(row),
        complete=is_complete(row, facts),
        as_at=facts.as_at,
        tolerance_months=row.tolerance_months,
    )


def shown_rag(row: Row, facts: Facts) -> ShownRag:
    """The lead's RAG of this period; without one, what dates propose: never shown as the lead's.

    ``source`` is "lead", "dates", or "plan" for a row that is only ticked as complete there.
    """
    proposed = proposal(row, facts)
    because = proposed.because if proposed else ""
    declared = rag_now(row, facts)
    if declared:
        return ShownRag(declared, "lead", because)
    if is_complete(row, facts):
        # No lead had to say it again: an earlier report, or the tick in the plan, still stands.
        return ShownRag(Rag.COMPLETE, "lead" if was_reported(row) else "plan", because)
    if proposed:
        return ShownRag(proposed.rag, "dates", because)
    return ShownRag(None, None, "")


def is_overdue(row: Row, facts: Facts) -> bool:
    """Incomplete, agreed finish on or before the as-at date, whatever its forecast."""
    return not row.is_summary and rules.is_overdue(
        agreed=row.finish, complete=is_complete(row, facts), as_at=facts.as_at
    )


def is_late_beyond_tolerance(row: Row, facts: Facts) -> bool:
    slip = slip_of(row, facts)
    return slip is not None and rules.beyond_tolerance(slip, months=row.tolerance_months)


def is_early_beyond_tolerance(row: Row, facts: Facts) -> bool:
    slip = slip_of(row, facts)
    return slip is not None and rules.early_beyond_tolerance(slip, months=row.tolerance_months)
