"""Dependencies by author's dates: which are broken, circular, driving or critical, and what a slip would push.

Nothing here moves anybody's dates (domain section 2): every answer is a warning or a question answered.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from icp.common.workingdays import NONE, add_working_days, working_days
from programmes.rules.graphs import circle_in, in_order, knots

FINISH_START, START_START, FINISH_FINISH, START_FINISH = "FS", "SS", "FF", "SF"


@dataclass(frozen=True, slots=True)
class Dated:
    """A row as dependencies see it. ``start`` is None where only a finish is known: a milestone is so."""

    start: date | None
    finish: date | None
    done: bool = False

    @property
    def begins(self) -> date | None:
        return self.start or self.finish

    @property
    def is_point(self) -> bool:
        return self.start is None


class Link(NamedTuple):
    """``after`` waits for ``before``; ``lag`` in working days of the place, less than none for a lead."""

    before: str
    after: str
    kind: str = FINISH_START
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A link held against the dates. ``earliest`` is the first day on which its bound end may stand,
    ``stands`` the day on which it does. ``slack`` is the working days between; negative is broken.
    """

    link: Link
    earliest: date
    stands: date
    slack: int

    @property
    def is_broken(self) -> bool:
        return self.slack < 0

    @property
    def binds_start(self) -> bool:
        return self.link.kind in (FINISH_START, START_START)


@dataclass(frozen=True, slots=True)
class Pushed:
    """A row that a slip reaches: the finish it has, the finish it would have, by how many working days.

    ``owed`` are the working days that it would have to move even without the slip; ``via`` the row before it.
    """

    row: str
    finish: date
    would_be: date
    by: int
    owed: int
    via: str


def days_between(first: date, last: date, holidays: frozenset[date] = NONE) -> int:
    """Working days from one day to another, the first not counted; negative when ``last`` is the earlier."""
    if first == last:
        return 0
    early, late = sorted((first, last))
    days = working_days(early + timedelta(days=1), late, holidays)
    return days if last > first else -days


@dataclass(frozen=True)
class Network:
    """Rows by their number, the links between them, and the last finish of each programme.

    ``programme_of`` says to which programme's last row a row's slack is measured.
    """

    rows: Mapping[str, Dated]
    links: tuple[Link, ...]
    holidays: frozenset[date] = NONE
    programme_of: Mapping[str, str] = field(default_factory=dict)
    last_finish: Mapping[str, date] = field(default_factory=dict)

    def judge(self, link: Link) -> Judged | None:
        """None where a date is missing, or where either row is done and so waits no more."""
        before, after = self.rows.get(link.before), self.rows.get(link.after)
        if before is None or after is None or before.done or after.done:
            return None
        earliest = earliest_by(link, before, after, self.holidays)
        stands = after.begins if link.kind in (FINISH_START, START_START) else after.finish
        if earliest is None or stands is None:
            return None
        return Judged(link, earliest, stands, self._slack(earliest, stands))

    def _slack(self, earliest: date, stands: date) -> int:
        slack = days_between(earliest, stands, self.holidays)
        # Too early by a week-end only is too early still.
        return -1 if slack == 0 and stands < earliest else slack

    def broken(self) -> list[Judged]:
        """The links whose dates contradict them, in the order of the links."""
        found = (self.judge(link) for link in self.links)
        return [one for one in found if one and one.is_broken]

    def driving(self) -> dict[str, list[Judged]]:
        """For each row that waits, what fixes its earliest date: the links with the least slack."""
        by_row: dict[str, list[Judged]] = defaultdict(list)
        for link in self.links:
            if judged := self.judge(link):
                by_row[link.after].append(judged)
        return {
            row: [one for one in found if one.slack == min(other.slack for other in found)]
            for row, found in by_row.items()
        }

    def circles(self) -> list[list[str]]:
        """Each circle of links as a path that ends where it began, from its least number on."""
        found = []
        for knot in knots(self.links):
            path = circle_in(knot, self.links)
            found.append(path)
        return sorted(found)

    def slacks(self) -> dict[str, int]:
        """For each row that takes part in a link, the working days it may slip before the last row of a
        programme does: its own programme's, or that of a row which waits for it. Rows in a circle, done
        or without a finish have none.
        """
        links = self._straight_links()
        onward: dict[str, list[Judged]] = defaultdict(list)
        for link in links:
            if judged := self.judge(link):
                onward[link.before].append(judged)
        found: dict[str, int] = {}
        for row in reversed(in_order({end for link in links for end in link[:2]}, links)):
            slack = self._own_slack(row)
            if slack is not None:
                beyond = [
                    one.slack + found[one.link.after]
                    for one in onward[row]
                    if one.link.after in found
                ]
                found[row] = min([slack, *beyond])
        return found

    def critical(self) -> list[str]:
        """The rows with no slack to a programme's last row."""
        return [row for row, slack in self.slacks().items() if slack <= 0]

    def _own_slack(self, row: str) -> int | None:
        known = self.rows.get(row)
        last = self.last_finish.get(self.programme_of.get(row, ""))
        if known is None or known.done or known.finish is None or last is None:
            return None
        return max(days_between(known.finish, last, self.holidays), 0)

    def _straight_links(self) -> tuple[Link, ...]:
        tangled = set().union(*map(set, knots(self.links)))
        return tuple(
            link for link in self.links if link.before not in tangled and link.after not in tangled
        )

    def if_slips(self, row: str, days: int) -> list[Pushed]:
        """What a slip of ``row`` by ``days`` working days would push, nearest first. Circles are not followed."""
        owed = {one.row: one.by for one in self._pushed(row, 0)}
        return [
            replace(one, owed=owed.get(one.row, 0))
            for one in self._pushed(row, days)
            if one.by > owed.get(one.row, 0)
        ]

    def _pushed(self, row: str, days: int) -> list[Pushed]:
        links = self._straight_links()
        onward: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            onward[link.before].append(link)
        moved = {row: _later(self.rows[row], days, self.holidays)}
        found: dict[str, Pushed] = {}
        reached = in_order(_reached_from(row, onward), links)
        for before in reached:
            for link in onward[before] if before in moved else ():
                self._push(link, moved, found)
        return [found[one] for one in reached if one in found]

    def _push(self, link: Link, moved: dict[str, Dated], found: dict[str, Pushed]) -> None:
        """Move the row after ``link`` as far as the row before it now asks, if that is farther than it is."""
        after = self.rows.get(link.after)
        stands = moved.get(link.after, after)
        if after is None or stands is None:
            return
        rows = {link.before: moved[link.before], link.after: stands}
        judged = replace(self, rows=rows).judge(link)
        if judged is None or not judged.is_broken or after.finish is None:
            return
        by = (found[link.after].by if link.after in found else 0) - judged.slack
        moved[link.after] = _later(after, by, self.holidays)
        would_be = moved[link.after].finish
        assert would_be is not None
        found[link.after] = Pushed(link.after, after.finish, would_be, by, 0, link.before)


def earliest_by(link: Link, before: Dated, after: Dated, holidays: frozenset[date]) -> date | None:
    """The first day on which the bound end of ``after`` may stand.

    A task starts on the working day after the finish it waits for. A milestone stands at the end of its day, and sometimes at the
    start (domain section 2): it may share the day, and a task may start on the day of the milestone it waits for.
    """
    from_finish = link.kind in (FINISH_START, FINISH_FINISH)
    day = before.finish if from_finish else before.begins
    if day is None:
        return None
    next_day = link.kind == FINISH_START and not before.is_point and not after.is_point
    return add_working_days(day, link.lag + next_day, holidays)


def _later(row: Dated, days: int, holidays: frozenset[date]) -> Dated:
    def moved(day: date | None) -> date | None:
        return day and add_working_days(day, days, holidays)

    return replace(row, start=moved(row.start), finish=moved(row.finish))


def _reached_from(row: str, onward: Mapping[str, list[Link]]) -> set[str]:
    found, waiting = {row}, [row]
    while waiting:
        for link in onward.get(waiting.pop(), ()):
            if link.after not in found:
                found.add(link.after)
                waiting.append(link.after)
    return found
