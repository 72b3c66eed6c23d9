"""A plan as the file that the import reads: exported and imported again, it changes nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from icp.common.tabular import SheetForm
from programmes.importers.plan import COLUMNS, KEPT, KINDS, LINKS, OPTIONAL, SCHEDULING, TBC
from programmes.models import Dependency, Place, PlanItem, Programme
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.predecessors import write_links

HEADINGS = (*COLUMNS, *OPTIONAL, LINKS, *KEPT)
BATCH = 1000
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
        "Predecessors: the rows that a row waits for, as IT 11 FS+2 days; EST 3 SS-5 days (FS where nothing is said).",
        "What a row waits for outside the place is not in the file, and stays.",
        "You will see every difference, and what others changed meanwhile, before anything is written.",
    ),
)


def plan_rows(*, place: Place, programme: Programme | None = None) -> PlanItemQuerySet:
    """What such a file holds: every row that was not removed, of one programme or of all, in plan order."""
    rows = PlanItem.objects.filter(programme__place=place, removed_at__isnull=True)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.select_related("programme", "owner").in_plan_order()


def cells(rows: PlanItemQuerySet) -> Iterator[tuple[Any, ...]]:
    """Each row under :data:`HEADINGS`, as its author declared it. Two queries."""
    waits_for = _waits_for(rows)
    # Not all of them at once: they may be 100,000.
    for item in rows.iterator(chunk_size=BATCH):
        waits = write_links(waits_for.get(item.pk, ()))
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
            waits,
            item.pk,
            item.version,
            waits,
        )


def _waits_for(rows: PlanItemQuerySet) -> dict[int, list[tuple[str, str, int]]]:
    """Of each row, by key: the rows of the place it waits for, with kind and lag."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    links = Dependency.objects.filter(
        successor__in=rows.order_by().values("pk"), predecessor__removed_at=None
    ).exclude(predecessor=None)
    fields = ("successor_id", "predecessor__programme__code", "predecessor__plan_id")
    for key, code, number, kind, lag in links.order_by("pk").values_list(
        *fields, "kind", "lag_days"
    ):
        found.setdefault(key, []).append((f"{code} {number}", kind, lag))
    return found


def _day(day: date | None, *, tbc: bool) -> date | str:
    return day or (TBC if tbc else "")
