"""The outline: parents from levels, and dates rolled up from below (domain section 2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """First start to last finish; either may be unknown."""

    start: date | None
    finish: date | None


def parents(levels: Sequence[int]) -> list[int | None]:
    """For each row of an outline the index of its parent row, or None at the top.

    The parent is the nearest earlier row at a lower level; a level that skips one still hangs there.
    """
    found: list[int | None] = []
    open_rows: list[int] = []
    for index, level in enumerate(levels):
        while open_rows and levels[open_rows[-1]] >= level:
            open_rows.pop()
        found.append(open_rows[-1] if open_rows else None)
        open_rows.append(index)
    return found


def roll_up(spans: Iterable[Span]) -> Span:
    """What rows below a summary span: the earliest start, else finish; the latest finish."""
    spans = list(spans)
    starts = [start for span in spans if (start := span.start or span.finish)]
    finishes = [span.finish for span in spans if span.finish]
    return Span(min(starts, default=None), max(finishes, default=None))


def spans_children(declared: Span, below: Iterable[Span]) -> bool:
    """Whether a summary starts and finishes exactly where the tasks and milestones below it do.

    ``below`` are those at any depth. A start counts from a row that has both dates, a finish from any row
    that has one. Twelve summaries of the 2020 plan fail this: a year slipped, or the row that sets
    their start has only a finish. What they declare is kept and flagged (domain section 2).
    """
    spans = list(below)
    starts = [span.start for span in spans if span.start and span.finish]
    finishes = [span.finish for span in spans if span.finish]
    return declared == Span(min(starts, default=None), max(finishes, default=None))
