"""Comparing a plan file with the plan, and writing what differs: all of it or nothing (domain section 2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pghistory
from django.db import transaction
from django.db.models.functions import Now

from icp.accounts.models import User
from icp.common.tabular import CellError
from icp.common.words import short_date
from programmes import selectors
from programmes.errors import CannotImport
from programmes.importers.plan import PlanFile, PlanRow
from programmes.models import Period, Place, PlanItem, Programme
from programmes.rules.durations import computed_days, differs
from programmes.rules.outline import Span, parents, roll_up, spans_children

# What the file says of a row, by the name people see.
LABELS = {
    "outline_level": "outline level",
    "kind": "kind",
    "name": "name",
    "start": "start",
    "start_tbc": "start to be confirmed",
    "finish": "finish",
    "finish_tbc": "finish to be confirmed",
    "declared_duration": "duration",
    "scheduling": "scheduling",
    "ticked": "complete",
}
WRITTEN = (
    *LABELS,
    "declared_days",
    "duration_estimated",
    "position",
    "parent",
    "baseline_start",
    "baseline_finish",
    "ticked_in_id",
)
BATCH = 1000


@dataclass(frozen=True)
class Change:
    """One field of one row: what it says now and what the file says."""

    field: str
    old: str
    new: str


@dataclass
class PlanPreview:
    """What importing a file would do. References are as people quote them: IT 11."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def can_apply(self) -> bool:
        return not self.errors

    @property
    def changes_nothing(self) -> bool:
        return not (self.created or self.changed)


@dataclass
class _Outcome:
    """The rows of one programme as they would stand; ``fields`` are those that differ in any changed row."""

    changed: list[PlanItem] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    parents: list[tuple[PlanItem, PlanItem | None]] = field(default_factory=list)


def preview_plan(*, place: Place, file: PlanFile) -> PlanPreview:
    """Compare only; writes nothing."""
    return _compare(place=place, file=file)[0]


@transaction.atomic
def import_plan(*, place: Place, file: PlanFile, by: User | None) -> PlanPreview:
    """Write what the file changes. Importing the same file again changes nothing.

    New rows are agreed at the dates they bring; a row that has agreed dates keeps them whatever the
    file says, and a row that is not in the file is left as it is.

    Raises:
        CannotImport: the file has errors; nothing is written.
    """
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    preview, outcomes = _compare(place=place, file=file)
    if not preview.can_apply:
        raise CannotImport(f"Nothing was imported: {len(preview.errors)} cells need attention.")
    with pghistory.context(way="import", by=by.pk if by else None):
        for outcome in outcomes:
            _write(outcome)
    return preview


def _compare(*, place: Place, file: PlanFile) -> tuple[PlanPreview, list[_Outcome]]:
    preview = PlanPreview(errors=list(file.errors))
    outcomes: list[_Outcome] = []
    by_programme: dict[str, list[PlanRow]] = {}
    for row in file.rows:
        by_programme.setdefault(row.programme, []).append(row)
    period = selectors.period_to_report(place=place)
    holidays = selectors.holidays_of(place)
    programmes = list(Programme.objects.in_place(place).filter(code__in=by_programme).in_order())
    existing = _existing(programmes)
    for programme in programmes:
        outcome = _compare_programme(
            programme, existing[programme.pk], by_programme[programme.code], period, preview
        )
        outcomes.append(outcome)
        items = [item for item, _ in outcome.parents]
        preview.notes.extend(_notes(programme, items, outcome.parents, holidays))
    return preview, outcomes


def _existing(programmes: list[Programme]) -> dict[int, dict[str, PlanItem]]:
    """The rows of each programme by number, in plan order. One query."""
    found: dict[int, dict[str, PlanItem]] = {programme.pk: {} for programme in programmes}
    rows = PlanItem.objects.filter(programme__in=[programme.pk for programme in programmes])
    for item in rows.order_by("programme_id", "position"):
        found[item.programme_id][item.plan_id] = item
    return found


def _compare_programme(
    programme: Programme,
    existing: dict[str, PlanItem],
    rows: list[PlanRow],
    period: Period | None,
    preview: PlanPreview,
) -> _Outcome:
    for row in rows:
        if row.plan_id in existing and existing[row.plan_id].removed_at:
            preview.errors.append(
                CellError(
                    row.line,
                    "plan_id",
                    row.plan_id,
                    f"{programme.code} {row.plan_id} was removed from the plan",
                    "A number is never used again: give the row a new one.",
                )
            )
    wanted = {row.plan_id: row for row in rows}
    order = _merged_order(list(existing), [row.plan_id for row in rows])
    outcome = _Outcome()
    items = []
    for position, plan_id in enumerate(order, start=1):
        item = existing.get(plan_id) or PlanItem(plan_id=plan_id)
        item.programme = programme
        before = {name: getattr(item, name) for name in WRITTEN if name != "parent"}
        if plan_id in wanted:
            _apply(item, wanted[plan_id], period)
        elif not item.removed_at:
            preview.left.append(f"{programme.code} {plan_id}")
        item.position = position
        items.append(item)
        _sort_out(item, before, outcome, preview, in_file=plan_id in wanted)
    for item, above in zip(items, parents([item.outline_level for item in items]), strict=True):
        parent = items[above] if above is not None else None
        outcome.parents.append((item, parent))
    return outcome


def _merged_order(existing: list[str], rows: list[str]) -> list[str]:
    """The file's order when it holds every row; else new rows go right after the file's row before them."""
    if set(existing) <= set(rows):
        return rows
    order = list(existing)
    known = set(existing)
    for index, plan_id in enumerate(rows):
        if plan_id not in known:
            place = order.index(rows[index - 1]) + 1 if index else 0
            order.insert(place, plan_id)
            known.add(plan_id)
    return order


def _apply(item: PlanItem, row: PlanRow, period: Period | None) -> None:
    item.outline_level, item.kind, item.name = row.outline_level, row.kind, row.name
    item.start, item.start_tbc = row.start, row.start_tbc
    item.finish, item.finish_tbc = row.finish, row.finish_tbc
    item.declared_duration = row.duration.text
    item.declared_days, item.duration_estimated = row.duration.days, row.duration.estimated
    item.scheduling = row.scheduling
    if row.ticked != item.ticked:
        item.ticked, item.ticked_in = row.ticked, period if row.ticked else None
    # The first dates a row gets are its first agreed dates; later ones need a change request.
    item.baseline_start = item.baseline_start or row.start
    item.baseline_finish = item.baseline_finish or row.finish


def _sort_out(
    item: PlanItem,
    before: dict[str, Any],
    outcome: _Outcome,
    preview: PlanPreview,
    *,
    in_file: bool,
) -> None:
    """Put the row among the new, the changed or the unchanged."""
    reference = item.reference
    if item.pk is None:
        preview.created.append(reference)
        return
    changes = [
        Change(label, _shown(before[name]), _shown(getattr(item, name)))
        for name, label in LABELS.items()
        if before[name] != getattr(item, name)
    ]
    differing = {name for name in before if before[name] != getattr(item, name)}
    if differing:
        outcome.changed.append(item)
        outcome.fields |= differing
    if changes:
        preview.changed[reference] = changes
    elif in_file:
        preview.unchanged += 1


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return short_date(value) if isinstance(value, date) else str(value)


def _write(outcome: _Outcome) -> None:
    """Create, then update no field that stays: a bulk update costs each of its fields in every row."""
    _create(outcome)
    moved = {item.pk for item in outcome.changed}
    fields = {*outcome.fields, "changed_at"}
    to_update = []
    for item, parent in outcome.parents:
        if item.parent_id != (parent.pk if parent else None):
            item.parent = parent
            fields.add("parent")
        elif item.pk not in moved:
            continue
        item.changed_at = Now()
        to_update.append(item)
    PlanItem.objects.bulk_update(to_update, sorted(fields), batch_size=BATCH)


def _create(outcome: _Outcome) -> None:
    """The new rows, level by level, so that the row each hangs on has its key by then."""
    waiting = [(item, parent) for item, parent in outcome.parents if item.pk is None]
    while waiting:
        ready = [(item, parent) for item, parent in waiting if parent is None or parent.pk]
        waiting = [(item, parent) for item, parent in waiting if parent and not parent.pk]
        for item, parent in ready:
            item.parent = parent
        PlanItem.objects.bulk_create([item for item, _ in ready], batch_size=BATCH)


def _notes(
    programme: Programme,
    items: list[PlanItem],
    placed: list[tuple[PlanItem, PlanItem | None]],
    holidays: frozenset[date],
) -> Iterable[str]:
    """What is kept as it is, and worth a look: durations that differ, summaries that do not span."""
    yield from (note for item in items if (note := duration_note(item, holidays)))
    below: dict[int, list[Span]] = {id(item): [] for item in items}
    above = {id(item): parent for item, parent in placed}
    for item in items:
        if not item.is_summary:
            parent = above[id(item)]
            while parent is not None:
                below[id(parent)].append(Span(item.start, item.finish))
                parent = above[id(parent)]
    for item in items:
        if item.is_summary and not spans_children(Span(item.start, item.finish), below[id(item)]):
            found = roll_up(below[id(item)])
            yield (
                f"{item.reference}: its dates do not span the rows below it"
                f" ({_shown(found.start)} to {_shown(found.finish)})."
            )


def duration_note(item: PlanItem, holidays: frozenset[date]) -> str:
    """The sentence for a row whose declared and computed durations differ; empty when they agree."""
    computed = computed_days(
        kind=item.kind, start=item.start, finish=item.finish, holidays=holidays
    )
    if not differs(declared=item.declared_days, computed=computed):
        return ""
    return (
        f"{item.reference}: the source prints {item.declared_duration},"
        f" its dates give {computed} working days."
    )
