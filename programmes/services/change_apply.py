"""Applying what was agreed: rows come, go and get their agreed dates, and the baseline is written."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from icp.audit.recording import current_way, recorded
from programmes.errors import CannotChangePlan, CannotSave
from programmes.models import (
    Baseline,
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    Level,
    PlanItem,
    Scheduling,
)
from programmes.rules.durations import read_duration
from programmes.selectors.changes import lines_of
from programmes.services.baselines import agree_baseline
from programmes.services.editing import send_to
from programmes.services.outline_writing import BATCH
from programmes.services.rows import NewRow, Placed, insert_rows, remove_rows, restore_rows

DATES = ("start", "start_tbc", "finish", "finish_tbc")
DURATION = ("declared_duration", "declared_days", "duration_estimated")
AWAITED = ("tbc_from", "tbc_by", "tbc_since")
DATED = (*DATES, *AWAITED, "baseline_start", "baseline_finish")


def apply_request(*, request: ChangeRequest) -> Baseline:
    """Change the plan as the request says, in the caller's transaction, and write the next baseline.

    Raises:
        CannotChangePlan: the plan does not take it any more; says which row.
    """
    lines = lines_of(request)
    with recorded(way=current_way(), reason=f"{request.reference}: {request.title}"):
        try:
            touched = _apply(request, lines)
        except CannotSave as problem:
            raise CannotChangePlan(
                f"{request.reference} cannot be applied: {problem} Change it, and propose it again."
            ) from None
        items = PlanItem.objects.filter(pk__in=touched).order_by("position")
        return agree_baseline(programme=request.programme, items=items, request=request)


def _apply(request: ChangeRequest, lines: Sequence[ChangeLine]) -> set[int]:
    """The keys of the rows that were touched. What comes back comes before what is put beside it, and what goes
    goes before that: no new row goes along unnamed.
    """
    touched = {line.item_id for line in lines if line.item_id}
    back = [line.item for line in lines if line.kind == ChangeLineKind.RESTORE and line.item]
    if back:
        restore_rows(programme=request.programme, items=back)
    going = [line.item for line in lines if line.kind == ChangeLineKind.REMOVE and line.item]
    if going:
        because = f"{request.reference}: {request.why}"
        gone = remove_rows(programme=request.programme, items=going, because=because)
        touched |= {row.pk for row in gone}
    coming = [line for line in lines if line.kind == ChangeLineKind.ADD]
    touched |= {item.pk for item in _add(request, coming)}
    _redate_all([line for line in lines if line.kind == ChangeLineKind.REDATE and line.item_id])
    return touched


def _add(request: ChangeRequest, lines: Sequence[ChangeLine]) -> list[PlanItem]:
    """The new rows, all at once: an import may ask for thousands."""
    if not lines:
        return []
    places = _Places(request)
    numbered: dict[str, int] = {}
    placed = []
    for place, line in enumerate(lines):
        placed.append(places.of(line, numbered))
        if line.plan_id:
            numbered[line.plan_id] = place
    items = insert_rows(programme=request.programme, rows=placed)
    for line, item in zip(lines, items, strict=True):
        line.item = item
        if boards := [one.board for one in line.goes_to.all()]:
            send_to(item, boards)
    ChangeLine.objects.bulk_update(lines, ["item"], batch_size=BATCH)
    return items


class _Places:
    """Where new rows go in the plan as it stands now. One query."""

    def __init__(self, request: ChangeRequest) -> None:
        rows = PlanItem.objects.filter(programme=request.programme).order_by("position")
        self.parent: dict[int, int | None] = {}
        self.last: dict[int | None, PlanItem] = {}
        for row in rows.only("parent", "programme", "removed_at"):
            self.parent[row.pk] = row.parent_id
            if row.removed_at is None:
                self.last[row.parent_id] = row

    def of(self, line: ChangeLine, numbered: Mapping[str, int]) -> Placed:
        """``numbered`` are the places of the request's new rows before this one, by number."""
        fields = _new_row(line)
        if line.new_parent:
            if line.new_parent not in numbered:
                raise CannotSave(
                    f"{line.name} stands under {line.new_parent}, which is not among them."
                )
            return Placed(fields=fields, under=numbered[line.new_parent])
        after = line.after
        if after is not None and self.parent[after.pk] != line.parent_id:
            # It was moved meanwhile. The order needs nobody's agreement, so this is no reason to refuse.
            after = self.last.get(line.parent_id)
        return Placed(fields=fields, parent=line.parent, after=after)


def _redate_all(lines: Sequence[ChangeLine]) -> None:
    """The other dates, all at once: shifting a plan asks for those of all its rows."""
    keys = sorted({line.item_id for line in lines if line.item_id})
    # As they stand now, and until the transaction ends: nobody's edit is written over.
    held = PlanItem.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk")
    items = {item.pk: item for item in held}
    lengthened = set()
    for line in lines:
        assert line.item_id is not None
        _redate(items[line.item_id], line)
        _lengthen(items[line.item_id], line)
        if line.declared_duration:
            lengthened.add(line.item_id)
    others = [item for key, item in items.items() if key not in lengthened]
    PlanItem.objects.bulk_update(others, DATED, batch_size=BATCH)
    PlanItem.objects.bulk_update(
        [items[key] for key in sorted(lengthened)], (*DATED, *DURATION), batch_size=BATCH
    )


def _redate(item: PlanItem, line: ChangeLine) -> None:
    """The dates that were asked for are the row's agreed ones, and those of its plan."""
    for name in DATES:
        setattr(item, name, getattr(line, name))
    item.baseline_start, item.baseline_finish = line.start, line.finish
    if not (line.start_tbc or line.finish_tbc):
        item.tbc_from = item.tbc_by = item.tbc_since = None
        return
    if line.tbc_from_id:
        item.tbc_from_id, item.tbc_by = line.tbc_from_id, line.tbc_by
    if item.tbc_since is None:
        item.tbc_since = _asked_on(line)


def _lengthen(item: PlanItem, line: ChangeLine) -> None:
    if line.declared_duration:
        duration = read_duration(line.declared_duration)
        item.declared_duration, item.declared_days = duration.text, duration.days
        item.duration_estimated = duration.estimated


def _asked_on(line: ChangeLine) -> date:
    """A date is awaited since somebody asked for that, not since the others agreed to it."""
    return timezone.localdate(line.request.drafted_at)


def _new_row(line: ChangeLine) -> NewRow:
    duration = read_duration(line.declared_duration)
    since = _asked_on(line)
    awaited = line.start_tbc or line.finish_tbc
    return NewRow(
        name=line.name,
        kind=line.item_kind,
        plan_id=line.plan_id,
        start=line.start,
        start_tbc=line.start_tbc,
        finish=line.finish,
        finish_tbc=line.finish_tbc,
        baseline_start=line.start,
        baseline_finish=line.finish,
        declared_duration=duration.text,
        declared_days=duration.days,
        duration_estimated=duration.estimated,
        owner=line.owner,
        tbc_from=line.tbc_from if awaited else None,
        tbc_by=line.tbc_by if awaited else None,
        tbc_since=since if awaited else None,
        is_placeholder=line.is_placeholder,
        notes=line.notes,
        level=line.level or Level.PROGRAMME,
        scheduling=line.scheduling or Scheduling.MANUAL,
        split_from=line.split_from,
    )
