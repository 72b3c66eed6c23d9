"""A plan and what was said of it, as they stood at a moment.

What these name (a programme, a post, a board, a person) is called as it is called now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from icp.audit.as_at import as_they_stood, row_of
from programmes.models import ItemBoard, Period, Place, PlanItem, Programme, Status
from programmes.models.cycle import FROZEN_STATES, LIVE_STATES
from programmes.models.plan import PlanItemQuerySet
from programmes.selectors.periods import PeriodsNow
from programmes.selectors.rows import JudgedRow, judge_row


def items_as_they_stood(*, places: QuerySet[Place], at: datetime) -> PlanItemQuerySet:
    """Copies of the rows of these places; those removed from the plan by then are among them."""
    copies: PlanItemQuerySet = as_they_stood(PlanItem, at=at, queryset=PlanItemQuerySet)
    return copies.filter(programme__place__in=places)


def statuses_as_they_stood(*, places: QuerySet[Place], at: datetime) -> QuerySet[Any]:
    """Copies of the statuses of these places."""
    copies: QuerySet[Any] = as_they_stood(Status, at=at)
    return copies.filter(period__place__in=places)


def live_periods_then(*, places: QuerySet[Place], at: datetime) -> list[Period]:
    """The periods that were not closed at ``at``, earliest first."""
    copies = as_they_stood(Period, at=at).filter(place__in=places, state__in=LIVE_STATES)
    return [row_of(copy) for copy in copies.order_by("ends_on", "pgh_id")]


def periods_then(*, place: Place, at: datetime) -> PeriodsNow:
    """The period that leads reported on at ``at``, and the last that was closed by then."""
    copies = as_they_stood(Period, at=at).filter(place=place).order_by("ends_on", "pgh_id")
    periods = [row_of(copy) for copy in copies]
    live = [period for period in periods if period.state in LIVE_STATES]
    frozen = [period for period in periods if period.state in FROZEN_STATES]
    return PeriodsNow(live[0] if live else None, frozen[-1] if frozen else None)


def with_statuses_then(
    copies: Iterable[Any], *, places: QuerySet[Place], at: datetime
) -> list[PlanItem]:
    """The rows of these copies, each with ``live_statuses`` of the periods that were open then. Two queries."""
    items: list[PlanItem] = [row_of(copy) for copy in copies]
    periods = {period.pk: period for period in live_periods_then(places=places, at=at)}
    said = (
        statuses_as_they_stood(places=places, at=at)
        .filter(item__in=[item.pk for item in items], period__in=list(periods))
        .select_related("decision_from", "updated_by")
    )
    found: dict[int, list[Status]] = {item.pk: [] for item in items}
    for status in map(row_of, said):
        status.period = periods[status.period_id]
        found[status.item_id].append(status)
    for item in items:
        item.live_statuses = found[item.pk]  # type: ignore[attr-defined]
    return items


def with_boards_then(items: list[PlanItem], *, at: datetime) -> list[PlanItem]:
    """The rows, each with ``sent_to``: the boards it went to then. One query."""
    copies = as_they_stood(ItemBoard, at=at).filter(item__in=[item.pk for item in items])
    found: dict[int, list[ItemBoard]] = {item.pk: [] for item in items}
    beside = copies.select_related("board").order_by("board__order", "board__name", "board_id")
    for one in map(row_of, beside):
        found[one.item_id].append(one)
    for item in items:
        item.sent_to = found[item.pk]  # type: ignore[attr-defined]
    return items


@dataclass(frozen=True)
class RowThen:
    """One row as it stood: ``said`` are its statuses, newest period first; ``above`` the headings over it."""

    item: PlanItem
    row: JudgedRow
    said: list[Status]
    above: list[PlanItem]
    period: Period | None
    last: Period | None
    today: date


def row_then(*, programme: Programme, plan_id: str, at: datetime) -> RowThen | None:
    """The row of that number as it stood; None when there was none yet. The caller may see the programme."""
    place = programme.place
    places = Place.objects.filter(pk=place.pk)
    copies = items_as_they_stood(places=places, at=at).filter(programme=programme)
    copy = copies.select_related("owner").filter(plan_id=plan_id).first()
    if copy is None:
        return None
    item: PlanItem = row_of(copy)
    item.programme = programme
    said = _said(item, places=places, at=at)
    now = periods_then(place=place, at=at)
    today = timezone.localtime(at).date()
    by_period = {status.period_id: status for status in said}
    status = by_period.get(now.period.pk) if now.period else None
    last = _last_of(said, now.last)
    row = judge_row(item, status=status, last=last, place=place, today=today)
    return RowThen(item, row, said, _above(item, copies), now.period, now.last, today)


def _last_of(said: list[Status], up_to: Period | None) -> Status | None:
    """As :func:`programmes.selectors.last_said.last_said`, of statuses that are at hand, newest first."""
    earlier = (one for one in said if up_to and one.period.ends_on <= up_to.ends_on)
    return next(earlier, None)


def _said(item: PlanItem, *, places: QuerySet[Place], at: datetime) -> list[Status]:
    copies = statuses_as_they_stood(places=places, at=at).filter(item=item.pk)
    beside = ("period", "updated_by", "decision_from", "corrects__period")
    found = [row_of(one) for one in copies.select_related(*beside).order_by("-period__ends_on")]
    for status in found:
        status.item = item
    return found


def _above(item: PlanItem, copies: PlanItemQuerySet) -> list[PlanItem]:
    """The headings over the row, outermost first, as they stood. One query."""
    by_key = {copy.id: copy for copy in copies.filter(outline_level__lt=item.outline_level)}
    above: list[PlanItem] = []
    parent = item.parent_id
    while parent in by_key:
        heading = row_of(by_key.pop(parent))
        heading.programme = item.programme
        above.insert(0, heading)
        parent = heading.parent_id
    return above
