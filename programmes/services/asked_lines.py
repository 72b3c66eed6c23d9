"""The lines of a change request as somebody asks for them: checked, and written into it (domain section 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from programmes.errors import CannotChangePlan
from programmes.models import (
    Board,
    ChangeLine,
    ChangeLineBoard,
    ChangeLineKind,
    ChangeRequest,
    ItemKind,
    PlanItem,
    Post,
    Programme,
)
from programmes.rules.row_numbers import LONGEST_NUMBER, is_number

BATCH = 1000
DATES = ("start", "start_tbc", "finish", "finish_tbc")
# Who supplies a date that is to be confirmed, by when.
SUPPLIED = ("tbc_from", "tbc_by")
# What a new row says beside its dates and its place, by the names that a row has for it.
SAID = (
    "owner",
    "tbc_from",
    "tbc_by",
    "is_placeholder",
    "notes",
    "level",
    "scheduling",
    "split_from",
)
WRITTEN = (
    "kind",
    *DATES,
    "plan_id",
    "name",
    "item_kind",
    "declared_duration",
    "parent",
    "after",
    "new_parent",
    *SAID,
)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What is asked of one row. ``item`` is the row; for a new one ``plan_id`` (empty: the next free number),
    ``name``, ``item_kind``, where it goes (``parent`` or ``new_parent``, and ``after``), what else it says from
    ``owner`` on, and the ``boards`` it goes to. ``dates_of`` is the key of a new row's line that is in the request
    already, and gets other dates by this one.
    """

    kind: ChangeLineKind
    item: PlanItem | None = None
    start: date | None = None
    start_tbc: bool = False
    finish: date | None = None
    finish_tbc: bool = False
    plan_id: str = ""
    name: str = ""
    item_kind: str = ""
    declared_duration: str = ""
    parent: PlanItem | None = None
    after: PlanItem | None = None
    new_parent: str = ""
    owner: Post | None = None
    tbc_from: Post | None = None
    tbc_by: date | None = None
    is_placeholder: bool = False
    notes: str = ""
    level: str = ""
    scheduling: str = ""
    split_from: PlanItem | None = None
    boards: tuple[Board, ...] = ()
    dates_of: int | None = None

    @property
    def reference(self) -> str:
        """The row as people know it, for a sentence: IT 11, or a new one by its name."""
        return self.item.reference if self.item else f"the new row “{self.name}”"


def check_lines(lines: Iterable[DraftLine], *, programme: Programme) -> None:
    """Whether these can be asked of the programme's plan. One query, and none where no new row has a number.

    Raises:
        CannotChangePlan: one cannot.
    """
    lines = list(lines)
    for line in lines:
        _check(line, programme)
    _check_numbers(lines, programme)


def _check(line: DraftLine, programme: Programme) -> None:
    if line.start and line.finish and line.finish < line.start:
        raise CannotChangePlan(
            f"{line.reference[:1].upper()}{line.reference[1:]} would finish before it starts: correct one of the dates."
        )
    if line.kind == ChangeLineKind.ADD:
        _check_new(line, programme)
        return
    if line.item is None or line.item.programme_id != programme.pk:
        raise CannotChangePlan(f"Choose a row of {programme.name}.")
    if line.kind == ChangeLineKind.RESTORE and not line.item.removed_at:
        raise CannotChangePlan(f"{line.reference} is in the plan: there is nothing to restore.")
    if line.kind != ChangeLineKind.RESTORE and line.item.removed_at:
        raise CannotChangePlan(f"{line.reference} was removed from the plan. Restore it first.")


def _check_new(line: DraftLine, programme: Programme) -> None:
    if not line.name.strip() or line.item_kind not in ItemKind.values:
        raise CannotChangePlan("A new row needs a name, and whether it is a task or a milestone.")
    if line.plan_id and not is_number(line.plan_id):
        raise CannotChangePlan(
            f"{line.plan_id} cannot be a row's number: write up to {LONGEST_NUMBER} characters without a slash."
        )
    near = [row for row in (line.parent, line.after) if row]
    if any(row.programme_id != programme.pk or row.removed_at for row in near):
        raise CannotChangePlan(f"{line.reference} must stand beside a row of {programme.name}.")
    if any(board.place_id != programme.place_id for board in line.boards):
        raise CannotChangePlan("Choose boards of this place.")


def _check_numbers(lines: Sequence[DraftLine], programme: Programme) -> None:
    asked = {line.plan_id for line in lines if line.kind == ChangeLineKind.ADD and line.plan_id}
    rows = PlanItem.objects.filter(programme=programme, plan_id__in=asked)
    taken = rows.order_by("position").first() if asked else None
    if taken:
        raise CannotChangePlan(
            f"{programme.code} {taken.plan_id} is a row already: a number is never used again."
        )


def write_lines(request: ChangeRequest, lines: Sequence[DraftLine]) -> None:
    """Into the request, in their order. A line for a row, or a number, that it names already replaces that one.

    A handful of queries for any number of new lines, and one for each that is replaced.
    """
    there = {line.item_id: line for line in request.lines.exclude(item=None)}
    request.lines.filter(
        plan_id__in={line.plan_id for line in lines if _is_numbered(line)}
    ).delete()
    fresh: dict[object, tuple[ChangeLine, DraftLine]] = {}
    for line in lines:
        if line.dates_of is not None:
            dates = {name: getattr(line, name) for name in (*DATES, *SUPPLIED)}
            request.lines.filter(pk=line.dates_of, item=None).update(**dates)
        elif line.item and line.item.pk in there:
            _set(there[line.item.pk], line)
            there[line.item.pk].save()
        else:
            key = line.item.pk if line.item else line.plan_id or object()
            made = ChangeLine(request=request, item=line.item)
            _set(made, line)
            fresh[key] = (made, line)
    ChangeLine.objects.bulk_create([made for made, _ in fresh.values()], batch_size=BATCH)
    goes_to = [
        ChangeLineBoard(line=made, board=board)
        for made, line in fresh.values()
        for board in line.boards
    ]
    ChangeLineBoard.objects.bulk_create(goes_to, batch_size=BATCH)


def _is_numbered(line: DraftLine) -> bool:
    return line.item is None and line.plan_id != "" and line.dates_of is None


def _set(stored: ChangeLine, line: DraftLine) -> None:
    for name, value in _values(line).items():
        setattr(stored, name, value)


def _values(line: DraftLine) -> dict[str, Any]:
    found = {name: getattr(line, name) for name in WRITTEN}
    if line.item is None:
        return found
    # The number and the name of a row that is there are its own.
    old = {"old_start": line.item.baseline_start, "old_finish": line.item.baseline_finish}
    return {**found, **old, "plan_id": "", "name": ""}
