"""What a status lacks before a return can be submitted (domain section 3)."""

from dataclasses import dataclass
from datetime import date

from programmes.rules.rag import OFF_TRACK, Rag


@dataclass(frozen=True)
class StatusFacts:
    """The parts of a status that the rules look at."""

    rag: Rag | None
    percent_complete: int | None = None
    forecast_finish: date | None = None
    actual_finish: date | None = None
    reason: str = ""
    get_to_green: str = ""
    decision_from: str | None = None
    decision_needed: str = ""
    need_to_know: bool = False
    need_to_know_note: str = ""


@dataclass(frozen=True)
class Missing:
    """One thing still to be said: the field, and what to do."""

    field: str
    what: str


def missing_from(status: StatusFacts, *, proposed: Rag | None, today: date) -> list[Missing]:
    """What stands between this status and submission, in the order of the page; empty when nothing does."""
    return [
        Missing(field, what)
        for wanting, field, what in (
            (status.rag is None, "rag", "Choose a RAG."),
            (
                status.rag == Rag.COMPLETE and status.actual_finish is None,
                "actual_finish",
                "Say when it finished.",
            ),
            (
                status.actual_finish is not None and status.actual_finish > today,
                "actual_finish",
                "An actual finish cannot be in the future: put it under forecast.",
            ),
            (
                status.actual_finish is not None and status.rag not in (Rag.COMPLETE, None),
                "actual_finish",
                "It has an actual finish, so its RAG should be Complete; or take the date out.",
            ),
            (
                status.rag == Rag.COMPLETE and status.percent_complete not in (None, 100),
                "percent_complete",
                "A complete row is 100%.",
            ),
            (
                status.rag in OFF_TRACK and not status.reason.strip(),
                "reason",
                "Red and amber need a reason.",
            ),
            (
                status.rag in OFF_TRACK and not status.get_to_green.strip(),
                "get_to_green",
                "Red and amber need a get-to-green strategy.",
            ),
            (
                _departs(status.rag, proposed) and not status.reason.strip(),
                "reason",
                f"The dates propose {proposed.label if proposed else ''}: say why you judge otherwise.",
            ),
            (
                status.decision_from is not None and not status.decision_needed.strip(),
                "decision_needed",
                f"Say what {status.decision_from} is asked to decide.",
            ),
            (
                status.need_to_know and not status.need_to_know_note.strip(),
                "need_to_know_note",
                "Say what the board needs to know.",
            ),
        )
        if wanting
    ]


def _departs(rag: Rag | None, proposed: Rag | None) -> bool:
    # Red and amber are asked for their reason already; not started and on hold say nothing of dates
    # while a row is on time.
    if rag is None or proposed is None or rag in OFF_TRACK or rag == proposed:
        return False
    return rag != Rag.COMPLETE and proposed in OFF_TRACK
