"""Saving what a lead says of a row, as they go."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from programmes.errors import CannotSave, StaleStatus
from programmes.models import Period, PlanItem, Return, ReturnState, Status
from programmes.models.cycle import FROZEN_STATES, LIVE_STATES
from programmes.selectors.last_said import last_said

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
# What links a status to the frozen one that it puts right.
CORRECTION = ("corrects", "correction_note")
SHARED = ("reason", "get_to_green")
# Not the decision asked of a board, nor what it needs to know: it has been told once.
CARRIED = ("rag", "percent_complete", "reason", "get_to_green")


@transaction.atomic
def record_status(
    *,
    item: PlanItem,
    period: Period,
    by: User,
    at: datetime,
    expected_version: int,
    values: Mapping[str, Any],
) -> Status:
    """Save ``values`` (any of :data:`FIELDS` and :data:`CORRECTION`) as the row's status in ``period``.

    ``expected_version`` is the version the person was looking at: 0 where there was no status yet.
    Saving what is stored already changes nothing. Saves of one return wait for each other.

    Raises:
        CannotSave: the period is closed, the return is handed in, the row takes no status, ``values`` say
            nothing, or what it corrects is not a closed period's status of the same row.
        StaleStatus: another person saved since; carries what is stored.
    """
    unknown = set(values) - {*FIELDS, *CORRECTION}
    if unknown:
        raise TypeError(f"Not fields of a status: {', '.join(sorted(unknown))}")
    _check_item(item)
    _check_correction(item, values.get("corrects"))
    found = open_return(programme_id=item.programme_id, period=period)
    beside = ("updated_by", "decision_from", "period", "corrects__period")
    status = Status.objects.select_related(*beside).filter(item=item, period=period).first()
    if _says_already(status, values):
        if status is None:
            raise CannotSave(f"Nothing is said of {item.reference} yet, so nothing was saved.")
        return status
    if (status.version if status else 0) != expected_version:
        raise StaleStatus(
            f"{item.reference} was changed by {status.updated_by if status else 'somebody'} "
            "while you were editing. Both are shown: choose which to keep.",
            current=status,
        )
    status = status or Status(item=item, period=period, version=0)
    return _save(status, found, changes=values, by=by, at=at)


def check_takes_status(*, item: PlanItem, period: Period) -> None:
    """Whether a status of the row could be saved now, by what does not depend on the status. Writes nothing.

    Raises:
        CannotSave: as :func:`record_status`: the row takes none, the period is closed, or the return is handed in.
    """
    _check_item(item)
    _check_live(period)
    found = Return.objects.filter(programme_id=item.programme_id, period=period).first()
    if found:
        _check_editable(found)


def _check_item(item: PlanItem) -> None:
    if item.is_summary or item.removed_at:
        raise CannotSave(f"{item.reference} is a heading or was removed: it takes no status.")


def _check_live(period: Period) -> None:
    """Refuse a closed period."""
    if period.state not in LIVE_STATES:
        raise CannotSave(
            f"{period.name} is closed. Put the correction into the open period, and say what it corrects."
        )


def _check_editable(found: Return) -> None:
    if not found.is_editable:
        raise CannotSave(
            f"This return is {found.get_state_display().lower()}. Recall it to change a row."
        )


def _says_already(status: Status | None, values: Mapping[str, Any]) -> bool:
    said = status or Status()
    return all(getattr(said, name) == value for name, value in values.items())


def _check_correction(item: PlanItem, corrected: Status | None) -> None:
    if corrected is None:
        return
    if corrected.item_id != item.pk or corrected.period.state not in FROZEN_STATES:
        raise CannotSave(
            f"{item.reference} can only correct what a closed period says of this same row."
        )


@transaction.atomic
def copy_last_status(
    *, items: Iterable[PlanItem], period: Period, last: Period, by: User, at: datetime
) -> int:
    """Say of each row what was last said in ``last`` or an earlier period, where nothing has been said yet. Returns how many.

    A row that has a status keeps its RAG, and gets the earlier reason and plan where its own are empty.

    Raises:
        CannotSave: the period is closed or the return is handed in.
    """
    items = list(items)
    if not items:
        return 0
    found = open_return(programme_id=items[0].programme_id, period=period)
    before = {s.item_id: s for s in last_said(up_to=last).filter(item__in=items)}
    current = {s.item_id: s for s in Status.objects.filter(period=period, item__in=items)}
    copied = 0
    for item in items:
        source, status = before.get(item.pk), current.get(item.pk)
        if source is None:
            continue
        changes = _to_carry(source, status)
        if changes:
            status = status or Status(item=item, period=period, version=0)
            _save(status, found, changes=changes, by=by, at=at)
            copied += 1
    return copied


def _to_carry(source: Status, status: Status | None) -> dict[str, Any]:
    if status is None:
        return {name: getattr(source, name) for name in CARRIED}
    return {
        name: getattr(source, name)
        for name in ("rag", *SHARED)
        if not getattr(status, name) and getattr(source, name)
    }


@transaction.atomic
def share_reason(*, source: Status, items: Iterable[PlanItem], by: User, at: datetime) -> int:
    """Give other rows of the same return the source's reason and plan; its RAG where they have none.

    Returns how many rows changed.

    Raises:
        CannotSave: a row is of another programme, is a heading or was removed, the period is closed, or
            the return is handed in.
    """
    items = [item for item in items if item.pk != source.item_id]
    if any(item.programme_id != source.item.programme_id for item in items):
        raise CannotSave("One reason can be shared by rows of one programme only.")
    if any(item.is_summary or item.removed_at for item in items):
        raise CannotSave("A heading or a removed row takes no status.")
    found = open_return(programme_id=source.item.programme_id, period=source.period)
    current = {s.item_id: s for s in Status.objects.filter(period=source.period, item__in=items)}
    changed = 0
    for item in items:
        status = current.get(item.pk) or Status(item=item, period=source.period, version=0)
        wanted = {name: getattr(source, name) for name in SHARED}
        if not status.rag:
            wanted["rag"] = source.rag
        if not _says_already(status, wanted):
            _save(status, found, changes=wanted, by=by, at=at)
            changed += 1
    return changed


def lock_period(period: Period) -> Period:
    """The period as it is now, held open until the transaction ends. Call inside a transaction.

    A close waits for those who hold it, and they for a close: the order of locks is always period,
    return, status, so that nobody waits in a ring.
    """
    found = Period.objects.raw(
        "SELECT * FROM programmes_period WHERE id = %s FOR SHARE", [period.pk]
    )
    return found[0]


def locked_return(*, programme_id: int, period: Period) -> Return:
    """The programme's return, made if there is none yet, and locked. Call inside a transaction.

    Raises:
        CannotSave: the period is closed.
    """
    _check_live(lock_period(period))
    found, _ = Return.objects.select_for_update().get_or_create(
        programme_id=programme_id, period=period
    )
    return found


def open_return(*, programme_id: int, period: Period) -> Return:
    """The same, and open for editing.

    Raises:
        CannotSave: the period is closed, or the return is handed in.
    """
    found = locked_return(programme_id=programme_id, period=period)
    _check_editable(found)
    return found


def _save(
    status: Status, found: Return, *, changes: Mapping[str, Any], by: User, at: datetime
) -> Status:
    if found.state == ReturnState.NOT_STARTED:
        found.state = ReturnState.IN_HAND
        found.save(update_fields=["state"])
    for name, value in changes.items():
        setattr(status, name, value)
    if status.decision_needed and status.decision_from is None:
        raise CannotSave("Choose the board that is asked to decide.")
    status.version += 1
    status.updated_by, status.updated_at = by, at
    status.save()
    return status
