"""The same done to several rows of a plan: all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from icp.common.words import plural, sentence_list
from programmes.errors import CannotSave
from programmes.models import ChangeRequest, PlanItem, Post, Programme
from programmes.rules.row_dates import CannotTell, RowDates, filled_in, shifted
from programmes.services import agreement
from programmes.services.asked_lines import SUPPLIED
from programmes.services.editing import DATES, DURATION, dates_of, put, redate, values_of
from programmes.services.outline_writing import BATCH, hold_plan

# So many references are named in a sentence, and no more.
NAMED = 8


@dataclass(frozen=True)
class DoneToMany:
    """How many rows were changed at once, and the request that asks for what needs agreement."""

    changed: int
    request: ChangeRequest | None = None


@transaction.atomic
def give_owner(
    *, programme: Programme, seen: Mapping[int, int], owner: Post | None, by: User
) -> DoneToMany:
    """Give rows, by key with the version one looked at, to a post or to nobody.

    Raises:
        CannotSave: a row was changed meanwhile or removed, or the post is of another place.
    """
    if owner and owner.place_id != programme.place_id:
        raise CannotSave("Choose a post of this place.")
    changes = [(item, {"owner": owner}) for item in held_rows(programme=programme, seen=seen)]
    return _write_all(changes, by=by, today=None)


@transaction.atomic
def shift_rows(
    *,
    programme: Programme,
    seen: Mapping[int, int],
    days: int,
    holidays: frozenset[date],
    by: User,
    at: datetime,
    today: date,
) -> DoneToMany:
    """Move the dates of rows by working days, later or, below 0, earlier; in an agreed plan ask for that.

    Raises:
        CannotSave: a row was changed meanwhile, none has a date, or a date would leave the calendar.
    """
    changes = []
    for item in held_rows(programme=programme, seen=seen):
        try:
            found = shifted(
                RowDates(item.start, item.start_tbc, item.finish, item.finish_tbc), days, holidays
            )
        except CannotTell as problem:
            raise CannotSave(f"{item.reference}: {problem}") from None
        changes.append((item, {"start": found.start, "finish": found.finish}))
    if not any(_differs(item, values, DATES) for item, values in changes):
        raise CannotSave("None of these rows has a date to shift, or they are shifted by no day.")
    how_far = f"{plural(abs(days), 'working day')} {'later' if days > 0 else 'earlier'}"
    title = agreement.SHIFTED.format(how_far)
    return _change_all(programme, changes, by=by, at=at, today=today, title=title)


@transaction.atomic
def write_column(
    *,
    programme: Programme,
    seen: Mapping[int, int],
    column: str,
    cells: Mapping[int, Any],
    holidays: frozenset[date],
    by: User,
    at: datetime,
    today: date,
    supplied: Mapping[str, Any] | None = None,
) -> DoneToMany:
    """Write one cell into each of some rows: ``column`` is name, notes, start or finish, ``cells`` by the row's key.

    A date is a ``date`` or None for one that is to be confirmed, which ``supplied`` then says the post and the day
    of, as ``tbc_from`` and ``tbc_by``, for rows that awaited none before. A row without a cell stays as it is.

    Raises:
        CannotSave: a row was changed meanwhile, or its dates would be the wrong way round; says which.
    """
    changes = []
    for item in held_rows(programme=programme, seen=seen):
        if item.pk in cells:
            changes.append((item, _cell(item, column, cells[item.pk], holidays, supplied or {})))
    title = agreement.PASTED.format(column)
    return _change_all(programme, changes, by=by, at=at, today=today, title=title)


def _cell(
    item: PlanItem,
    column: str,
    cell: Any,
    holidays: frozenset[date],
    supplied: Mapping[str, Any],
) -> Mapping[str, Any]:
    if column not in ("start", "finish"):
        return {column: cell}
    before = dates_of(item)
    typed = replace(before, **{column: cell, f"{column}_tbc": cell is None})
    try:
        values = values_of(filled_in(typed, before=before, kind=item.kind, holidays=holidays))
        return {**values, **(supplied if cell is None and not before.is_awaited else {})}
    except CannotTell as problem:
        raise CannotSave(f"{item.reference}: {problem}") from None


def _change_all(
    programme: Programme,
    changes: Sequence[tuple[PlanItem, Mapping[str, Any]]],
    *,
    by: User,
    at: datetime,
    today: date,
    title: str,
) -> DoneToMany:
    """Write each row; one request asks for all dates of a plan that is agreed."""
    dated = [(item, values) for item, values in changes if _differs(item, values, DATES)]
    if not dated or not agreement.is_agreed(programme=programme):
        return _write_all(changes, by=by, today=today)
    request = agreement.ask(
        programme=programme,
        lines=[redate(item, values) for item, values in dated],
        by=by,
        at=at,
        title=title,
        why="",
    )
    elsewhere = (*DATES, *DURATION, *SUPPLIED)
    rest = [
        (item, {n: v for n, v in values.items() if n not in elsewhere}) for item, values in changes
    ]
    return DoneToMany(_write_all(rest, by=by, today=today).changed, request)


def held_rows(*, programme: Programme, seen: Mapping[int, int]) -> list[PlanItem]:
    """The rows of those keys, in plan order, held until the transaction ends.

    Raises:
        CannotSave: one was changed since the version in ``seen``, was removed, or is not of this plan.
    """
    hold_plan(programme=programme)
    found = list(
        PlanItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "owner", "tbc_from")
        .filter(programme=programme, pk__in=seen)
        .order_by("position")
    )
    gone = [item for item in found if item.removed_at]
    stale = [item for item in found if item.version != seen[item.pk]]
    if len(found) < len(seen) or gone or stale:
        named = [item.reference for item in {*gone, *stale}]
        which = sentence_list(sorted(named)[:NAMED]) or "A row"
        raise CannotSave(
            f"{which} changed while you were choosing, so nothing was changed."
            " The list shows the rows as they stand now: look, tick again and press again."
        )
    if not found:
        raise CannotSave("Tick the rows first.")
    return found


def _differs(item: PlanItem, values: Mapping[str, Any], names: Sequence[str]) -> bool:
    return any(name in values and getattr(item, name) != values[name] for name in names)


def _write_all(
    changes: Sequence[tuple[PlanItem, Mapping[str, Any]]], *, by: User, today: date | None
) -> DoneToMany:
    changed = [
        (item, found)
        for item, values in changes
        if (found := {n: v for n, v in values.items() if getattr(item, n) != v})
    ]
    if changed:
        names = {name for item, values in changed for name in put(item, values, today=today)}
        with recorded(way=current_way(), by=by):
            items = [item for item, _ in changed]
            PlanItem.objects.bulk_update(items, sorted(names), batch_size=BATCH)
    return DoneToMany(len(changed))


def in_words(done: DoneToMany, *, what: str) -> str:
    """3 rows have another owner."""
    return f"{plural(done.changed, 'row')} {'has' if done.changed == 1 else 'have'} {what}."
