"""Comparing two states of the plans of a place, set by set: the database finds what differs, a page at a time.

What the plan's rows were is read from django-pghistory's copies (as :mod:`programmes.selectors.as_at`), what was
agreed from the baselines. What a change is, is said by ``rules.compare``; the database asks the same
questions only to count and to choose a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, PageNotAnInteger, Paginator
from django.db import connection

from programmes.rules.compare import Change, ChangeOf, RowState
from programmes.selectors.compare_sql import (
    AMONG,
    BASELINE,
    CHOSEN,
    COPY,
    COUNTED,
    DIFFERING,
    EXPECTED,
    FINISH,
    HEADING,
    HEADING_NOW,
    HEADING_THEN,
    IN_BOTH,
    KINDS,
    NOW,
    PAGE,
    REST,
    ROW,
    SHOWN,
    SIDE,
    SIDES,
    START,
    THEN,
    TOUCHED,
)
from programmes.selectors.points import Point

MOST_PAGES = 10_000_000


@dataclass(frozen=True)
class Compared:
    """A row in both states, with what people call it. ``change.kinds`` is empty for a row that is the same."""

    change: Change
    code: str
    programme: str
    plan_id: str
    level: int

    @property
    def reference(self) -> str:
        return f"{self.code} {self.plan_id}"


@dataclass(frozen=True)
class Counts:
    """Rows that differ, and how many by each kind of change; a row may be of several."""

    every: int
    of: dict[ChangeOf, int]


@dataclass(frozen=True)
class Comparison:
    """Two states of some programmes. ``unchanged`` keeps the rows that are the same among the others."""

    programmes: tuple[int, ...]
    before: Point
    after: Point
    dates: str = EXPECTED
    kind: ChangeOf | None = None
    unchanged: bool = False

    def page(self, *, first: int, count: int) -> tuple[Counts, list[Compared]]:
        """The rows from the one numbered ``first``, from 0, in the order of the plans, and the counts of all. One
        query. Beyond the last page of so many rows it is the last.
        """
        found = list(self._read(first=first, count=count))
        width = len(KINDS) + 1
        every, *of = found[0][:width]
        rows = [_compared(one[width:]) for one in found if one[width] is not None]
        return Counts(every, dict(zip(KINDS, of, strict=True))), rows

    def rows(self) -> Iterator[Compared]:
        """Every row, in the order of the plans. One query."""
        width = len(KINDS) + 1
        found = self._read(first=0, count=None)
        return (_compared(one[width:]) for one in found if one[width] is not None)

    def number_of(self, counts: Counts) -> int:
        """How many of the rows counted are of the kind that is asked for."""
        return counts.of[self.kind] if self.kind else counts.every

    def _read(self, *, first: int, count: int | None) -> Iterator[Any]:
        names = [_column(kind) for kind in KINDS]
        sums = ", ".join(f"count(*) FILTER (WHERE {name}) AS {name}" for name in names)
        where = f"WHERE d.{_column(self.kind)}" if self.kind else ""
        limit = "" if count is None else PAGE.format(where=where)
        chosen = CHOSEN.format(where=where, limit=limit)
        shown = SHOWN.format(
            before=_columns("before"),
            after=_columns("after"),
            above_before=self._above(self.before, "before"),
            above_after=self._above(self.after, "after"),
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self._sides()}, n AS ({COUNTED.format(sums=sums)}), c AS MATERIALIZED ({chosen}) {shown}",
                {**self._given(), "first": first, "count": count},
            )
            while piece := cursor.fetchmany(2000):
                yield from piece

    @property
    def _between_moments(self) -> bool:
        """Whether only what was touched in between can differ. An agreed date is of no moment."""
        return self.before.baseline is self.after.baseline is None

    def _above(self, point: Point, name: str) -> str:
        if self.unchanged or not self._between_moments:
            return HEADING.format(s=name[0])
        return (HEADING_NOW if point.is_now else HEADING_THEN).format(s=name[0], name=name)

    def _sides(self) -> str:
        among, every = self._between_moments, self._between_moments and self.unchanged
        before = self._side(self.before, "before", among=among)
        return SIDES.format(
            touched=f"touched AS MATERIALIZED ({TOUCHED})," if among else "",
            after=self._side(self.after, "after", among=among and not every),
            before=f"({before}) UNION ALL {REST}" if every else before,
            differing=self._differing(),
        )

    def _differing(self) -> str:
        flags = ", ".join(
            f"{holds if kind in (ChangeOf.ADDED, ChangeOf.REMOVED) else f'{IN_BOTH} AND {holds}'}"
            f" AS {_column(kind)}"
            for kind, holds in KINDS.items()
        )
        where = "" if self.unchanged else f"WHERE {' OR '.join(KINDS.values())}"
        return DIFFERING.format(flags=flags, where=where)

    def _side(self, point: Point, name: str, *, among: bool) -> str:
        """The rows of one state, ``among`` those touched or all."""
        if point.baseline is not None:
            dates = {"start": "agreed.agreed_start", "finish": "agreed.agreed_finish"}
            return BASELINE.format(name=name, copy=COPY, row=ROW.format(r="t", **dates))
        r = "i" if point.is_now else "t"
        dates = {"start": START.format(r=r), "finish": FINISH[self.dates].format(r=r)}
        row = ROW.format(r=r, **dates)
        if point.is_now:
            return NOW.format(row=row, among=AMONG.format(key="i.id") if among else "")
        touched = AMONG.format(key="e.pgh_obj_id") if among else ""
        return THEN.format(name=name, copy=COPY, row=row, among=touched)

    def _given(self) -> dict[str, Any]:
        moments = [point.at for point in (self.before, self.after) if point.at]
        return {
            "since": min(moments, default=None),
            "until": max(moments) if len(moments) == 2 else None,
            "programmes": list(self.programmes),
            "before_at": self.before.at,
            "before_number": self.before.baseline,
            "after_at": self.after.at,
            "after_number": self.after.baseline,
        }


class ComparedPages(Paginator):  # type: ignore[type-arg]
    """The pages of a comparison. A page is read with the counts of all, in one query; ``counts`` is there then."""

    counts: Counts

    def __init__(self, comparison: Comparison, per_page: int) -> None:
        super().__init__([], per_page)
        self.comparison = comparison

    @cached_property
    def count(self) -> int:
        """Known without a question once a page was read."""
        self._read(1)
        return self.comparison.number_of(self.counts)

    def get_page(self, number: Any) -> Page[Any]:
        """The page of that number; the first for what is no number, the last for one too high."""
        asked = int(number) if _is_page_number(number) else 1
        rows = self._read(asked)
        return Page(rows, min(asked, self.num_pages), self)

    def page(self, number: int | str) -> Page[Any]:
        if not _is_page_number(number):
            raise PageNotAnInteger("That is no number of a page.")
        rows = self._read(int(number))
        return Page(rows, self.validate_number(number), self)

    def _read(self, number: int) -> list[Compared]:
        first = (number - 1) * self.per_page
        self.counts, rows = self.comparison.page(first=first, count=self.per_page)
        self.__dict__["count"] = self.comparison.number_of(self.counts)
        return rows


def _is_page_number(number: Any) -> bool:
    return str(number).isdecimal() and 0 < int(str(number)[:9]) < MOST_PAGES


def _column(kind: ChangeOf) -> str:
    return kind.value.replace("-", "_")


def _columns(side: str) -> str:
    return ", ".join(f"{side[0]}.{name}" for name in SIDE)


def _compared(found: Iterable[Any]) -> Compared:
    row, code, programme, plan_id, level, *sides = found
    width = len(SIDE) + 3
    return Compared(
        Change(row, _state(sides[:width]), _state(sides[width:])), code, programme, plan_id, level
    )


def _state(found: list[Any]) -> RowState | None:
    is_there, name, kind, start, finish, start_tbc, finish_tbc, parent, owner, above, post = found
    if not is_there:
        return None
    return RowState(
        name=name,
        kind=kind,
        start=start,
        finish=finish,
        parent=parent,
        owner=owner,
        parent_name=above or "",
        owner_name=post or "",
        start_words=_absent(start, tbc=start_tbc),
        finish_words=_absent(finish, tbc=finish_tbc),
    )


def _absent(day: date | None, *, tbc: bool) -> str:
    return "tbc" if tbc and day is None else "not set"
