"""What was once agreed of rows, for drawing it beside what is agreed now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from programmes.models import AgreedDates, PlanItem


class Once(StrEnum):
    """Which agreement a row is held against."""

    FIRST = "first"
    PREVIOUS = "previous"

    @property
    def words(self) -> str:
        return {"first": "first agreed", "previous": "agreed before"}[self.value]


@dataclass(frozen=True)
class WasAgreed:
    """The dates that were once agreed of a row."""

    once: Once
    start: date | None
    finish: date | None


def once_agreed(items: Iterable[PlanItem], *, once: Once) -> dict[int, WasAgreed]:
    """By the row's key what was first agreed, or last agreed before what is now. One query.

    A row of which nothing else was ever agreed is not in it.
    """
    now = {item.pk: (item.baseline_start, item.baseline_finish) for item in items}
    entries = AgreedDates.objects.filter(item__in=list(now), removed=False)
    order = "baseline__number" if once == Once.FIRST else "-baseline__number"
    found: dict[int, WasAgreed] = {}
    seen: set[int] = set()
    for key, start, finish in entries.order_by(order).values_list("item_id", "start", "finish"):
        if key in found or (once == Once.FIRST and key in seen):
            continue
        seen.add(key)
        if (start, finish) != now[key]:
            found[key] = WasAgreed(once, start, finish)
    return found
