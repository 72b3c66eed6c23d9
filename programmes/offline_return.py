"""A return filled in offline, beside what the portal says now: what it would change, what is wrong, who else changed it.

Read and checked by the form of the pages, saved by ``services.record_status``: the same rules.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.tabular import CellError
from icp.common.words import plural
from programmes import selectors, services
from programmes.errors import CannotImport, StaleStatus
from programmes.exporters.return_file import FILLED_IN
from programmes.forms import StatusForm, decision_boards
from programmes.importers.return_file import ReturnFile, ReturnRow
from programmes.models import Board, Period, Programme, Rag, Status
from programmes.selectors import UpdateRow
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_preview import Change
from programmes.services.uploads import EVERY_CONFLICT, fingerprint
from programmes.views.grid import plain, version_of, words

HEADING_OF = {name: heading for heading, name in FILLED_IN.items()}
RAG_WORDS = {label.casefold(): value for value, label in Rag.choices()}


@dataclass
class ReturnPreview:
    """What bringing a file back would save. References are as people quote them: IT 11."""

    changed: dict[str, list[Change]] = field(default_factory=dict)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def can_apply(self) -> bool:
        return not self.errors

    @property
    def changes_nothing(self) -> bool:
        return not self.changed


@dataclass(frozen=True)
class _ToSave:
    row: UpdateRow
    values: dict[str, Any]


def preview_return(
    *, programme: Programme, period: Period, file: ReturnFile, today: date
) -> ReturnPreview:
    """Compare only; saves nothing."""
    return _compare(programme, period, file, today, take=frozenset())[0]


@transaction.atomic
def save_return(
    *,
    programme: Programme,
    period: Period,
    file: ReturnFile,
    by: User,
    at: datetime,
    today: date,
    seen: str,
    take: Collection[int] = (),
) -> ReturnPreview:
    """Save what the file says, all of it or nothing; in a conflict what the portal says stands unless its
    number, from 0, is among ``take`` (:data:`EVERY_CONFLICT`: all). ``seen`` is the fingerprint of the preview that was
    decided on.

    Raises:
        CannotImport: the file has errors, or would do something else than was previewed.
        CannotSave: the period is closed, or the return is handed in.
    """
    preview = preview_return(programme=programme, period=period, file=file, today=today)
    if not preview.can_apply:
        raise CannotImport(
            f"Nothing was saved: {plural(len(preview.errors), 'cell')} to put right."
        )
    if fingerprint(preview) != seen:
        raise CannotImport(
            "Somebody has changed this return since you saw the preview, so nothing was saved."
            " This is what the file would change now: look at it, then save."
        )
    chosen = frozenset(
        (one.row, one.field)
        for number, one in enumerate(preview.conflicts)
        if number in take or EVERY_CONFLICT in take
    )
    saved, to_save = _compare(programme, period, file, today, take=chosen)
    with recorded(way=Way.IMPORT, by=by):
        for one in to_save:
            _save(one, period=period, by=by, at=at)
    return saved


def _save(one: _ToSave, *, period: Period, by: User, at: datetime) -> None:
    try:
        services.record_status(
            item=one.row.item,
            period=period,
            by=by,
            at=at,
            expected_version=one.row.status.version if one.row.status else 0,
            values=one.values,
        )
    except StaleStatus as stale:
        raise CannotImport(f"Nothing was saved: {stale}") from None


def _compare(
    programme: Programme,
    period: Period,
    file: ReturnFile,
    today: date,
    *,
    take: frozenset[tuple[str, str]],
) -> tuple[ReturnPreview, list[_ToSave]]:
    found = ReturnPreview(errors=list(file.errors))
    boards = decision_boards(place=period.place)
    rows = {
        row.item.pk: row
        for row in selectors.update_rows(programme=programme, period=period, today=today)
    }
    to_save: list[_ToSave] = []
    for line in file.rows:
        row = rows.pop(line.item, None)
        if problem := _not_of_this_return(line, row, programme, period):
            found.errors.append(problem)
            continue
        assert row is not None
        values = _values(line, row, boards, found)
        if values is not None:
            _sort_out(line, row, values, found, to_save, take)
    found.left = [row.item.reference for row in rows.values()]
    return found, to_save


def _not_of_this_return(
    line: ReturnRow, row: UpdateRow | None, programme: Programme, period: Period
) -> CellError | None:
    if line.period != period.key:
        problem = f"the file is of another period than {period.name}"
    elif row is None:
        problem = f"{programme.name} has no such row to report on in {period.name}"
    else:
        return None
    remedy = "Take the file anew and fill that in."
    return CellError(line.line, "row", line.reference, problem, remedy, f"A{line.line}")


def _values(
    line: ReturnRow, row: UpdateRow, boards: list[Board], found: ReturnPreview
) -> dict[str, Any] | None:
    """What the row is to say; None where a cell is wrong, which ``found`` then names."""
    typed = line.typed
    typed["rag"] = RAG_WORDS.get(typed["rag"].casefold(), typed["rag"])
    if typed["need_to_know"].casefold() in ("no", "n", "false"):
        typed["need_to_know"] = ""
    form = StatusForm(typed, boards=boards, status=row.status, last=row.last, partial=True)
    if form.is_valid():
        return form.values()
    for name, problems in form.said().items():
        cell = line.cells.get(name)
        for problem in problems if cell else ():
            found.errors.append(cell.error(problem, "Correct the cell, or clear it."))  # type: ignore[union-attr]
    return None


def _sort_out(
    line: ReturnRow,
    row: UpdateRow,
    values: Mapping[str, Any],
    found: ReturnPreview,
    to_save: list[_ToSave],
    take: frozenset[tuple[str, str]],
) -> None:
    """Put what differs among the changes or the conflicts; what only others changed stands."""
    now, reference = row.status or Status(), row.item.reference
    current = row.status.version if row.status else 0
    then = now if line.version == current else version_of(now, line.version)
    changes: dict[str, Any] = {}
    is_in_conflict = False
    for name, value in values.items():
        mine, is_now, was = (plain(one) for one in (value, getattr(now, name), getattr(then, name)))
        if mine in (is_now, was):
            continue
        if is_now != was:
            is_in_conflict = True
            chosen = (reference, HEADING_OF[name]) in take
            old, stands, new = (
                words(name, said) for said in (getattr(then, name), getattr(now, name), value)
            )
            found.conflicts.append(Conflict(reference, HEADING_OF[name], old, stands, new, chosen))
            if not chosen:
                continue
        changes[name] = value
    if changes:
        found.changed[reference] = [
            Change(HEADING_OF[name], words(name, getattr(now, name)), words(name, value))
            for name, value in changes.items()
        ]
        to_save.append(_ToSave(row, changes))
    elif not is_in_conflict:
        found.unchanged += 1
