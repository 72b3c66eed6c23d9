"""What change control agreed of the plan: in a period, since the first baseline, since the last report."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from boards.rules.facts import AgreedChange, Facts, Row, Span
from boards.rules.judgements import slip_of
from icp.common.months import months_and_days_between
from icp.common.words import british_date, months_and_days, plural, short_date
from programmes.rules import rag as rules
from programmes.rules.rag import Slip

# What a slip is measured from, in its words.
APPROVED, FIRST = "the agreed finish", "the finish first agreed"
# So many rows are named in one sentence, and so many requests in one draft: the office edits it, and it has an end.
NAMED = 5
REQUESTS = 20
ADDED, REMOVED, RESTORED, REDATED = "added", "removed", "restored", "re-dated"


@dataclass(frozen=True)
class Movement:
    """How far the expected finish stands from where it once stood; ``since`` says from what."""

    then: date
    now: date

    @property
    def words(self) -> str:
        """2 months later; 3 days earlier; empty where nothing moved."""
        if self.then == self.now:
            return ""
        span = months_and_days_between(*sorted((self.then, self.now)))
        return f"{months_and_days(*span)} {'later' if self.now > self.then else 'earlier'}"


def in_period(facts: Facts, *kinds: str) -> list[AgreedChange]:
    """What was agreed within the period's dates, in the order of the plan."""
    first, last = facts.period.starts_on, facts.period.ends_on
    return [
        change
        for change in facts.changes
        if change.kind in kinds and first <= change.agreed_on <= last
    ]


def first_agreed(row: Row) -> date | None:
    """The first finish that was ever agreed of the row: slip in total is measured from there."""
    return next((entry.finish for entry in row.agreed if entry.finish), None)


def slip_in_total(row: Row, facts: Facts) -> Slip | None:
    """How far the expected finish stands from the one first agreed; None where that is the approved one still."""
    return None if first_agreed(row) == row.finish else _from_first(row, facts)


def _from_first(row: Row, facts: Facts) -> Slip | None:
    """From the finish first agreed; None without one, or where nothing is expected."""
    first, approved = first_agreed(row), slip_of(row, facts)
    if first is None:
        return None
    # Agreed to be tbc since, there is no approved finish to measure from: the first one stands all the same.
    return (
        Slip(first, approved.measured) if approved else slip_of(replace(row, finish=first), facts)
    )


def is_late_in_total(row: Row, facts: Facts) -> bool:
    """Many slips within the tolerance, each agreed to, are one beyond it."""
    slip = slip_in_total(row, facts)
    return slip is not None and rules.beyond_tolerance(slip, months=row.tolerance_months)


def is_early_in_total(row: Row, facts: Facts) -> bool:
    slip = slip_in_total(row, facts)
    return slip is not None and rules.early_beyond_tolerance(slip, months=row.tolerance_months)


def since_last_report(row: Row, facts: Facts) -> Movement | None:
    """From where the row was expected at the end of the period before; None in a first issue."""
    if facts.first_issue:
        return None
    as_at = facts.period.starts_on - timedelta(days=1)
    earlier = [entry for entry in row.agreed if entry.agreed_on <= as_at]
    was = replace(
        row,
        finish=earlier[-1].finish if earlier else row.finish,
        said=tuple(said for said in row.said if said.period.ends_on <= as_at),
    )
    before = slip_of(was, replace(facts, period=Span("", "", as_at, as_at)))
    now = slip_of(row, facts)
    return Movement(before.measured, now.measured) if before and now else None


def total_content(row: Row, facts: Facts) -> dict[str, object]:
    """The row's slip from the finish first agreed, and how far it moved since the last report, for a table.

    Days late are calendar days, early is negative. None where there is no such finish, or no expected one.
    """
    first, moved = first_agreed(row), since_last_report(row, facts)
    slip = _from_first(row, facts)
    return {
        "first_agreed": first.isoformat() if first else None,
        "slip_in_total": slip.words.replace(APPROVED, FIRST) if slip and slip.days else None,
        "late_in_total_by_days": slip.days if slip else None,
        "since_last_report": moved.words if moved and moved.words else None,
    }


def total_words(row: Row, facts: Facts) -> str:
    """In total 4 months beyond the finish first agreed, 28 February 2020; empty where there is no more to say."""
    slip = slip_in_total(row, facts)
    if slip is None:
        return ""
    words = slip.words.replace(APPROVED, FIRST)
    return f"in total {words}, {british_date(slip.agreed)}"


def since_words(row: Row, facts: Facts) -> str:
    """1 month later than at the last report; empty in a first issue."""
    moved = since_last_report(row, facts)
    if moved is None:
        return ""
    return f"{moved.words} than at the last report" if moved.words else "as at the last report"


def narrative(facts: Facts) -> str:
    """The first draft of what the office may say of the changes agreed in the period; empty where none was."""
    by_request: dict[str, list[AgreedChange]] = {}
    for change in in_period(facts, ADDED, REMOVED, RESTORED, REDATED):
        by_request.setdefault(change.reference, []).append(change)
    if not by_request:
        return ""
    said = [_sentence(reference, changes) for reference, changes in by_request.items()]
    more = len(said) - REQUESTS
    rest = [f"And {plural(more, 'more request')}."] if more > 0 else []
    return "\n\n".join(
        [f"Agreed by change control in {facts.period.name}:", *said[:REQUESTS], *rest]
    )


def _sentence(reference: str, changes: list[AgreedChange]) -> str:
    first = changes[0]
    rows = [_row_words(change) for change in changes[:NAMED]]
    if len(changes) > NAMED:
        rows.append(f"and {len(changes) - NAMED:,} more")
    title = first.title.rstrip(".")
    return f"{reference}, {british_date(first.agreed_on)}: {title}. {'; '.join(rows)}."


def _row_words(change: AgreedChange) -> str:
    """IT 11 from 30 Oct 2020 to 18 Dec 2020; its start where only that moved."""
    if change.kind != REDATED:
        return f"{change.row.reference} {change.kind}"
    reference, old, new = change.row.reference, change.old_finish, change.new_finish
    if old == new and change.old_start != change.new_start:
        starts = (_date(day, "start") for day in (change.old_start, change.new_start))
        return "{} start from {} to {}".format(reference, *starts)
    return f"{reference} from {_date(old)} to {_date(new)}"


def _date(day: date | None, what: str = "finish") -> str:
    return short_date(day) if day else f"no agreed {what}"


def because(change: AgreedChange) -> str:
    """Why the row is in the report: Agreed on 10 February 2020 as CR 3."""
    verb = "Restored" if change.kind == RESTORED else "Agreed"
    return f"{verb} on {british_date(change.agreed_on)} as {change.reference}"


def what(change: AgreedChange) -> str:
    """What was asked for, and why."""
    parts: Iterable[str] = (change.title.strip(), change.why.strip())
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
