"""Where dates lie on a drawing: the geometry of a report's timelines, read from its content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from icp.common.months import add_months, month_end, month_start
from icp.common.words import short_date

MONTHS_BEFORE, MONTHS_AFTER = 12, 6
MOST_TICKS = 9


@dataclass(frozen=True)
class Scale:
    """Days laid out from 0 to 1, both ends on a month's edge."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where ``day`` ends; what lies outside is drawn at the edge."""
        span = (self.last - self.first).days + 1
        return min(max(((day - self.first).days + 1) / span, 0.0), 1.0)

    def before(self, day: date) -> float:
        """Where ``day`` begins."""
        span = (self.last - self.first).days + 1
        return min(max((day - self.first).days / span, 0.0), 1.0)


@dataclass(frozen=True)
class Tick:
    """The beginning of a month, with its short name."""

    at: float
    label: str


@dataclass(frozen=True)
class Bar:
    """One row's mark. ``shape`` is bar, diamond or none; ``state`` summary, complete, late or open."""

    shape: str
    begins: float
    ends: float
    state: str
    forecast: float | None
    words: str


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def scale_for(rows: Iterable[Mapping[str, Any]], *, as_at: date, whole: bool = False) -> Scale:
    """A scale that holds the rows and the as-at date.

    Unless ``whole``, no more than a year before and half a year after the as-at date: one row that began
    long ago must not squeeze all others.
    """
    days = [as_at, add_months(as_at, 1)]
    for row in rows:
        days += [found for name in ("start", "finish", "forecast") if (found := day(row.get(name)))]
    first, last = min(days), max(days)
    if not whole:
        first = max(first, add_months(as_at, -MONTHS_BEFORE))
        last = min(last, add_months(as_at, MONTHS_AFTER))
    return Scale(month_start(first), month_end(last))


def ticks(scale: Scale, *, most: int = MOST_TICKS) -> list[Tick]:
    """The first of each month, or of every few months so that at most ``most`` names stand in a row."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    step = next(n for n in (1, 2, 3, 6, 12, 24, 60, 1200) if months / n <= most)
    return [
        Tick(scale.before(start), short_date(start)[2:])
        for number in range(0, months, step)
        if (start := add_months(scale.first, number))
    ]


def bar(row: Mapping[str, Any], scale: Scale, *, as_at: date) -> Bar:
    """The mark of one row of a report's content, with the words for those who do not see it."""
    start, finish = day(row.get("start")), day(row.get("finish"))
    expected = day(row.get("forecast"))
    end = finish or expected
    if row["kind"] == "summary":
        state = "summary"
    elif row.get("complete"):
        state = "complete"
    else:
        state = "late" if end is not None and end <= as_at else "open"
    if end is None:
        return Bar("none", 0, 0, state, None, "no finish date")
    if row["kind"] == "milestone" or start is None:
        return Bar("diamond", scale.at(end), scale.at(end), state, None, _words(None, end, state))
    moved = expected if finish and expected and expected != finish else None
    return Bar(
        "bar",
        scale.before(start),
        scale.at(end),
        state,
        scale.at(moved) if moved else None,
        _words(start, end, state),
    )


def _words(start: date | None, end: date, state: str) -> str:
    dates = f"{short_date(start)} to {short_date(end)}" if start else short_date(end)
    return {"complete": f"{dates}, complete", "late": f"{dates}, overdue"}.get(state, dates)
