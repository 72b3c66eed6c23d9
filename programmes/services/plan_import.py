"""Writing what a plan file changes: all of it or nothing (domain section 2)."""

from datetime import datetime

from django.db import transaction

from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common import clock
from icp.common.clock import DatabaseNow
from icp.common.tabular import CellError
from icp.common.words import plural
from programmes.errors import CannotImport
from programmes.importers.plan import PlanFile
from programmes.models import Baseline, ChangeRequest, Place, PlanItem, Programme
from programmes.services.changes import draft_lines
from programmes.services.first_plan import agree_as_first
from programmes.services.outline_writing import BATCH
from programmes.services.plan_asking import TITLE
from programmes.services.plan_compare import Outcome, compare
from programmes.services.plan_leaving import BECAUSE
from programmes.services.plan_links import write_links
from programmes.services.plan_preview import Change, PlanPreview
from programmes.services.rows import hold_plans

__all__ = ["Change", "PlanPreview", "hold_for", "import_plan", "preview_plan"]

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
    rows = PlanItem.objects.filter(pk__in=[item.pk for item in outcome.removed])
    rows.update(removed_at=DatabaseNow(), removed_because=BECAUSE)
    moment = clock.database_moment()
    for item in outcome.removed:
        item.removed_at = moment


def _agree(outcome: Outcome) -> None:
    """The rows of a programme that has no baseline yet are its first plan."""
    items = [item for item, _ in outcome.parents]
    if items and not Baseline.objects.filter(programme=outcome.programme).exists():
        # Rows that people put in and the file leaves out are agreed too, at the dates they have.
        agree_as_first(programme=outcome.programme, items=items)


def _write(outcome: Outcome) -> None:
    """Create, then update no field that stays: a bulk update costs each of its fields in every row."""
    _create(outcome)
    moved = {item.pk for item in outcome.changed}
    fields = set(outcome.fields)
    to_update = []
    for item, parent in outcome.parents:
        if item.parent_id != (parent.pk if parent else None):
            item.parent = parent
            fields.add("parent")
        elif item.pk not in moved:
            continue
        to_update.append(item)
    if to_update:
        PlanItem.objects.bulk_update(to_update, sorted(fields), batch_size=BATCH)


def _create(outcome: Outcome) -> None:
    """The new rows, level by level, so that the row each hangs on has its key by then."""
    waiting = [(item, parent) for item, parent in outcome.parents if item.pk is None]
    while waiting:
        ready = [(item, parent) for item, parent in waiting if parent is None or parent.pk]
        waiting = [(item, parent) for item, parent in waiting if parent and not parent.pk]
        for item, parent in ready:
            item.parent = parent
        PlanItem.objects.bulk_create([item for item, _ in ready], batch_size=BATCH)
