"""Last month's look-ahead as this month's test: what was to be finished, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a row that a look-ahead named."""

    MISSED = "missed"
    LATE = "done late"
    MOVED = "moved"
    REMOVED = "removed"
    DONE = "done"
    OPEN = "still to come"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class Promise:
    """A row as the look-ahead named it: its agreed finish and its forecast on that day."""

    reference: str
    programme: str
    plan_id: str
    name: str
    finish: date | None
    forecast: date | None

    def due(self, first: date, last: date) -> date:
        """The day in the month by which it was to be done: the agreed one, else the forecast."""
        for day in (self.finish, self.forecast):
            if day is not None and first <= day <= last:
                return day
        return last


@dataclass(frozen=True)
class Since:
    """What is known of the row at the month's end, or today while the month runs."""

    complete: bool = False
    actual: date | None = None
    agreed: date | None = None
    forecast: date | None = None
    removed: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Kept:
    """One promise with its outcome; ``because`` is what its lead said."""

    promise: Promise
    outcome: Outcome
    due: date
    since: Since

    @property
    def because(self) -> str:
        return self.since.reason


@dataclass(frozen=True)
class Rate:
    """How many were done by their day, of those whose day has come and that are still in the plan."""

    done: int
    of: int

    @property
    def percent(self) -> int | None:
        """None where nothing was due: unknown is not nought."""
        return None if self.of == 0 else round(self.done * 100 / self.of)

    @property
    def words(self) -> str:
        return "none due" if self.of == 0 else f"{self.done} of {self.of} ({self.percent}%)"


def hold(promise: Promise, since: Since, *, first: date, last: date, as_at: date) -> Kept:
    """Hold one row of the look-ahead for ``first`` to ``last`` against what is known at ``as_at``.

    A forecast needs nobody's leave (domain section 3), so it moves no promise: moved is what was agreed to
    finish after the month. Complete without an actual finish counts as done.
    """
    due = promise.due(first, last)
    return Kept(promise, _outcome(promise, since, due=due, last=last, as_at=as_at), due, since)


def _outcome(promise: Promise, since: Since, *, due: date, last: date, as_at: date) -> Outcome:
    if since.complete:
        return Outcome.LATE if since.actual and since.actual > due else Outcome.DONE
    if since.removed:
        return Outcome.REMOVED
    if since.agreed and since.agreed != promise.finish and since.agreed > last:
        return Outcome.MOVED
    # On the due day itself there is still time, until the month is over.
    return Outcome.OPEN if as_at < last and due >= as_at else Outcome.MISSED


# What is counted in a rate; what was re-agreed or taken out was not promised any more.
COUNTED = (Outcome.DONE, Outcome.LATE, Outcome.MISSED)


def rate(kept: Iterable[Kept]) -> Rate:
    counted = [one for one in kept if one.outcome in COUNTED]
    return Rate(sum(one.outcome == Outcome.DONE for one in counted), len(counted))
