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
from programmes.selectors.points import Point

# The dates that are compared: agreed ones, or those to be reckoned with (the forecast where there is one).
AGREED, EXPECTED = "agreed", "expected"
START = "COALESCE({r}.baseline_start, {r}.start)"
FINISH = {
    AGREED: "COALESCE({r}.baseline_finish, {r}.finish)",
    EXPECTED: "COALESCE({r}.forecast_finish, {r}.baseline_finish, {r}.finish)",
}

ROW = """{r}.programme_id, {r}.plan_id, {r}.position, {r}.outline_level AS level, {r}.kind, {r}.name,
    {r}.parent_id, {r}.owner_id, {start} AS start, {finish} AS finish,
    {r}.start_tbc, {r}.finish_tbc"""

# No more than what is compared: the copies of a whole place are sorted.
COPY = ", ".join(
    f"e.{name}"
    for name in (
        "pgh_obj_id",
        "pgh_label",
        "id",
        "programme_id",
        "plan_id",
        "position",
        "outline_level",
        "kind",
        "name",
        "parent_id",
        "owner_id",
        "start",
        "start_tbc",
        "finish",
        "finish_tbc",
        "baseline_start",
        "baseline_finish",
        "forecast_finish",
        "removed_at",
    )
)

# Between two moments only a row of which a copy was made in between can differ: the others need not be read.
TOUCHED = """
SELECT DISTINCT e.pgh_obj_id FROM programmes_planitemevent e
WHERE e.programme_id = ANY(%(programmes)s) AND e.pgh_created_at > %(since)s
    AND e.pgh_created_at <= COALESCE(%(until)s::timestamptz, 'infinity')
"""
AMONG = "AND {key} IN (SELECT pgh_obj_id FROM touched)"

NOW = """
SELECT i.id, {row} FROM programmes_planitem i
WHERE i.programme_id = ANY(%(programmes)s) AND i.removed_at IS NULL {among}
"""

# The last copy of each row by then. One sort of the copies: a search for each row would take longer.
THEN = """
SELECT t.id, {row} FROM (
    SELECT DISTINCT ON (e.pgh_obj_id) {copy} FROM programmes_planitemevent e
    WHERE e.programme_id = ANY(%(programmes)s) AND e.pgh_created_at <= %({name}_at)s {among}
    ORDER BY e.pgh_obj_id, e.pgh_id DESC
) t WHERE t.removed_at IS NULL AND t.pgh_label <> 'delete'
"""

# What a row's heading was called in a state: looked for among the rows of it, or by itself where those that
# stayed as they were are not read.
HEADING = "LEFT JOIN {s} {s}p ON {s}p.id = {s}.parent_id"
HEADING_NOW = "LEFT JOIN programmes_planitem {s}p ON {s}p.id = {s}.parent_id"
HEADING_THEN = """LEFT JOIN LATERAL (
    SELECT e.name FROM programmes_planitemevent e
    WHERE e.pgh_obj_id = {s}.parent_id AND e.pgh_created_at <= %({name}_at)s
    ORDER BY e.pgh_id DESC LIMIT 1
) {s}p ON true"""

# What the baseline agreed of each row, with the names, headings and owners of the moment it was agreed at.
BASELINE = """
SELECT t.id, {row} FROM (
    SELECT DISTINCT ON (a.item_id) a.item_id, a.start AS agreed_start, a.finish AS agreed_finish, a.removed
    FROM programmes_agreeddates a JOIN programmes_baseline b ON b.id = a.baseline_id
    WHERE b.programme_id = ANY(%(programmes)s) AND b.number <= %({name}_number)s
    ORDER BY a.item_id, b.number DESC
) agreed JOIN (
    SELECT DISTINCT ON (e.pgh_obj_id) {copy} FROM programmes_planitemevent e
    JOIN (
        SELECT programme_id, max(agreed_at) AS at FROM programmes_baseline
        WHERE programme_id = ANY(%(programmes)s) AND number <= %({name}_number)s GROUP BY programme_id
    ) last ON last.programme_id = e.programme_id AND e.pgh_created_at <= last.at
    ORDER BY e.pgh_obj_id, e.pgh_id DESC
) t ON t.pgh_obj_id = agreed.item_id
WHERE NOT agreed.removed
"""

KINDS = {
    ChangeOf.ADDED: "b.id IS NULL",
    ChangeOf.REMOVED: "a.id IS NULL",
    ChangeOf.MOVED: "(b.start, b.finish) IS DISTINCT FROM (a.start, a.finish)",
    ChangeOf.RENAMED: "b.name <> a.name",
    ChangeOf.REPARENTED: "b.parent_id IS DISTINCT FROM a.parent_id",
    ChangeOf.REOWNED: "b.owner_id IS DISTINCT FROM a.owner_id",
}
MOST_PAGES = 10_000_000
IN_BOTH = "b.id IS NOT NULL AND a.id IS NOT NULL"

SIDES = "WITH {touched} a AS MATERIALIZED ({after}), b AS MATERIALIZED ({before}), d AS MATERIALIZED ({differing})"

# Of a row that nobody touched, both states are the later one.
REST = "SELECT a.* FROM a WHERE a.id NOT IN (SELECT pgh_obj_id FROM touched)"

DIFFERING = """
SELECT COALESCE(a.id, b.id) AS id, COALESCE(a.programme_id, b.programme_id) AS programme_id,
       COALESCE(a.position, b.position) AS position, {flags}
FROM b FULL JOIN a ON a.id = b.id {where}
"""

COUNTED = "SELECT count(*) AS every, {sums} FROM d"

# A page beyond the last is the last.
PAGE = """
LIMIT %(count)s OFFSET (
    SELECT LEAST(%(first)s::bigint, GREATEST((count(*) - 1) / %(count)s * %(count)s, 0)) FROM d {where}
)
"""

CHOSEN = """
SELECT d.id, row_number() OVER (ORDER BY p."order", p.id, d.position, d.id) AS number
FROM d JOIN programmes_programme p ON p.id = d.programme_id {where}
ORDER BY number {limit}
"""

SIDE = ("name", "kind", "start", "finish", "start_tbc", "finish_tbc", "parent_id", "owner_id")

SHOWN = """
SELECT n.*, c.id, p.code, p.name, COALESCE(a.plan_id, b.plan_id), COALESCE(a.level, b.level),
       b.id IS NOT NULL, {before}, bp.name, bo.title, a.id IS NOT NULL, {after}, ap.name, ao.title
FROM n LEFT JOIN c ON true LEFT JOIN d ON d.id = c.id
LEFT JOIN programmes_programme p ON p.id = d.programme_id
LEFT JOIN b ON b.id = c.id {above_before}
LEFT JOIN programmes_post bo ON bo.id = b.owner_id
LEFT JOIN a ON a.id = c.id {above_after}
LEFT JOIN programmes_post ao ON ao.id = a.owner_id
ORDER BY c.number
"""


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
