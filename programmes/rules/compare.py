"""What changed between two states of a plan: rows added, removed, moved, renamed, re-parented, re-owned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from icp.common.months import months_and_days_between
from icp.common.words import months_and_days, plural, short_date
from icp.common.workingdays import NONE, working_days


class ChangeOf(StrEnum):
    """What a row's change is. A row that was added or removed has no other."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    REPARENTED = "re-parented"
    REOWNED = "re-owned"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class RowState:
    """One row of a plan in one of its states. ``parent`` and ``owner`` are keys, None for none.

    ``start_words`` and ``finish_words`` are what stands in place of a date that is not there.
    """

    name: str
    start: date | None = None
    finish: date | None = None
    parent: int | None = None
    owner: int | None = None
    kind: str = "task"
    parent_name: str = ""
    owner_name: str = ""
    start_words: str = "not set"
    finish_words: str = "not set"


@dataclass(frozen=True, slots=True)
class Move:
    """A date in both states. Either may be missing; then nothing is counted."""

    before: date | None
    after: date | None

    @property
    def known(self) -> bool:
        return self.before is not None and self.after is not None

    def working_days(self, holidays: frozenset[date] = NONE) -> int | None:
        """Working days later (negative: earlier), the first day not counted: Friday to Monday is 1."""
        if self.before is None or self.after is None:
            return None
        first, last = sorted((self.before, self.after))
        if first == last:
            return 0
        days = working_days(first + timedelta(days=1), last, holidays)
        return days if self.after > self.before else -days

    @property
    def months(self) -> str:
        """By the calendar: 2 months 3 days later; empty where a date is missing."""
        if self.before is None or self.after is None:
            return ""
        if self.before == self.after:
            return "on the same day"
        span = months_and_days_between(*sorted((self.before, self.after)))
        return f"{months_and_days(*span)} {'later' if self.after > self.before else 'earlier'}"

    def words(self, holidays: frozenset[date] = NONE) -> str:
        """1 month 3 days later (24 working days); "now dated", "no longer dated" where one date is missing."""
        days = self.working_days(holidays)
        if days is None:
            return "now dated" if self.after else "no longer dated"
        return f"{self.months} ({plural(abs(days), 'working day')})"


@dataclass(frozen=True, slots=True)
class Change:
    """A row in two states, at least one of which has it. ``row`` is its key."""

    row: int
    before: RowState | None
    after: RowState | None

    @property
    def kinds(self) -> tuple[ChangeOf, ...]:
        """In the order of :class:`ChangeOf`; empty when nothing changed."""
        before, after = self.before, self.after
        if before is None:
            return (ChangeOf.ADDED,)
        if after is None:
            return (ChangeOf.REMOVED,)
        found = {
            ChangeOf.MOVED: (before.start, before.finish) != (after.start, after.finish),
            ChangeOf.RENAMED: before.name != after.name,
            ChangeOf.REPARENTED: before.parent != after.parent,
            ChangeOf.REOWNED: before.owner != after.owner,
        }
        return tuple(kind for kind, holds in found.items() if holds)

    @property
    def start(self) -> Move:
        return Move(
            self.before.start if self.before else None, self.after.start if self.after else None
        )

    @property
    def finish(self) -> Move:
        return Move(
            self.before.finish if self.before else None, self.after.finish if self.after else None
        )

    @property
    def reversed(self) -> "Change":
        return Change(self.row, self.after, self.before)

    @property
    def shown(self) -> RowState:
        """The row as it is now, or as it was when it is no longer there."""
        found = self.after or self.before
        assert found is not None
        return found


def compare(before: Mapping[int, RowState], after: Mapping[int, RowState]) -> list[Change]:
    """Every row that differs, by key; ``compare(b, a)`` is the reverse of ``compare(a, b)``."""
    keys = sorted({*before, *after})
    changes = (Change(key, before.get(key), after.get(key)) for key in keys)
    return [change for change in changes if change.kinds]


def reverse(changes: Iterable[Change]) -> list[Change]:
    """The same changes, told from the other state."""
    return [change.reversed for change in changes]


def date_words(day: date | None, absent: str) -> str:
    return short_date(day) if day else absent
