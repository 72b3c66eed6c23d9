"""A plan as the file that the import reads: exported and imported again, it changes nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from programmes.importers.plan import COLUMNS, OPTIONAL, TBC
from programmes.models import Place, PlanItem, Programme
from programmes.models.plan import PlanItemQuerySet

HEADINGS = (*COLUMNS, *OPTIONAL)


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
        )


def _day(day: date | None, *, tbc: bool) -> date | str:
    return day or (TBC if tbc else "")
