"""A plan's rows while a file is compared with them: of each no more than that needs, since they may be 100,000."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from programmes.models import ItemKind, PlanItem, Programme
from programmes.rules.outline import Span

# So many rows are read from the database, and written into it, at a time.
BATCH = 1000
# Of these most rows say the same as others: one copy is kept.
ALIKE = (str, date)


@dataclass(slots=True, eq=False)
class RowNow:
    """One row as it stands, or as a file makes it stand; ``pk`` is None for one that is new. Not yet written.

    ``earlier`` is what the file says that was agreed of it before, by number of the baseline.
    """

    programme: Programme
    pk: int | None = None
    plan_id: str = ""
    parent_id: int | None = None
    position: int = 0
    outline_level: int = 1
    kind: str = ItemKind.TASK
    name: str = ""
    start: date | None = None
    start_tbc: bool = False
    finish: date | None = None
    finish_tbc: bool = False
    baseline_start: date | None = None
    baseline_finish: date | None = None
    declared_duration: str = ""
    declared_days: int | None = None
    duration_estimated: bool = False
    scheduling: str = ""
    ticked: bool = False
    ticked_in_id: int | None = None
    owner_id: int | None = None
    tbc_from_id: int | None = None
    notes: str = ""
    removed_at: datetime | None = None
    version: int = 1
    earlier: tuple[tuple[int, Span], ...] = ()

    @property
    def reference(self) -> str:
        """What people quote: IT 11."""
        return f"{self.programme.code} {self.plan_id}"

    @property
    def is_summary(self) -> bool:
        return self.kind == ItemKind.SUMMARY

    def as_item(self) -> PlanItem:
        """As a row of the plan, to be written or asked for."""
        item = PlanItem(programme=self.programme, **{name: getattr(self, name) for name in READ})
        item._state.adding = self.pk is None
        return item


# What is read of each, by the names that a row of the plan has for it, in the order in which one is made.
READ = tuple(one.name for one in fields(RowNow) if one.name not in ("programme", "earlier"))


def rows_now(programmes: Sequence[Programme]) -> dict[int, dict[str, RowNow]]:
    """The rows of each programme by number, in plan order; removed ones too. One query."""
    by_key = {programme.pk: programme for programme in programmes}
    found: dict[int, dict[str, RowNow]] = {key: {} for key in by_key}
    rows = PlanItem.objects.filter(programme__in=by_key).order_by("programme_id", "position")
    same: dict[Any, Any] = {}
    for key, *said in rows.values_list("programme_id", *READ).iterator(chunk_size=BATCH):
        alike = (same.setdefault(one, one) if isinstance(one, ALIKE) else one for one in said)
        row = RowNow(by_key[key], *alike)
        found[key][row.plan_id] = row
    return found
