"""Rows put into a plan, moved, taken out and brought back: the writing itself.

Nobody is asked here whether they may, and nothing whether it was agreed: the caller has done both. Each call
belongs to the caller's transaction, holds the programme's row so that edits of one plan follow each other, and
leaves the outline sound (:mod:`programmes.rules.outline_edits`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from icp.common.clock import DatabaseNow
from programmes.errors import CannotSave
from programmes.models import (
    ItemKind,
    Level,
    PlanItem,
    Post,
    Programme,
    Scheduling,
)
from programmes.rules import outline_edits as edits
from programmes.rules.outline_edits import NewLine
from programmes.rules.row_numbers import free_numbers, next_number
from programmes.services.outline_writing import PLACE_IN_OUTLINE, Outline


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


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A new row, and where it goes: under ``parent``, or under the new row at the place ``under`` of the same list, else
    at the top; after ``after``, or first where that is None.
    """

    fields: NewRow
    parent: PlanItem | None = None
    under: int | None = None
    after: PlanItem | None = None


def next_free_number(*, programme: Programme) -> str:
    """The number proposed for a new row: above all that were ever used. One query."""
    used = PlanItem.objects.filter(programme=programme).values_list("plan_id", flat=True)
    return next_number(used)


def hold_plans(*, programmes: Iterable[int]) -> None:
    """As :func:`hold_plan` for several, by key; and their rows, so that nobody edits one of them meanwhile."""
    keys = list(programmes)
    found = Programme.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    rows = PlanItem.objects.filter(programme__in=keys).select_for_update(no_key=True).order_by("pk")
    list(found.values_list("pk"))
    list(rows.values_list("pk"))


def rows_of_block(*, item: PlanItem) -> list[PlanItem]:
    """The row and all that stand below it in the plan, in its order. Two queries; holds nothing."""
    outline = Outline(item.programme, hold=False)
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
    [item] = insert_rows(
        programme=programme, rows=[Placed(fields=fields, parent=parent, after=after)]
    )
    return item


@transaction.atomic
def insert_rows(*, programme: Programme, rows: Sequence[Placed]) -> list[PlanItem]:
    """New rows at once, as :func:`insert_row` does one: those after the same row in the order that they are given in.

    The plan is read and written once, however many there are.

    Raises:
        CannotSave: as for one; nothing is put in then.
    """
    outline = Outline(programme)
    for row in rows:
        _check_here(programme, row.parent, row.after)
    lines = outline.edited(edits.inserted_all, [_new_line(n, row) for n, row in enumerate(rows)])
    items = [PlanItem(programme=programme, **_values(row.fields)) for row in rows]
    _give_numbers(programme, items)
    outline.write(lines, new={_new_key(n): item for n, item in enumerate(items)})
    return items


def _new_key(place: int) -> int:
    """Stands for a row that has no key yet: below all that there are."""
    return -1 - place


def _new_line(place: int, row: Placed) -> NewLine:
    parent = row.parent.pk if row.parent else None
    return NewLine(
        key=_new_key(place),
        parent=parent if row.under is None else _new_key(row.under),
        after=row.after.pk if row.after else None,
    )


def _give_numbers(programme: Programme, items: Sequence[PlanItem]) -> None:
    """Those that were asked for, and the next free ones. One query."""
    used = set(PlanItem.objects.filter(programme=programme).values_list("plan_id", flat=True))
    taken = [item for item in items if item.plan_id in used]
    if taken:
        raise CannotSave(
            f"{taken[0].reference} is or was a row of this plan: a number is never used again."
        )
    used |= {item.plan_id for item in items if item.plan_id}
    free = free_numbers(used)
    for item in items:
        item.plan_id = item.plan_id or next(free)


@transaction.atomic
def remove_row(*, item: PlanItem, because: str) -> list[PlanItem]:
    """Take the row, and all that stands below it, out of the plan; its number and history stay.

    Returns the rows that were taken out, in plan order: none where it was out already.
    """
    gone = remove_rows(programme=item.programme, items=[item], because=because)
    item.refresh_from_db(fields=["removed_at", "removed_because", "version"])
    return gone


@transaction.atomic
def remove_rows(*, programme: Programme, items: Iterable[PlanItem], because: str) -> list[PlanItem]:
    """Take rows of one plan out, as :func:`remove_row` does one. A handful of queries for any number."""
    outline = Outline(programme)
    was_out = {line.key for line in outline.lines if line.removed}
    lines = outline.edited(edits.removed_all, {item.pk for item in items})
    out = [line.key for line in lines if line.removed and line.key not in was_out]
    rows = PlanItem.objects.filter(pk__in=out)
    rows.update(removed_at=DatabaseNow(), removed_because=because)
    return list(rows.order_by("position"))


@transaction.atomic
def restore_row(*, item: PlanItem) -> None:
    """Bring a removed row back, where it stood; under the next heading out, where its own is not in the plan."""
    restore_rows(programme=item.programme, items=[item])
    item.refresh_from_db(fields=[*PLACE_IN_OUTLINE, "removed_at", "removed_because", "version"])


@transaction.atomic
def restore_rows(*, programme: Programme, items: Iterable[PlanItem]) -> None:
    """Bring rows of one plan back as :func:`restore_row` does it, in the order of the plan: a heading before what
    stands below it. A handful of queries for any number.
    """
    coming = {item.pk for item in items}
    outline = Outline(programme)
    keys = [line.key for line in outline.lines if line.key in coming]
    outline.write(outline.edited(edits.restored_all, keys))
    PlanItem.objects.filter(pk__in=keys).update(removed_at=None, removed_because="")


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


@transaction.atomic
def _edit(change: Callable[..., edits.Lines], item: PlanItem, **where: int | None) -> None:
    outline = Outline(item.programme)
    outline.write(outline.edited(change, item.pk, **where), moving=item.pk)
    item.refresh_from_db(fields=[*PLACE_IN_OUTLINE, "version"])


def _check_here(programme: Programme, *rows: PlanItem | None) -> None:
    if any(row and row.programme_id != programme.pk for row in rows):
        raise CannotSave("A row stands under a heading of its own programme.")


def _values(row: NewRow) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(row)}
