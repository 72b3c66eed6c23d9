"""Rows added, taken out, brought back, split and moved by people: at once, or asked for where the plan is agreed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import CannotSave
from programmes.models import Board, ChangeLineKind, Level, PlanItem, Programme
from programmes.services import agreement, rows
from programmes.services.agreement import DraftLine
from programmes.services.asked_lines import SAID
from programmes.services.editing import (
    DATES,
    Done,
    held,
    redate,
    refuse_removed,
    refuse_stale,
    send_to,
    write,
)
from programmes.services.outline_writing import hold_plan
from programmes.services.rows import NewRow


@transaction.atomic
def add_row(
    *,
    programme: Programme,
    parent: PlanItem | None,
    after: PlanItem | None,
    row: NewRow,
    boards: list[Board],
    by: User,
    at: datetime,
    because: str = "",
) -> Done:
    """A new row, or, in a plan that is agreed, a request for it.

    Raises:
        CannotSave: it cannot stand there, or its number was used before.
    """
    if agreement.needs_request(programme=programme, kind=ChangeLineKind.ADD):
        line = _new_line(row, parent=parent, after=after, boards=boards)
        title = agreement.title_of(ChangeLineKind.ADD, row.name)
        return Done(
            None,
            agreement.ask(
                programme=programme, lines=[line], by=by, at=at, title=title, why=because
            ),
        )
    with recorded(way=current_way(), by=by, reason=because):
        made = rows.insert_row(programme=programme, parent=parent, after=after, fields=row)
        send_to(made, boards)
    return Done(made)


def _new_line(
    row: NewRow,
    *,
    parent: PlanItem | None,
    after: PlanItem | None,
    boards: Sequence[Board] = (),
) -> DraftLine:
    said = {name: getattr(row, name) for name in SAID}
    if row.level == Level.PROGRAMME:
        said["level"] = ""
    return DraftLine(
        kind=ChangeLineKind.ADD,
        plan_id=row.plan_id,
        name=row.name,
        item_kind=row.kind,
        declared_duration=row.declared_duration,
        parent=parent,
        after=after,
        boards=tuple(boards),
        **{name: getattr(row, name) for name in DATES},
        **said,
    )


@transaction.atomic
def remove_row(
    *, item: PlanItem, because: str, seen: int, by: User, at: datetime
) -> tuple[Done, list[PlanItem]]:
    """Take a row, and what stands below it, out of the plan, or ask for that; and which rows those are.

    Raises:
        CannotSave: it is out already, or nobody said why.
        StaleRow: somebody else changed it since ``seen``.
    """
    found = _held_in_its_plan(item)
    refuse_removed(found)
    refuse_stale(found, seen)
    if not because.strip():
        raise CannotSave("Say why the row is removed: the reason stays with its history.")
    if agreement.needs_request(programme=found.programme, kind=ChangeLineKind.REMOVE):
        below = rows.rows_of_block(item=found)
        lines = [DraftLine(kind=ChangeLineKind.REMOVE, item=one) for one in reversed(below)]
        title = agreement.title_of(ChangeLineKind.REMOVE, str(found))
        asked = agreement.ask(
            programme=found.programme, lines=lines, by=by, at=at, title=title, why=because
        )
        return Done(found, asked), below
    with recorded(way=current_way(), by=by, reason=because):
        return Done(found), rows.remove_row(item=found, because=because)


@transaction.atomic
def restore_row(*, item: PlanItem, by: User, at: datetime, seen: int | None = None) -> Done:
    """Bring a removed row back, or ask for that.

    Raises:
        CannotSave: it is in the plan, or was changed since ``seen``, if that is given.
    """
    found = _held_in_its_plan(item)
    if not found.removed_at:
        raise CannotSave(f"{found.reference} is in the plan: there is nothing to restore.")
    if seen not in (None, found.version):
        raise CannotSave(f"{found.reference} was changed after it was removed: look at it again.")
    if agreement.needs_request(programme=found.programme, kind=ChangeLineKind.RESTORE):
        line = DraftLine(
            kind=ChangeLineKind.RESTORE,
            item=found,
            **{name: getattr(found, name) for name in DATES},
        )
        title = agreement.title_of(ChangeLineKind.RESTORE, str(found))
        return Done(
            found,
            agreement.ask(
                programme=found.programme, lines=[line], by=by, at=at, title=title, why=""
            ),
        )
    with recorded(way=current_way(), by=by):
        rows.restore_row(item=found)
    return Done(found)


@transaction.atomic
def split_row(
    *,
    item: PlanItem,
    values: Mapping[str, Any],
    row: NewRow,
    seen: int,
    by: User,
    at: datetime,
    today: date,
    because: str = "",
) -> Done:
    """Make two rows of one: ``values`` are what the first says now, ``row`` is the second, right after it.

    In a plan that is agreed one request asks for both, and the first has its new name at once.

    Raises:
        CannotSave: the row was removed or is a heading.
        StaleRow: somebody else changed it since ``seen``.
    """
    found = _held_in_its_plan(item)
    refuse_removed(found)
    refuse_stale(found, seen)
    if found.is_summary:
        raise CannotSave(f"{found.reference} is a heading: split the rows below it.")
    if agreement.needs_request(programme=found.programme, kind=ChangeLineKind.ADD):
        lines = [_new_line(row, parent=found.parent, after=found)]
        if any(values.get(name, getattr(found, name)) != getattr(found, name) for name in DATES):
            lines.append(redate(found, values))
        title = f"Split {found}"
        renamed = values.get("name", found.name) != found.name
        if renamed:
            # A name needs nobody's agreement.
            with recorded(way=current_way(), by=by, reason=because):
                write(found, {"name": values["name"]}, today=None)
        return Done(
            found,
            agreement.ask(
                programme=found.programme, lines=lines, by=by, at=at, title=title, why=because
            ),
            saved=("name",) if renamed else (),
        )
    with recorded(way=current_way(), by=by, reason=because):
        write(found, {n: v for n, v in values.items() if getattr(found, n) != v}, today=today)
        made = rows.insert_row(
            programme=found.programme, parent=found.parent, after=found, fields=row
        )
    return Done(made)


PLACING = {
    "up": rows.move_row_up,
    "down": rows.move_row_down,
    "in": rows.indent_row,
    "out": rows.outdent_row,
}


@transaction.atomic
def place_row(*, item: PlanItem, how: str, by: User, seen: int | None = None) -> PlanItem:
    """Move a row, with all below it, by a step of :data:`PLACING`. The order needs nobody's agreement.

    Raises:
        CannotSave: it cannot go there.
        StaleRow: somebody else changed it since ``seen``, if that is given.
    """
    _refuse_moved(item, seen)
    with recorded(way=current_way(), by=by):
        PLACING[how](item=item)
    return item


@transaction.atomic
def put_row(
    *,
    item: PlanItem,
    parent: PlanItem | None,
    after: PlanItem | None,
    by: User,
    seen: int | None = None,
) -> PlanItem:
    """Put a row, with all below it, under another heading, after ``after`` or first.

    Raises:
        CannotSave: it cannot go there.
        StaleRow: somebody else changed it since ``seen``, if that is given.
    """
    _refuse_moved(item, seen)
    with recorded(way=current_way(), by=by):
        rows.move_row(item=item, parent=parent, after=after)
    return item


def _refuse_moved(item: PlanItem, seen: int | None) -> None:
    if seen is not None:
        refuse_stale(_held_in_its_plan(item), seen)


def _held_in_its_plan(item: PlanItem) -> PlanItem:
    """The row, after its plan: whoever moves rows holds them in the same order, so that nobody waits in a ring."""
    hold_plan(programme=item.programme)
    return held(item)
