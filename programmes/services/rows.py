"""Rows put into a plan, moved, taken out and brought back: the writing itself.

Nobody is asked here whether they may, and nothing whether it was agreed: the caller has done both. Each call
belongs to the caller's transaction, holds the programme's row so that edits of one plan follow each other, and
leaves the outline sound (:mod:`programmes.rules.outline_edits`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from icp.common.clock import DatabaseNow
from programmes.errors import CannotSave
from programmes.models import (
    AgreedDates,
    ItemKind,
    Level,
    PlanItem,
    Post,
    Programme,
    Scheduling,
    Status,
)
from programmes.rules import outline_edits as edits
from programmes.rules.outline_edits import CannotEdit, OutlineLine

BATCH = 1000
# Stands for a row that has no key yet.
NEW = 0


@dataclass(frozen=True, kw_only=True)
class NewRow:
    """What a new row says. Without ``plan_id`` it gets the next free number.

    ``declared_days`` and ``duration_estimated`` are what ``declared_duration`` means; ``baseline_*`` its agreed
    dates, empty until they are agreed.
    """

    name: str
    kind: str = ItemKind.TASK
    plan_id: str = ""
    start: date | None = None
    start_tbc: bool = False
    finish: date | None = None
    finish_tbc: bool = False
    declared_duration: str = ""
    declared_days: int | None = None
    duration_estimated: bool = False
    scheduling: str = Scheduling.MANUAL
    baseline_start: date | None = None
    baseline_finish: date | None = None
    owner: Post | None = None
    is_placeholder: bool = False
    notes: str = ""
    level: str = Level.PROGRAMME
    tbc_from: Post | None = None
    tbc_by: date | None = None
    tbc_since: date | None = None
    split_from: PlanItem | None = None


def next_free_number(*, programme: Programme) -> str:
    """The number proposed for a new row: above all that were ever used. One query."""
    used = PlanItem.objects.filter(programme=programme).values_list("plan_id", flat=True)
    return edits.next_number(used)


def hold_plan(*, programme: Programme) -> None:
    """Edits of one plan follow each other: this one is next, until the transaction ends."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def hold_plans(*, programmes: Iterable[int]) -> None:
    """As :func:`hold_plan` for several, by key; and their rows, so that nobody edits one of them meanwhile."""
    keys = list(programmes)
    found = Programme.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    rows = PlanItem.objects.filter(programme__in=keys).select_for_update(no_key=True).order_by("pk")
    list(found.values_list("pk"))
    list(rows.values_list("pk"))


def rows_of_block(*, item: PlanItem) -> list[PlanItem]:
    """The row and all that stand below it in the plan, in its order. Two queries; holds nothing."""
    outline = _Outline(item.programme, hold=False)
    where = edits.block_of(outline.lines, item.pk)
    keys = [line.key for line in outline.lines[where.start : where.stop] if not line.removed]
    found = PlanItem.objects.filter(pk__in=keys).select_related("programme")
    return list(found.order_by("position"))


@transaction.atomic
def insert_row(
    *, programme: Programme, parent: PlanItem | None, after: PlanItem | None, fields: NewRow
) -> PlanItem:
    """A new row under ``parent`` (None: at the top), after ``after``, or first where that is None.

    A task or milestone that a row comes to stand under becomes a heading.

    Raises:
        CannotSave: the number was used before, the heading was removed or takes no rows below it, or ``after`` stands
            under another heading.
    """
    outline = _Outline(programme)
    _check_here(programme, parent, after)
    lines = outline.edited(
        edits.inserted, NEW, parent=parent.pk if parent else None, after=after.pk if after else None
    )
    item = PlanItem(programme=programme, parent=parent, **_values(fields))
    item.plan_id = item.plan_id or next_free_number(programme=programme)
    if PlanItem.objects.filter(programme=programme, plan_id=item.plan_id).exists():
        raise CannotSave(
            f"{item.reference} is or was a row of this plan: a number is never used again."
        )
    outline.write(lines, new=item)
    return item


@transaction.atomic
def remove_row(*, item: PlanItem, because: str) -> list[PlanItem]:
    """Take the row, and all that stands below it, out of the plan; its number and history stay.

    Returns the rows that were taken out, in plan order: none where it was out already.
    """
    outline = _Outline(item.programme)
    was_out = {line.key for line in outline.lines if line.removed}
    lines = outline.edited(edits.removed, item.pk)
    out = [line.key for line in lines if line.removed and line.key not in was_out]
    rows = PlanItem.objects.filter(pk__in=out)
    rows.update(removed_at=DatabaseNow(), removed_because=because)
    item.refresh_from_db(fields=["removed_at", "removed_because", "version"])
    return list(rows.order_by("position"))


@transaction.atomic
def restore_row(*, item: PlanItem) -> None:
    """Bring a removed row back, where it stood; under the next heading out, where its own is not in the plan."""
    outline = _Outline(item.programme)
    outline.write(outline.edited(edits.restored, item.pk))
    PlanItem.objects.filter(pk=item.pk).update(removed_at=None, removed_because="")
    item.refresh_from_db(fields=[*PLACE_IN_OUTLINE, "removed_at", "removed_because", "version"])


@transaction.atomic
def move_row(*, item: PlanItem, parent: PlanItem | None, after: PlanItem | None) -> None:
    """Put the row, with all below it, under ``parent`` after ``after``; first under it where that is None.

    Raises:
        CannotSave: ``parent`` is the row itself, below it, removed or takes no rows; or ``after`` is not under it.
    """
    _check_here(item.programme, parent, after)
    _edit(
        edits.moved,
        item,
        parent=parent.pk if parent else None,
        after=after.pk if after else None,
    )


def move_row_up(*, item: PlanItem) -> None:
    """One place up among the rows under the same heading."""
    _edit(edits.moved_up, item)


def move_row_down(*, item: PlanItem) -> None:
    """One place down among the rows under the same heading."""
    _edit(edits.moved_down, item)


def indent_row(*, item: PlanItem) -> None:
    """Under the row above it."""
    _edit(edits.indented, item)


def outdent_row(*, item: PlanItem) -> None:
    """One level out, right after the heading it stood under."""
    _edit(edits.outdented, item)


PLACE_IN_OUTLINE = ("parent", "position", "outline_level")


@transaction.atomic
def _edit(change: Callable[..., edits.Lines], item: PlanItem, **where: int | None) -> None:
    outline = _Outline(item.programme)
    outline.write(outline.edited(change, item.pk, **where), moving=item.pk)
    item.refresh_from_db(fields=[*PLACE_IN_OUTLINE, "version"])


class _Outline:
    """The rows of one plan as they stand; unless ``hold`` is off, until the transaction ends. Two queries."""

    def __init__(self, programme: Programme, *, hold: bool = True) -> None:
        if hold:
            hold_plan(programme=programme)
        self.items = list(
            PlanItem.objects.filter(programme=programme)
            .order_by("position")
            .only("pk", "kind", "removed_at", *PLACE_IN_OUTLINE)
        )
        self.lines: edits.Lines = tuple(
            OutlineLine(item.pk, item.parent_id, item.removed_at is not None) for item in self.items
        )

    def edited(
        self, change: Callable[..., edits.Lines], key: int, **where: int | None
    ) -> edits.Lines:
        try:
            return change(self.lines, key, **where)
        except CannotEdit as problem:
            raise CannotSave(str(problem)) from None

    def write(
        self, lines: edits.Lines, *, new: PlanItem | None = None, moving: int | None = None
    ) -> None:
        """Store what differs, the new row among it; where rows changed places it is ``moving`` that moved."""
        by_key = {item.pk: item for item in self.items}
        # Only what rows come to stand under now: an author's task with rows below it stays as it is.
        become = _headings(lines) - _headings(self.lines)
        _make_headings([by_key[key] for key in become if key in by_key], agreed_to=moving is None)
        if new:
            by_key[NEW] = new
        if [line.key for line in lines] == [item.pk for item in self.items]:
            moving = None
        given = [None if line.key in (NEW, moving) else by_key[line.key].position for line in lines]
        changed = []
        for line, depth, position in zip(
            lines, edits.depths(lines), edits.positions(given), strict=True
        ):
            item, parent = by_key[line.key], line.parent
            if (item.parent_id, item.outline_level, item.position) == (parent, depth, position):
                continue
            item.parent_id, item.outline_level, item.position = parent, depth, position
            if line.key != NEW:
                changed.append(item)
        if changed:
            PlanItem.objects.bulk_update(changed, PLACE_IN_OUTLINE, batch_size=BATCH)
        if new:
            new.save(force_insert=True)


def _headings(lines: edits.Lines) -> set[int]:
    """The rows that a row of the plan stands under."""
    return {line.parent for line in lines if line.parent is not None and not line.removed}


def _make_headings(above: list[PlanItem], *, agreed_to: bool) -> None:
    """What rows stand under is a heading, and no lead reports on a heading.

    A heading is not counted, so a row that was agreed becomes one by agreement only: not by a move.
    """
    others = [item.pk for item in above if not item.is_summary]
    if not others:
        return
    reported = Status.objects.filter(item__in=others).select_related("item__programme").first()
    if reported:
        raise CannotSave(
            f"{reported.item.reference} has been reported on as a {reported.item.kind}: "
            "no row can stand under it. Add a heading instead."
        )
    entries = AgreedDates.objects.filter(item__in=() if agreed_to else others)
    agreed = entries.select_related("item__programme").first()
    if agreed:
        raise CannotSave(
            f"{agreed.item.reference} is agreed as a {agreed.item.kind}: no row can stand under it."
            " Add a heading instead."
        )
    PlanItem.objects.filter(pk__in=others).update(kind=ItemKind.SUMMARY)


def _check_here(programme: Programme, *rows: PlanItem | None) -> None:
    if any(row and row.programme_id != programme.pk for row in rows):
        raise CannotSave("A row stands under a heading of its own programme.")


def _values(row: NewRow) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(row)}
