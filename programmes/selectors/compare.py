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

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
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

NOW = """
SELECT i.id, {row} FROM programmes_planitem i
WHERE i.programme_id = ANY(%(programmes)s) AND i.removed_at IS NULL
"""

# The last copy of each row by then. One sort of the copies: a search for each row would take longer.
THEN = """
SELECT t.id, {row} FROM (
    SELECT DISTINCT ON (e.pgh_obj_id) {copy} FROM programmes_planitemevent e
    WHERE e.programme_id = ANY(%(programmes)s) AND e.pgh_created_at <= %({name}_at)s
    ORDER BY e.pgh_obj_id, e.pgh_id DESC
) t WHERE t.removed_at IS NULL AND t.pgh_label <> 'delete'
"""

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

SIDES = "WITH b AS MATERIALIZED ({before}), a AS MATERIALIZED ({after}), d AS MATERIALIZED ({differing})"

DIFFERING = """
SELECT COALESCE(a.id, b.id) AS id, COALESCE(a.programme_id, b.programme_id) AS programme_id,
       COALESCE(a.position, b.position) AS position, {flags}
FROM b FULL JOIN a ON a.id = b.id {where}
"""

COUNTED = "SELECT count(*) AS every, {sums} FROM d"

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
LEFT JOIN b ON b.id = c.id LEFT JOIN b bp ON bp.id = b.parent_id
LEFT JOIN programmes_post bo ON bo.id = b.owner_id
LEFT JOIN a ON a.id = c.id LEFT JOIN a ap ON ap.id = a.parent_id
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
        """The rows from the one numbered ``first`` in the order of the plans, and the counts of all. One query."""
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
        limit = "" if count is None else "LIMIT %(count)s OFFSET %(first)s"
        chosen = CHOSEN.format(where=where, limit=limit)
        shown = SHOWN.format(**{side: _columns(side) for side in ("before", "after")})
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self._sides()}, n AS ({COUNTED.format(sums=sums)}), c AS MATERIALIZED ({chosen}) {shown}",
                {**self._given(), "first": first, "count": count},
            )
            while piece := cursor.fetchmany(2000):
                yield from piece

    def _sides(self) -> str:
        return SIDES.format(
            before=self._side(self.before, "before"),
            after=self._side(self.after, "after"),
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

    def _side(self, point: Point, name: str) -> str:
        if point.baseline is not None:
            dates = {"start": "agreed.agreed_start", "finish": "agreed.agreed_finish"}
            return BASELINE.format(name=name, copy=COPY, row=ROW.format(r="t", **dates))
        r = "i" if point.is_now else "t"
        dates = {"start": START.format(r=r), "finish": FINISH[self.dates].format(r=r)}
        row = ROW.format(r=r, **dates)
        return NOW.format(row=row) if point.is_now else THEN.format(name=name, copy=COPY, row=row)

    def _given(self) -> dict[str, Any]:
        return {
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
        try:
            return self.page(number or 1)
        except PageNotAnInteger:
            return self.page(1)
        except EmptyPage:
            return self.page(self.num_pages)

    def page(self, number: int | str) -> Page[Any]:
        if not str(number).isdecimal() or not 0 < int(str(number)[:9]) < MOST_PAGES:
            raise PageNotAnInteger("That is no number of a page.")
        rows = self._read(int(number))
        return Page(rows, self.validate_number(number), self)

    def _read(self, number: int) -> list[Compared]:
        first = (number - 1) * self.per_page
        self.counts, rows = self.comparison.page(first=first, count=self.per_page)
        self.__dict__["count"] = self.comparison.number_of(self.counts)
        return rows


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
