"""What a report is built from: the plan, what was said of it up to the period's end, and who leads it."""

from dataclasses import dataclass, field
from datetime import date

from programmes.rules.rag import OFF_TRACK, Rag


@dataclass(frozen=True)
class Span:
    """A reporting period's dates, both included, and what it is called."""

    key: str
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Said:
    """What a lead said of one row in one period. ``board`` is the short name of a decision's board.

    ``correction`` is what it puts right of a closed period, ``corrects``; that is None where it is not known.
    """

    period: Span
    rag: Rag | None = None
    forecast: date | None = None
    actual: date | None = None
    percent: int | None = None
    reason: str = ""
    get_to_green: str = ""
    board: str | None = None
    board_name: str = ""
    decision: str = ""
    need_to_know: bool = False
    note: str = ""
    correction: str = ""
    corrects: Span | None = None

    @property
    def is_correction(self) -> bool:
        return bool(self.corrects or self.correction.strip())


@dataclass(frozen=True)
class Agreement:
    """What one baseline agreed of a row, and on which day."""

    agreed_on: date
    finish: date | None = None
    removed: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a plan with everything said of it, oldest first, up to the period reported on.

    ``start`` and ``finish`` are the agreed dates, ``agreed`` what each baseline agreed, the first first;
    ``plan_start`` and ``plan_finish`` are the dates its author now gives. ``ticked_on`` is the end of the period whose import brought the tick, None before the first.
    """

    programme: str
    plan_id: str
    name: str
    kind: str
    level: int = 1
    under: tuple[str, ...] = ()
    start: date | None = None
    finish: date | None = None
    start_tbc: bool = False
    finish_tbc: bool = False
    plan_start: date | None = None
    plan_finish: date | None = None
    declared_duration: str = ""
    declared_days: int | None = None
    estimated: bool = False
    ticked: bool = False
    ticked_on: date | None = None
    tolerance_months: int = 2
    said: tuple[Said, ...] = ()
    agreed: tuple[Agreement, ...] = ()

    @property
    def reference(self) -> str:
        return f"{self.programme} {self.plan_id}"

    @property
    def is_summary(self) -> bool:
        return self.kind == "summary"


@dataclass(frozen=True)
class Programme:
    """A programme as it stands at the head of its part of a report."""

    code: str
    name: str
    kind: str
    state: str
    parent: str | None
    leads: tuple[str, ...]
    sros: tuple[str, ...]
    accountable_officer: str | None
    return_state: str
    handed_in: bool


@dataclass(frozen=True)
class AgreedChange:
    """What an agreed change request did to one row: added, removed, restored or re-dated it."""

    kind: str
    row: Row
    reference: str
    title: str
    why: str
    agreed_on: date
    old_finish: date | None = None
    new_finish: date | None = None
    old_start: date | None = None
    new_start: date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the reports of one period are built from. Rows are in the place's order.

    Of change control they hold what was agreed by the period's end. ``gone`` are those that had left the plan by
    then and of which something was said in the period.
    """

    place: str
    place_slug: str
    period: Span
    first_issue: bool
    programmes: tuple[Programme, ...]
    rows: tuple[Row, ...]
    glossary: dict[str, str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    changes: tuple[AgreedChange, ...] = ()
    gone: tuple[Row, ...] = ()

    @property
    def as_at(self) -> date:
        return self.period.ends_on

    @property
    def counted(self) -> list[Row]:
        """Tasks and milestones: summaries are headings, never counted."""
        return [row for row in self.rows if not row.is_summary]


def this_period(row: Row, facts: Facts) -> Said | None:
    """What was said of the row in the period reported on."""
    return row.said[-1] if row.said and row.said[-1].period == facts.period else None


def rag_now(row: Row, facts: Facts) -> Rag | None:
    """The RAG its lead declared in this period."""
    said = this_period(row, facts)
    return said.rag if said else None


def rag_before(row: Row, facts: Facts) -> Said | None:
    """The last status before this period that has a RAG: a month of silence hides nothing."""
    earlier = [said for said in row.said if said.period != facts.period and said.rag]
    return earlier[-1] if earlier else None


def was_off_track(row: Row, facts: Facts) -> bool:
    """Red or amber when it was last reported before this period."""
    before = rag_before(row, facts)
    return bool(before and before.rag in OFF_TRACK)


def is_complete(row: Row, facts: Facts) -> bool:
    """Complete at the period's end: as the last RAG says, else as the plan was ticked by then."""
    rags = [said.rag for said in row.said if said.rag]
    if rags:
        return rags[-1] == Rag.COMPLETE
    return row.ticked and (row.ticked_on is None or row.ticked_on <= facts.as_at)


def was_reported(row: Row) -> bool:
    """Whether any lead has ever given it a RAG, up to the period reported on."""
    return any(said.rag for said in row.said)


def first_complete(row: Row) -> date | None:
    """The end of the period that first reported it complete; ``date.min`` if that was before them all.

    As in :func:`is_complete` the lead's word goes before the plan's: a tick counts where no lead had given the row a
    RAG by then; one from before all periods, where the first RAG that a lead gave it does not say otherwise.
    """
    rags = [said for said in row.said if said.rag]
    found = [said.period.ends_on for said in rags if said.rag == Rag.COMPLETE]
    if row.ticked_on:
        contradicted = any(said.period.ends_on <= row.ticked_on for said in rags)
    else:
        contradicted = bool(rags) and rags[0].rag != Rag.COMPLETE
    if row.ticked and not contradicted:
        found.append(row.ticked_on or date.min)
    return min(found, default=None)


def forecast(row: Row) -> date | None:
    """The finish its lead last expected."""
    return next((said.forecast for said in reversed(row.said) if said.forecast), None)


def actual(row: Row) -> date | None:
    """When it finished, as last reported."""
    return next((said.actual for said in reversed(row.said) if said.actual), None)
