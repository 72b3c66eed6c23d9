"""What changed in the plan since a file was written, and where the file changed the same thing (domain section 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from icp.audit.as_at import copies_at
from icp.common.tabular import CellError
from programmes.importers.plan import PlanRow
from programmes.models import PlanItem, Programme
from programmes.rules.durations import DeclaredDuration
from programmes.services.plan_order import moved_rows, row_before
from programmes.services.plan_rows import RowNow
from programmes.services.plan_words import shown

Existing = Mapping[int, Mapping[str, RowNow]]
# What a row's place in the author's order is called.
PLACE = "place"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing of one row that the file and somebody in the portal changed, each to something else.

    ``was`` is what it said when the file was written. ``takes_file`` is what was chosen.
    """

    row: str
    field: str
    was: str
    plan: str
    file: str
    takes_file: bool = False


@dataclass
class Meanwhile:
    """The rows that changed since their file was written, as they were then, by key; and what became of them.

    ``titles`` are the place's posts by key.
    """

    then: Mapping[Any, Any] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    take: frozenset[tuple[str, str]] = frozenset()
    conflicts: list[Conflict] = field(default_factory=list)
    _rows: set[int | None] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        *,
        rows: Iterable[PlanRow],
        existing: Existing,
        programmes: Iterable[Programme],
        titles: Mapping[int, str],
        take: frozenset[tuple[str, str]],
    ) -> "Meanwhile":
        """One query, and none when no row has changed."""
        by_code = {programme.code: existing[programme.pk] for programme in programmes}
        stale: dict[int, int] = {}
        for row in rows:
            item = by_code.get(row.programme, {}).get(row.plan_id)
            if item is None or item.pk is None or row.version is None:
                continue
            if row.version != item.version:
                stale[item.pk] = row.version
        return cls(then=_as_they_were(stale), titles=titles, take=take)

    def settled(self, existing: Mapping[str, RowNow], rows: Iterable[PlanRow]) -> list[PlanRow]:
        """The rows of a programme as they are meant: what only others changed stands, and what both changed
        unless the file's is asked for.
        """
        return [self._settle(existing.get(row.plan_id), row) for row in rows]

    def _settle(self, item: RowNow | None, row: PlanRow) -> PlanRow:
        if item is None or item.pk not in self.then:
            return row
        now, was = self._said_by(item), self._said_by(self.then[item.pk])
        for label, plan in now.items():
            mine = {name: getattr(row, name) for name in plan}
            if mine.get("owner", "") is None or mine.get("notes", "") is None:
                continue  # The file has no such column.
            if mine == plan or was[label] == plan:
                continue
            takes_file = mine != was[label] and (row.reference, label) in self.take
            if mine != was[label]:
                self._rows.add(item.pk)
                old, stands, new = (_words(said) for said in (was[label], plan, mine))
                self.conflicts.append(Conflict(row.reference, label, old, stands, new, takes_file))
            if not takes_file:
                row = replace(row, **plan)
        return row

    def moved(
        self, programme: Programme, existing: Mapping[str, RowNow], rows: Iterable[PlanRow]
    ) -> frozenset[str]:
        """The numbers of the rows that the file puts elsewhere. What only others moved since it was written stays
        where they put it, and what both moved too, unless the file's place is asked for.
        """
        named = [row.plan_id for row in rows if row.plan_id in existing]
        there = set(named)
        now = [number for number in existing if number in there]
        if named == now:
            return frozenset()
        then = sorted(now, key=lambda number: self._position_then(existing[number]))
        by_file, by_others = moved_rows(then, named), moved_rows(then, now)
        places = [row_before(order) for order in (then, now, named)]
        for number in sorted(by_file & by_others, key=now.index):
            reference = f"{programme.code} {number}"
            takes_file = (reference, PLACE) in self.take
            was, plan, file = (place_words(programme, place[number]) for place in places)
            if plan == file:
                continue
            self._rows.add(existing[number].pk)
            self.conflicts.append(Conflict(reference, PLACE, was, plan, file, takes_file))
            if not takes_file:
                by_file.discard(number)
        return frozenset(by_file)

    def _position_then(self, item: RowNow) -> int:
        """Where the row stood when the file was written."""
        then = self.then.get(item.pk)
        return item.position if then is None or then.position is None else then.position

    def _said_by(self, item: Any) -> dict[str, dict[str, Any]]:
        """What a file says of a row, by the name people see, as the fields of a file's row that say it."""
        duration = DeclaredDuration(
            item.declared_duration, item.declared_days, item.duration_estimated
        )
        return {
            "outline level": {"outline_level": item.outline_level},
            "kind": {"kind": item.kind},
            "name": {"name": item.name},
            "start": {"start": item.start, "start_tbc": item.start_tbc},
            "finish": {"finish": item.finish, "finish_tbc": item.finish_tbc},
            "duration": {"duration": duration},
            "scheduling": {"scheduling": item.scheduling},
            "complete": {"ticked": item.ticked},
            "owner": {"owner": self.titles.get(item.owner_id, "")},
            "notes": {"notes": item.notes},
        }

    def is_in_conflict(self, item: RowNow) -> bool:
        return item.pk in self._rows


def place_words(programme: Programme, before: str | None) -> str:
    """after IT 11; first in the plan"""
    return f"after {programme.code} {before}" if before else "first in the plan"


def _words(said: Mapping[str, Any]) -> str:
    first, *more = said.values()
    if any(more):
        return "tbc"
    return shown(first.text if isinstance(first, DeclaredDuration) else first)


def _as_they_were(stale: Mapping[int, int]) -> Mapping[Any, Any]:
    """Each of these rows at that version, from its history; empty where there is none such."""
    return dict.fromkeys(stale, PlanItem()) | copies_at(PlanItem, stale.items())


def wrong_keys(
    rows: Iterable[PlanRow], *, existing: Existing, programmes: Iterable[Programme]
) -> Iterable[CellError]:
    """Rows whose number was changed in a file that the portal wrote: a number never changes.

    A row that was copied in the file, beside the one it was copied from, is a new row.
    """
    rows = list(rows)
    named = {(row.programme, row.plan_id) for row in rows}
    by_key = {
        item.pk: (programme.code, item.plan_id)
        for programme in programmes
        for item in existing[programme.pk].values()
    }
    for row in rows:
        kept = by_key.get(row.item) if row.item else None
        if kept and kept != (row.programme, row.plan_id) and kept not in named:
            yield CellError(
                row.line,
                "plan_id",
                row.plan_id,
                f"this row is {' '.join(kept)} in the plan, and a row keeps its programme and number",
                f"Write {kept[1]} of {kept[0]} again, or make a new row.",
            )
