"""The full plan: every programme with all of its rows, as its author ordered them."""

from collections.abc import Sequence

from boards.rules.facts import Facts, Row
from boards.rules.judgements import is_overdue
from boards.rules.printed import Content, iso, row_content, section
from icp.common.words import british_date, plural
from programmes.rules.durations import computed_days, differs
from programmes.rules.outline import Span, parents, roll_up

WEEKEND = {5: "Saturday", 6: "Sunday"}


def sections(facts: Facts) -> list[Content]:
    found = []
    for programme in facts.programmes:
        rows = [row for row in facts.rows if row.programme == programme.code]
        below = spans_below(rows)
        found.append(
            {
                **section(
                    programme.name,
                    (_row(row, facts, below[index]) for index, row in enumerate(rows)),
                    empty="This programme has no plan yet.",
                ),
                "programme": programme.code,
            }
        )
    return found


def spans_below(rows: Sequence[Row]) -> list[Span]:
    """For each row of one programme's outline, what the rows below it span (domain section 2)."""
    above = parents([row.level for row in rows])
    below: list[list[Span]] = [[] for _ in rows]
    rolled = [Span(None, None)] * len(rows)
    for index in reversed(range(len(rows))):
        rolled[index] = roll_up(below[index])
        own = rows[index]
        span = (
            rolled[index]
            if own.is_summary and below[index]
            else Span(own.plan_start, own.plan_finish)
        )
        if (parent := above[index]) is not None:
            below[parent].append(span)
    return rolled


def _row(row: Row, facts: Facts, below: Span) -> Content:
    computed = computed_days(
        kind=row.kind, start=row.plan_start, finish=row.plan_finish, holidays=facts.holidays
    )
    return row_content(
        row,
        facts,
        level=row.level,
        plan_start=iso(row.plan_start),
        plan_finish=iso(row.plan_finish),
        declared_duration=row.declared_duration,
        computed_days=computed,
        overdue=is_overdue(row, facts),
        flags=flags(row, computed=computed, below=below),
    )


def flags(row: Row, *, computed: int | None, below: Span) -> list[str]:
    """What a reader should know of an untidy row: kept as its author wrote it, never corrected."""
    found, declared = [], Span(row.plan_start, row.plan_finish)
    if differs(declared=row.declared_days, computed=computed):
        found.append(
            f"Declared {plural(row.declared_days or 0, 'working day')}; "
            f"the dates give {plural(computed or 0, 'working day')}."
        )
    if row.is_summary and below.start and below.finish and below != declared:
        found.append(
            f"The rows below it run from {british_date(below.start)} to {british_date(below.finish)}."
        )
    if row.plan_finish != row.finish and row.finish and row.plan_finish:
        found.append(f"Its author now gives {british_date(row.plan_finish)} as the finish.")
    if row.plan_finish and row.plan_finish.weekday() in WEEKEND:
        found.append(f"Finishes on a {WEEKEND[row.plan_finish.weekday()]}.")
    if not row.is_summary and row.finish is None:
        found.append("No agreed finish: counted as undated.")
    if row.estimated:
        found.append("Duration is an estimate.")
    return found
