"""Saving what a lead says of a row, as they go."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from programmes.errors import CannotSave, StaleStatus
from programmes.models import Period, PlanItem, Return, ReturnState, Status

# What a lead fills in; everything else on a status is bookkeeping.
FIELDS = (
    "rag",
    "percent_complete",
    "forecast_finish",
    "actual_finish",
    "reason",
    "get_to_green",
    "decision_from",
    "decision_needed",
    "need_to_know",
    "need_to_know_note",
)
SHARED = ("reason", "get_to_green")
CARRIED = (
    "rag",
    "percent_complete",
    "reason",
    "get_to_green",
    "decision_from",
    "decision_needed",
    "need_to_know",
    "need_to_know_note",
)


@transaction.atomic
def record_status(
    *,
    item: PlanItem,
    period: Period,
    by: User,
    at: datetime,
    expected_version: int,
    values: Mapping[str, Any],
    corrects: Status | None = None,
    correction_note: str = "",
) -> Status:
    """Save ``values`` (any of :data:`FIELDS`) as the row's status in ``period``.

    ``expected_version`` is the version the person was looking at: 0 where there was no status yet.
    Saving what is stored already changes nothing. Saves of one return wait for each other.

    Raises:
        CannotSave: the period is closed, the return is handed in, or the row takes no status.
        StaleStatus: another person saved since; carries what is stored.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"Not fields of a status: {', '.join(sorted(unknown))}")
    if item.is_summary or item.removed_at:
        raise CannotSave(f"{item.reference} is a heading or was removed: it takes no status.")
    open_return(programme_id=item.programme_id, period=period)
    status = Status.objects.filter(item=item, period=period).first()
    if status and all(getattr(status, name) == value for name, value in values.items()):
        return status
    stored_version = status.version if status else 0
    if stored_version != expected_version:
        raise StaleStatus(
            f"{item.reference} was changed by {status.updated_by if status else 'somebody'} "
            "while you were editing. Both are shown: choose which to keep.",
            current=status,
        )
    status = status or Status(item=item, period=period, version=0)
    for name, value in values.items():
        setattr(status, name, value)
    if corrects is not None:
        status.corrects, status.correction_note = corrects, correction_note
    return _save(status, by=by, at=at)


@transaction.atomic
def copy_last_status(
    *, items: Iterable[PlanItem], period: Period, last: Period, by: User, at: datetime
) -> int:
    """Say of each row what was said last period, where nothing has been said yet. Returns how many.

    A row that has a status keeps its RAG, and gets last period's reason and plan where its own are empty.

    Raises:
        CannotSave: the period is closed or the return is handed in.
    """
    items = list(items)
    if not items:
        return 0
    open_return(programme_id=items[0].programme_id, period=period)
    before = {s.item_id: s for s in Status.objects.filter(period=last, item__in=items)}
    current = {s.item_id: s for s in Status.objects.filter(period=period, item__in=items)}
    copied = 0
    for item in items:
        source = before.get(item.pk)
        if source is None:
            continue
        status = current.get(item.pk)
        if status is None:
            status = Status(item=item, period=period, version=0)
            changes = {name: getattr(source, name) for name in CARRIED}
        else:
            changes = {
                name: getattr(source, name)
                for name in ("rag", *SHARED)
                if not getattr(status, name) and getattr(source, name)
            }
        if changes:
            for name, value in changes.items():
                setattr(status, name, value)
            _save(status, by=by, at=at)
            copied += 1
    return copied


@transaction.atomic
def share_reason(*, source: Status, items: Iterable[PlanItem], by: User, at: datetime) -> int:
    """Give other rows of the same return the source's reason and plan; its RAG where they have none.

    Returns how many rows changed.

    Raises:
        CannotSave: a row is of another programme, the period is closed, or the return is handed in.
    """
    items = [item for item in items if item.pk != source.item_id]
    if any(item.programme_id != source.item.programme_id for item in items):
        raise CannotSave("One reason can be shared by rows of one programme only.")
    open_return(programme_id=source.item.programme_id, period=source.period)
    current = {s.item_id: s for s in Status.objects.filter(period=source.period, item__in=items)}
    changed = 0
    for item in items:
        status = current.get(item.pk) or Status(item=item, period=source.period, version=0)
        wanted = {name: getattr(source, name) for name in SHARED}
        if not status.rag:
            wanted["rag"] = source.rag
        if any(getattr(status, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(status, name, value)
            _save(status, by=by, at=at)
            changed += 1
    return changed


def open_return(*, programme_id: int, period: Period) -> Return:
    """The programme's return, locked and marked in hand. Call inside a transaction.

    Raises:
        CannotSave: the period is closed, or the return is handed in.
    """
    # The database checks again, under a lock, when the row is written.
    if not Period.objects.filter(pk=period.pk).live().exists():
        raise CannotSave(
            f"{period.name} is closed. Put the correction into the open period, and say what it corrects."
        )
    found, _ = Return.objects.select_for_update().get_or_create(
        programme_id=programme_id, period=period
    )
    if not found.is_editable:
        raise CannotSave(
            f"This return is {found.get_state_display().lower()}. Recall it to change a row."
        )
    if found.state == ReturnState.NOT_STARTED:
        found.state = ReturnState.IN_HAND
        found.save(update_fields=["state"])
    return found


def _save(status: Status, *, by: User, at: datetime) -> Status:
    status.version += 1
    status.updated_by, status.updated_at = by, at
    status.save()
    return status
