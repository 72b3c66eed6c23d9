"""What of a plan file needs to be agreed: once a programme's first plan is, new rows, rows to be removed and other
dates are asked for by a change request, and the rest of the file is written at once (domain section 3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from icp.common.tabular import CellError
from programmes.importers.plan import PlanRow
from programmes.models import (
    Baseline,
    ChangeLine,
    ChangeLineKind,
    ItemKind,
    PlanItem,
    Post,
    Programme,
)
from programmes.rules.changes import Dates, Kind, LineFacts, has_effect, needs_request
from programmes.rules.durations import DeclaredDuration
from programmes.rules.outline import parents
from programmes.selectors.changes import standing_lines
from programmes.services.asked_lines import DraftLine
from programmes.services.plan_order import merged
from programmes.services.plan_rows import RowNow

TITLE = "Changes from a plan file"


@dataclass
class Asked:
    """``now`` are the rows as they may be written at once, ``lines`` what is to be agreed of them.

    ``waiting`` says which of it a request asks for already; ``notes`` what is worth a look. ``stay`` are the numbers
    of the rows that are not moved yet.
    """

    now: list[PlanRow] = field(default_factory=list)
    lines: list[DraftLine] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    stay: set[str] = field(default_factory=set)


class Asking:
    """Parts the rows of each programme's file into what is written now and what is asked for. Two queries.

    ``posts`` are the keys of the place's posts by title.
    """

    def __init__(self, programmes: Sequence[Programme], posts: Mapping[str, int]) -> None:
        self.posts = {title: Post(pk=key, title=title) for title, key in posts.items()}
        self.agreed = set(
            Baseline.objects.filter(programme__in=programmes).values_list("programme_id", flat=True)
        )
        self.standing: dict[tuple[Any, ...], str] = {}
        for line in standing_lines(programmes) if self.agreed else ():
            self.standing[_asked_key(line, line.request.programme_id)] = line.request.reference

    def part(
        self,
        programme: Programme,
        existing: Mapping[str, RowNow],
        rows: Sequence[PlanRow],
        moved: frozenset[str] = frozenset(),
    ) -> Asked:
        """The rows of one programme, some ``moved`` to another place. No query."""
        if not needs_request(has_baseline=programme.pk in self.agreed, kind=Kind.ADD):
            return Asked(now=list(rows), errors=[_too_early(row) for row in rows if row.removed])
        outline = _FileOutline(existing, rows, self.posts, moved)
        found = Asked(stay=outline.under_new)
        for row in rows:
            item = existing.get(row.plan_id)
            if item is None:
                self._new(found, programme, row, outline)
            else:
                self._there(found, item, row, outline)
        return found

    def to_remove(self, programme: Programme, rows: Sequence[RowNow]) -> Asked:
        """That rows are removed that the file does not have. In plan order; asked for from below. No query."""
        found = Asked()
        for item in reversed(rows):
            line = DraftLine(kind=ChangeLineKind.REMOVE, item=item.as_item())
            self._ask(found, line, item.reference, programme)
        return found

    def _new(
        self, found: Asked, programme: Programme, row: PlanRow, outline: "_FileOutline"
    ) -> None:
        if row.removed:
            found.errors.append(_not_there(row))
            return
        line = outline.line_of(row)
        self._ask(found, line, f"{programme.code} {row.plan_id}", programme)

    def _there(self, found: Asked, item: RowNow, row: PlanRow, outline: "_FileOutline") -> None:
        if item.removed_at:
            # Said to be removed, and it is; else the comparison refuses the number.
            found.now += [] if row.removed else [row]
            return
        if row.kind != item.kind and ItemKind.SUMMARY in (row.kind, item.kind):
            # A heading is not counted: what is counted changes by agreement only, as on the row's page.
            found.notes.append(
                f"{item.reference} stays a {item.kind}, as it was agreed, and does not become a {row.kind}:"
                " ask for a new row instead."
            )
            row = replace(row, kind=item.kind)
        if item.plan_id in outline.under_new:
            # It comes to stand under a heading that is not there yet.
            if outline.parent[item.plan_id] not in outline.existing:
                found.notes.append(
                    f"{item.reference} stays where it is until the new heading above it is agreed:"
                    " import the file again then."
                )
            row = replace(row, outline_level=item.outline_level)
        line = _line_for(item, row)
        if line is None:
            found.now.append(row)
            return
        found.now.append(_with_dates_of(item, row))
        self._ask(found, line, item.reference, item.programme)

    def _ask(self, found: Asked, line: DraftLine, reference: str, programme: Programme) -> None:
        waits = self.standing.get(_asked_key(line, programme.pk))
        if waits:
            found.waiting.append(f"{reference} waits to be agreed in {waits}.")
        else:
            found.lines.append(line)


class _FileOutline:
    """Where the file's new rows would stand, among the rows that are there."""

    def __init__(
        self,
        existing: Mapping[str, RowNow],
        rows: Sequence[PlanRow],
        posts: Mapping[str, Post],
        moved: frozenset[str] = frozenset(),
    ) -> None:
        self.existing, self.posts = existing, posts
        found = merged(existing, rows, moved)
        self.order = found.order
        levels = [found.levels[number] for number in self.order]
        self.parent: dict[str, str | None] = {
            number: self.order[above] if above is not None else None
            for number, above in zip(self.order, parents(levels), strict=True)
        }
        self.under_new: set[str] = set()
        self.after: dict[str, RowNow | None] = {}
        self._as_items: dict[int, PlanItem] = {}
        self._look_around()

    def _look_around(self) -> None:
        """Whether each row comes to stand under a new one; and for a new one ``after``, the row that is there
        already and comes last before it under the same heading. One pass: a heading comes before its rows.
        """
        last: dict[str | None, RowNow] = {}
        for number in self.order:
            above = self.parent[number]
            if above is not None and (above not in self.existing or above in self.under_new):
                self.under_new.add(number)
            item = self.existing.get(number)
            if item is None:
                self.after[number] = last.get(above)
            elif number not in self.under_new and not item.removed_at:
                last[above] = item

    def line_of(self, row: PlanRow) -> DraftLine:
        above = self.parent[row.plan_id]
        return DraftLine(
            kind=ChangeLineKind.ADD,
            plan_id=row.plan_id,
            name=row.name,
            item_kind=row.kind,
            declared_duration=row.duration.text,
            parent=self._item(self.existing.get(above) if above else None),
            new_parent=above if above and above not in self.existing else "",
            after=self._item(self.after[row.plan_id]),
            owner=self.posts.get(row.owner or ""),
            notes=row.notes or "",
            scheduling=row.scheduling,
            **_dates_of(row),
        )

    def _item(self, row: RowNow | None) -> PlanItem | None:
        """The row of the plan; the same one for all that stand beside it."""
        if row is None or row.pk is None:
            return None
        return self._as_items.get(row.pk) or self._as_items.setdefault(row.pk, row.as_item())


def _line_for(item: RowNow, row: PlanRow) -> DraftLine | None:
    if row.removed:
        return DraftLine(kind=ChangeLineKind.REMOVE, item=item.as_item())
    asked = Dates(**_dates_of(row))
    now = Dates(item.start, item.start_tbc, item.finish, item.finish_tbc)
    agreed = Dates(start=item.baseline_start, finish=item.baseline_finish)
    if asked == now or not has_effect(LineFacts(Kind.REDATE, asked, now, agreed)):
        return None
    duration = row.duration.text if row.duration.text != item.declared_duration else ""
    return DraftLine(
        kind=ChangeLineKind.REDATE,
        item=item.as_item(),
        declared_duration=duration,
        **_dates_of(row),
    )


def _dates_of(row: PlanRow) -> dict[str, Any]:
    return {
        "start": row.start,
        "start_tbc": row.start_tbc,
        "finish": row.finish,
        "finish_tbc": row.finish_tbc,
    }


def _with_dates_of(item: RowNow, row: PlanRow) -> PlanRow:
    """The row with the dates and the duration that the plan has now."""
    kept = DeclaredDuration(item.declared_duration, item.declared_days, item.duration_estimated)
    return replace(
        row,
        start=item.start,
        start_tbc=item.start_tbc,
        finish=item.finish,
        finish_tbc=item.finish_tbc,
        duration=kept,
    )


def _asked_key(line: DraftLine | ChangeLine, programme_id: int) -> tuple[Any, ...]:
    """By which two lines ask for the same."""
    which = line.item.pk if line.item else (line.plan_id, line.name, line.item_kind)
    return (
        programme_id,
        str(line.kind),
        which,
        (line.start, line.start_tbc, line.finish, line.finish_tbc),
    )


def _too_early(row: PlanRow) -> CellError:
    return CellError(
        row.line,
        "removed",
        "yes",
        "the programme's first plan is not agreed yet",
        "Leave the row out of the file.",
    )


def _not_there(row: PlanRow) -> CellError:
    return CellError(
        row.line,
        "removed",
        "yes",
        f"{row.programme} {row.plan_id} is not in the plan",
        "Leave the row out of the file.",
    )


def differences(lines: Iterable[DraftLine]) -> Iterable[tuple[str, str, Any, Any]]:
    """Each line as reference, what, the value now and the one asked for, for the preview."""
    for line in lines:
        item = line.item
        if item is None:
            yield line.plan_id, "new row", None, line.name
        elif line.kind == ChangeLineKind.REMOVE:
            yield item.plan_id, "in the plan", True, False
        else:
            for name in ("start", "finish"):
                tbc = "tbc" if getattr(item, f"{name}_tbc") else None
                agreed = getattr(item, f"baseline_{name}") or tbc
                now = getattr(item, name) or tbc
                new = getattr(line, name) or ("tbc" if getattr(line, f"{name}_tbc") else None)
                if agreed != new:
                    yield item.plan_id, f"agreed {name}", agreed, new
                elif now != new:
                    # It came with other dates than the agreed ones, and is put back to those.
                    yield item.plan_id, f"{name} in the plan", now, new
