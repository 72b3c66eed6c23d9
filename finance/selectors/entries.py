"""Every entry of a line: what was saved each time, by whom and when, out of the history that triggers keep."""

from dataclasses import dataclass
from typing import Any

from finance.models import Position
from icp.accounts.models import User


@dataclass(frozen=True)
class SavedEntry:
    """One save of a line's figures in one month."""

    month: str
    figures: Any
    who: str


def entries_of(*, positions: list[Position], at_most: int) -> list[SavedEntry]:
    """What was saved of ``positions``, the newest first. Two queries."""
    months = {one.pk: str(one.month) for one in positions}
    events = Position.pgh_event_model.objects.filter(pgh_obj_id__in=list(months))  # type: ignore[attr-defined]
    found = list(events.exclude(pgh_label="delete").order_by("-pgh_id")[:at_most])
    people = User.objects.in_bulk({one.entered_by_id for one in found if one.entered_by_id})
    return [
        SavedEntry(
            month=months[one.pgh_obj_id],
            figures=one,
            who=str(people.get(one.entered_by_id) or ""),
        )
        for one in found
    ]
