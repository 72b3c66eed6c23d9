"""Writing what a plan file changes: all of it or nothing (domain section 2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common import clock
from icp.common.batches import in_batches
from icp.common.clock import DatabaseNow
from icp.common.tabular import CellError
from icp.common.words import plural
from programmes.errors import CannotImport
from programmes.importers.plan import PlanFile
from programmes.models import Baseline, ChangeRequest, Place, PlanItem, Programme
from programmes.rules.outline import Span
from programmes.services.baselines import agree_baseline
from programmes.services.changes import draft_lines
from programmes.services.first_plan import AGREED, agreed_as_they_are
from programmes.services.plan_asking import TITLE
from programmes.services.plan_compare import Outcome, compare
from programmes.services.plan_leaving import BECAUSE
from programmes.services.plan_links import write_links
from programmes.services.plan_preview import Change, PlanPreview
from programmes.services.plan_rows import BATCH, RowNow
from programmes.services.rows import hold_plans

__all__ = ["Change", "PlanPreview", "hold_for", "import_plan", "preview_plan"]

# What an earlier baseline is called that a project file brings.
FROM_A_FILE = "Baseline {} of a project file"
# So much of a cell is quoted in a sentence.
SHOWN = 40


def preview_plan(*, place: Place, file: PlanFile) -> PlanPreview:
    """Compare only; writes nothing."""
    return compare(place=place, file=file)[0]


@transaction.atomic
def import_plan(
    *, place: Place, file: PlanFile, by: User | None, at: datetime | None = None
) -> PlanPreview:
    """Write what the file changes. Importing the same file again changes nothing.

    The rows of a programme's first file are its first plan, agreed at the dates they bring. After that new
    rows, other dates and rows to be removed are asked for by one change request a programme, drafted ``at``
    (None: by the database's clock), and the rest is written at once. A row that is not in the file is left,
    unless ``file.remove`` names it.

    Raises:
        CannotImport: the file has errors; nothing is written.
    """
    hold_for(place=place, file=file)
    preview, outcomes, links = compare(place=place, file=file)
    if not preview.can_apply:
        raise CannotImport(_why_not(preview.errors))
    with recorded(way=Way.IMPORT, by=by):
        for outcome in outcomes:
            _write(outcome)
            _take_out(outcome)
            _agree(outcome)
            if outcome.lines:
                asked = _ask(outcome, by=by, at=at)
                preview.requests.append(asked.reference)
        write_links(place=place, differences=links.differences)
    return preview


def _why_not(errors: list[CellError]) -> str:
    """The first by name: it may be one that no preview has shown, of a row that was chosen to be removed."""
    first, need = errors[0], "needs" if len(errors) == 1 else "need"
    return (
        f"Nothing was imported: {plural(len(errors), 'cell')} {need} attention."
        f" {first.reference}, “{first.value[:SHOWN]}”: {first.problem}."
    )


def hold_for(*, place: Place, file: PlanFile) -> None:
    """Nobody changes the plans that the file is of, nor those its rows wait for, until the transaction ends."""
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    codes = {row.programme for row in file.rows}
    codes |= {link.predecessor[0] for link in file.links or ()}
    named = Programme.objects.in_place(place).filter(code__in=codes)
    hold_plans(programmes=named.values_list("pk", flat=True))


def _ask(outcome: Outcome, *, by: User | None, at: datetime | None) -> ChangeRequest:
    return draft_lines(
        programme=outcome.programme,
        lines=outcome.lines,
        by=by,
        at=at or clock.database_moment(),
        title=TITLE,
    )


def _take_out(outcome: Outcome) -> None:
    """Each that is named goes, and no other: none of the file's stands below one that does."""
    if not outcome.removed:
        return
    rows = PlanItem.objects.filter(pk__in=[row.pk for row in outcome.removed])
    rows.update(removed_at=DatabaseNow(), removed_because=BECAUSE)
    moment = clock.database_moment()
    for item in outcome.removed:
        item.removed_at = moment


def _agree(outcome: Outcome) -> None:
    """The rows of a programme that has no baseline yet are its first plan."""
    rows = [row for row, _ in outcome.parents]
    if not rows or Baseline.objects.filter(programme=outcome.programme).exists():
        return
    # Rows that people put in and the file leaves out are agreed too, at the dates they have.
    _update(agreed_as_they_are(rows), AGREED)
    for number in sorted({number for row in rows for number, _ in row.earlier}):
        before = (
            Before(row, said[number]) for row in rows if number in (said := dict(row.earlier))
        )
        name = FROM_A_FILE.format(number)
        agree_baseline(programme=outcome.programme, items=before, name=name)
    agree_baseline(programme=outcome.programme, items=rows)


class Before:
    """A row as an earlier baseline of its file agreed it."""

    def __init__(self, row: RowNow, agreed: Span) -> None:
        self.pk = row.pk
        self.removed_at: datetime | None = None
        self.baseline_start, self.baseline_finish = agreed.start, agreed.finish


def _write(outcome: Outcome) -> None:
    """Create, then update no field that stays: a bulk update costs each of its fields in every row."""
    _create(outcome)
    moved = {row.pk for row in outcome.changed}
    fields = set(outcome.fields)
    to_update = []
    for row, parent in outcome.parents:
        if row.parent_id != (parent.pk if parent else None):
            row.parent_id = parent.pk if parent else None
            fields.add("parent_id")
        elif row.pk not in moved:
            continue
        to_update.append(row)
    _update(to_update, sorted(fields))


def _update(rows: Sequence[RowNow], fields: Sequence[str]) -> None:
    for some in in_batches(rows, BATCH):
        PlanItem.objects.bulk_update([row.as_item() for row in some], fields)


def _create(outcome: Outcome) -> None:
    """The new rows, level by level, so that the row each hangs on has its key by then."""
    waiting = [(row, parent) for row, parent in outcome.parents if row.pk is None]
    while waiting:
        ready = [(row, parent) for row, parent in waiting if parent is None or parent.pk]
        waiting = [(row, parent) for row, parent in waiting if parent and not parent.pk]
        for some in in_batches(ready, BATCH):
            _insert(some)


def _insert(some: Sequence[tuple[RowNow, RowNow | None]]) -> None:
    for row, parent in some:
        row.parent_id = parent.pk if parent else None
    made = PlanItem.objects.bulk_create([row.as_item() for row, _ in some])
    for (row, _), item in zip(some, made, strict=True):
        row.pk = item.pk
