"""Reads of the plan and the cycle. Never writes; told the date; starts from what the caller may see."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from icp.common.workingdays import england_holidays
from programmes.models import (
    Period,
    PeriodState,
    Place,
    PlanItem,
    Programme,
    Return,
    ReturnState,
    Status,
)
from programmes.models.cycle import LIVE_STATES
from programmes.rules import rag as rag_rules
from programmes.rules.rag import ProposedRag, Rag, Slip
from programmes.rules.submission import Missing, StatusFacts, missing_from


def holidays_of(place: Place) -> frozenset[date]:
    """The days besides week-ends on which nobody works, by the place's setting."""
    if place.holidays == Place.Holidays.ENGLAND:
        return england_holidays(range(2010, 2051))
    return frozenset()


def period_to_report(*, place: Place) -> Period | None:
    """The period a lead now reports on: the earliest that is not closed."""
    return Period.objects.filter(place=place, state__in=LIVE_STATES).order_by("ends_on").first()


def last_frozen_period(*, place: Place) -> Period | None:
    return Period.objects.filter(place=place).frozen().newest_first().first()


def period_before(period: Period) -> Period | None:
    return (
        Period.objects.filter(place_id=period.place_id, ends_on__lt=period.starts_on)
        .newest_first()
        .first()
    )


def returns_of(*, period: Period) -> dict[int, Return]:
    """The period's returns by programme id. A programme that has not begun has none."""
    return {found.programme_id: found for found in Return.objects.filter(period=period)}


def missing_programmes(*, period: Period) -> list[Programme]:
    """Programmes in scope whose return has not been handed in, in the place's order."""
    handed_in = Return.objects.filter(
        period=period, state__in=[ReturnState.SUBMITTED, ReturnState.SIGNED_OFF]
    )
    return list(
        Programme.objects.in_place(period.place)
        .reporting()
        .exclude(pk__in=handed_in.values("programme_id"))
        .in_order()
    )


@dataclass(frozen=True)
class ItemJudgement:
    """What the dates say of one row at a date: slip, proposal and whether it is overdue."""

    slip: Slip | None
    proposed: ProposedRag | None
    overdue: bool
    tolerance_months: int


def judge(
    item: PlanItem,
    *,
    place: Place,
    programme: Programme,
    as_at: date,
    forecast: date | None,
    actual: date | None,
    complete: bool,
) -> ItemJudgement:
    """The rules of RAG applied to one row; the caller says which forecast, actual and state count."""
    months = rag_rules.tolerance(
        place=place.tolerance_months,
        programme=programme.tolerance_months,
        item=item.tolerance_months,
    )
    return ItemJudgement(
        slip=rag_rules.slip(
            agreed=item.baseline_finish,
            forecast=forecast,
            actual=actual,
            complete=complete,
            as_at=as_at,
        ),
        proposed=rag_rules.propose(
            agreed=item.baseline_finish,
            forecast=forecast,
            actual=actual,
            complete=complete,
            as_at=as_at,
            tolerance_months=months,
        ),
        overdue=rag_rules.is_overdue(agreed=item.baseline_finish, complete=complete, as_at=as_at),
        tolerance_months=months,
    )


def facts_of(status: Status) -> StatusFacts:
    """A stored status as the rules see it."""
    return StatusFacts(
        rag=Rag(status.rag) if status.rag else None,
        percent_complete=status.percent_complete,
        forecast_finish=status.forecast_finish,
        actual_finish=status.actual_finish,
        reason=status.reason,
        get_to_green=status.get_to_green,
        decision_from=status.decision_from.short_name if status.decision_from else None,
        decision_needed=status.decision_needed,
        need_to_know=status.need_to_know,
        need_to_know_note=status.need_to_know_note,
    )


@dataclass
class UpdateRow:
    """One live row of the monthly update, with what was said last period and what the dates propose."""

    item: PlanItem
    status: Status | None
    last: Status | None
    judgement: ItemJudgement
    missing: list[Missing]

    @property
    def was_off_track(self) -> bool:
        return bool(self.last and self.last.rag in rag_rules.OFF_TRACK)


def update_rows(
    *, programme: Programme, period: Period, today: date, items: list[PlanItem] | None = None
) -> list[UpdateRow]:
    """The rows a lead reports on: tasks and milestones not complete before this period, in plan order.

    The as-at date is the period's end once it has passed, and until then today. Four queries.
    """
    place = period.place
    as_at = min(period.ends_on, today)
    before = period_before(period)
    if items is None:
        items = list(live_items(programme=programme, period=period))
    ids = [item.pk for item in items]
    statuses = {
        status.item_id: status
        for status in Status.objects.filter(period=period, item_id__in=ids).select_related(
            "decision_from", "updated_by"
        )
    }
    last = (
        {
            status.item_id: status
            for status in Status.objects.filter(period=before, item_id__in=ids).select_related(
                "decision_from"
            )
        }
        if before
        else {}
    )
    rows = []
    for item in items:
        status = statuses.get(item.pk)
        judgement = judge(
            item,
            place=place,
            programme=programme,
            as_at=as_at,
            forecast=status.forecast_finish
            if status and status.forecast_finish
            else item.forecast_finish,
            actual=status.actual_finish if status else None,
            complete=bool(status and status.rag == Rag.COMPLETE),
        )
        # A row the lead calls complete is judged by what dates propose for an open row: nothing.
        proposed = judgement.proposed.rag if judgement.proposed else None
        missing = missing_from(facts_of(status), proposed=proposed, today=today) if status else []
        rows.append(
            UpdateRow(item, status, last.get(item.pk), judgement=judgement, missing=missing)
        )
    return rows


def live_items(*, programme: Programme, period: Period):  # noqa: ANN201
    """Tasks and milestones to report on in ``period``: open ones, and those completed in it."""
    return (
        PlanItem.objects.filter(programme=programme)
        .counted()
        .filter(
            Q(is_complete=False)
            | Q(pk__in=Status.objects.filter(period=period, rag=Rag.COMPLETE).values("item_id"))
        )
        .select_related("programme", "parent")
        .order_by("position")
    )


def is_open_period(period: Period) -> bool:
    return period.state in (PeriodState.OPEN, PeriodState.CLOSING)
