"""A plan as the file that the import reads: exported and imported again, it changes nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from icp.common.tabular import SheetForm
from programmes.importers.plan import COLUMNS, KEPT, KINDS, OPTIONAL, SCHEDULING, TBC
from programmes.models import Place, PlanItem, Programme
from programmes.models.plan import PlanItemQuerySet

HEADINGS = (*COLUMNS, *OPTIONAL, *KEPT)
# How the workbook guards what is not to be edited; CSV has no such guard.
FORM = SheetForm(
    hidden=KEPT,
    locked=KEPT,
    choices={"kind": KINDS, "scheduling": SCHEDULING, "complete": ("yes", "no")},
    instructions=(
        "This is the plan as it stood when the file was downloaded.",
        "Change what you like, add rows where they belong, and bring the file back under Import.",
        "A new row needs a programme, a number of its own, an outline level, a kind and a name.",
        "A row keeps its programme and its number. A row that you delete here stays in the plan.",
        "Dates: 28/2/2020, tbc where a date is to be confirmed, or nothing.",
        "You will see every difference, and what others changed meanwhile, before anything is written.",
    ),
)


def plan_rows(*, place: Place, programme: Programme | None = None) -> PlanItemQuerySet:
    """What such a file holds: every row that was not removed, of one programme or of all, in plan order."""
    rows = PlanItem.objects.filter(programme__place=place, removed_at__isnull=True)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.select_related("programme", "owner").in_plan_order()


def cells(rows: Iterable[PlanItem]) -> Iterator[tuple[Any, ...]]:
    """Each row under :data:`HEADINGS`, as its author declared it."""
    for item in rows:
        yield (
            item.programme.code,
            item.plan_id,
            item.outline_level,
            item.kind,
            item.name,
            item.declared_duration,
            _day(item.start, tbc=item.start_tbc),
            _day(item.finish, tbc=item.finish_tbc),
            item.ticked,
            item.scheduling,
            item.owner.title if item.owner else "",
            item.notes,
            item.pk,
            item.version,
        )


def _day(day: date | None, *, tbc: bool) -> date | str:
    return day or (TBC if tbc else "")
