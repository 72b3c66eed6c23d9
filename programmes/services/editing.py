"""Editing a plan: what saves at once is saved, what needs agreement is asked for (domain sections 2 and 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import CannotSave, StaleRow
from programmes.models import (
    Board,
    ChangeLineKind,
    ChangeRequest,
    ItemBoard,
    ItemKind,
    PlanItem,
)
from programmes.rules.durations import DeclaredDuration
from programmes.rules.row_dates import RowDates
from programmes.services import agreement
from programmes.services.agreement import DraftLine
from programmes.services.asked_lines import SUPPLIED

# What a person writes of a row; the dates among it are agreed, the rest is not.
DATES = ("start", "start_tbc", "finish", "finish_tbc")
DURATION = ("declared_duration", "declared_days", "duration_estimated")
WORDS = (
    "name",
    "kind",
    "owner",
    "notes",
    "is_placeholder",
    "level",
    "tbc_from",
    "tbc_by",
    "tolerance_months",
)
FIELDS = (*WORDS, *DATES, *DURATION)


@dataclass(frozen=True)
class Done:
    """What came of an edit: the row as it stands, the request that asks for what needs agreement, and the fields
    that were ``saved`` at once beside that.
    """

    item: PlanItem | None
    request: ChangeRequest | None = None
    saved: tuple[str, ...] = ()


def dates_of(item: PlanItem) -> RowDates:
    """The dates that a row holds."""
    duration = DeclaredDuration(item.declared_duration, item.declared_days, item.duration_estimated)
    return RowDates(item.start, item.start_tbc, item.finish, item.finish_tbc, duration)


def values_of(dates: RowDates) -> dict[str, Any]:
    """As the fields of a row."""
    return {
        "start": dates.start,
        "start_tbc": dates.start_tbc,
        "finish": dates.finish,
        "finish_tbc": dates.finish_tbc,
        "declared_duration": dates.duration.text,
        "declared_days": dates.duration.days,
        "duration_estimated": dates.duration.estimated,
    }


@transaction.atomic
def edit_row(
    *,
    item: PlanItem,
    values: Mapping[str, Any],
    boards: list[Board] | None = None,
    seen: int,
    by: User,
    at: datetime,
    today: date,
    because: str = "",
) -> Done:
    """Save ``values`` (any of :data:`FIELDS`) and the boards it goes to. ``seen`` is the version one looked at.

    Dates of a plan that is agreed are not written: a change request asks for them.

    Raises:
        CannotSave: the row was removed, or it cannot be what it shall be.
        StaleRow: somebody else saved it since; carries the row as it stands.
    """
    found = held(item)
    refuse_stale(found, seen)
    refuse_removed(found)
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    check_kind(found, changed)
    request = None
    if changed.keys() & {*DATES} and agreement.is_agreed(programme=found.programme):
        request = _ask_for_dates(found, {**values}, by=by, at=at, because=because)
        changed = {n: v for n, v in changed.items() if n not in (*DATES, *DURATION)}
    saved = [*changed]
    if changed or boards is not None:
        with recorded(way=current_way(), by=by, reason=because):
            write(found, changed, today=today)
            if boards is not None and send_to(found, boards):
                saved.append("boards")
    return Done(found, request, saved=tuple(saved))


def held(item: PlanItem) -> PlanItem:
    """The row as it stands, held until the transaction ends."""
    return (
        PlanItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme__place", "owner", "tbc_from", "parent")
        .get(pk=item.pk)
    )


def refuse_stale(item: PlanItem, seen: int) -> None:
    if item.version != seen:
        raise StaleRow(
            f"Somebody else changed {item.reference} while you were editing."
            " Both are shown: choose which to keep.",
            current=item,
        )


def refuse_removed(item: PlanItem) -> None:
    if item.removed_at:
        raise CannotSave(f"{item.reference} was removed from the plan: restore it first.")


def check_kind(item: PlanItem, changed: Mapping[str, Any]) -> None:
    """A heading with rows below it stays one; in an agreed plan no row becomes one, and no heading a row."""
    if "kind" not in changed or ItemKind.SUMMARY not in (item.kind, changed["kind"]):
        return
    if item.is_summary and item.children.present().exists():  # type: ignore[attr-defined]
        raise CannotSave(
            f"{item.reference} is a heading while rows stand under it: move them first."
        )
    if agreement.is_agreed(programme=item.programme) or item.statuses.exists():
        raise CannotSave(
            f"{item.reference} stays what it is: it is agreed or was reported on. Add a new row instead."
        )


def write(item: PlanItem, changed: Mapping[str, Any], *, today: date | None) -> None:
    """Store what differs and, where dates do, since when one is awaited: ``today`` is for that."""
    names = put(item, changed, today=today)
    if names:
        item.save(update_fields=names)
        item.refresh_from_db(fields=["version"])


def put(item: PlanItem, changed: Mapping[str, Any], *, today: date | None) -> list[str]:
    """As :func:`write`, and not stored yet: the names of the fields to store."""
    for name, value in changed.items():
        setattr(item, name, value)
    names = [*changed]
    awaited = item.start_tbc or item.finish_tbc
    if today and awaited != (item.tbc_since is not None):
        item.tbc_since = today if awaited else None
        names.append("tbc_since")
    dated = not awaited and changed.keys() & {*DATES}
    if dated and (item.tbc_from_id or item.tbc_by):
        item.tbc_from = item.tbc_by = None
        names += ["tbc_from", "tbc_by"]
    return names


def _ask_for_dates(
    item: PlanItem, values: Mapping[str, Any], *, by: User, at: datetime, because: str
) -> ChangeRequest:
    line = redate(item, values)
    return agreement.ask(
        programme=item.programme,
        lines=[line],
        by=by,
        at=at,
        title=agreement.title_of(ChangeLineKind.REDATE, str(item)),
        why=because,
    )


def redate(item: PlanItem, values: Mapping[str, Any]) -> DraftLine:
    """The line that asks for a row's dates, as ``values`` give them and else as they stand."""
    dates = {name: values.get(name, getattr(item, name)) for name in DATES}
    duration = values.get("declared_duration", item.declared_duration)
    tbc = dates["start_tbc"] or dates["finish_tbc"]
    supplied = {name: values[name] for name in SUPPLIED if tbc and name in values}
    return DraftLine(
        kind=ChangeLineKind.REDATE, item=item, declared_duration=duration, **dates, **supplied
    )


def send_to(item: PlanItem, boards: list[Board]) -> bool:
    """Have the row go to these boards and no others; whether that is another set than before.

    Raises:
        CannotSave: one is of another place.
    """
    if any(board.place_id != item.programme.place_id for board in boards):
        raise CannotSave("Choose boards of this place.")
    now = {one.board_id: one for one in item.goes_to.all()}
    wanted = {board.pk for board in boards}
    for key, one in now.items():
        if key not in wanted:
            one.delete()
    for key in wanted - now.keys():
        ItemBoard.objects.create(item=item, board_id=key)
    return wanted != now.keys()
