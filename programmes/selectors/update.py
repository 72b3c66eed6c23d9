"""What the monthly update shows: live rows, what was said of them, and what they still lack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from programmes.models import Period, PlanItem, Programme, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import OFF_TRACK, Rag
from programmes.rules.submission import Missing, missing_from
from programmes.selectors.judgement import ItemJudgement, facts_of, judge
from programmes.selectors.last_said import last_said
from programmes.selectors.periods import period_before


@dataclass
class UpdateRow:
    """One live row of the monthly update, with what was last said of it and what the dates propose.

    ``missing`` is what stands between the row and submission, in the order of the page; ``before`` the
    period before this one, in which ``last`` was said unless its programme missed that month.
    """

    item: PlanItem
    status: Status | None
    last: Status | None
    judgement: ItemJudgement
    missing: list[Missing]
    before: Period | None = None

    @property
    def last_month(self) -> str:
        """When ``last`` was said: the month by its name where it is not the period just before; else nothing."""
        if self.last is None or (self.before and self.last.period_id == self.before.pk):
            return ""
        return self.last.period.name

    @property
    def standing_forecast(self) -> date | None:
        """The forecast of an earlier month, which an empty one leaves as it is: blank says nothing new."""
        said = self.status and (self.status.forecast_finish or self.status.actual_finish)
        return None if said or self.item.is_complete else self.item.forecast_finish

    @property
    def forecast_month(self) -> str:
        """Where the standing forecast was said, if that was where the row was last spoken of; else nothing."""
        known = self.last and self.last.forecast_finish == self.standing_forecast
        return self.last.period.name if self.last and known else ""

    @property
    def was_off_track(self) -> bool:
        return bool(self.last and self.last.rag in OFF_TRACK)

    @property
    def is_whole(self) -> bool:
        """Updated, and nothing more is wanted."""
        return self.status is not None and not self.missing


@dataclass(frozen=True)
class Progress:
    """How far a programme's return has come, in rows.

    ``lacking`` are the rows that keep it from being submitted; ``attention`` counts those
    of :func:`wants_attention`, ``copyable`` the rows whose last status may be copied, ``copyable_older``
    those among them whose last status is older than the period before, ``overdue_unsaid`` overdue rows
    without a status, which are only pointed out.
    """

    total: int
    updated: int
    attention: int
    copyable: int
    copyable_older: int
    lacking: list[UpdateRow]
    overdue_unsaid: int


def as_at_date(*, period: Period, today: date) -> date:
    """The period's end once it has passed, and until then today."""
    return min(period.ends_on, today)


def live_items(*, programme: Programme, period: Period) -> PlanItemQuerySet:
    """Tasks and milestones to report on in ``period``: open ones, and those it has a status of."""
    return (
        PlanItem.objects.filter(programme=programme)
        .counted()
        .filter(
            Q(is_complete=False) | Q(pk__in=Status.objects.filter(period=period).values("item_id"))
        )
        .select_related("programme", "parent")
        .order_by("position")
    )


def wants_attention(
    period: Period,
    *,
    programme: Programme,
    before: Period | None,
    lacking: Iterable[UpdateRow],
) -> Q:
    """Overdue, due in the period, red or amber last time, or lacking something."""
    off_track = last_said(up_to=before).off_track().filter(item__programme=programme)
    return (
        Q(baseline_finish__lte=period.ends_on)
        | Q(forecast_finish__lte=period.ends_on)
        | Q(pk__in=off_track.values("item_id"))
        | Q(pk__in=[row.item.pk for row in lacking])
    )


def update_rows(
    *,
    programme: Programme,
    period: Period,
    today: date,
    items: Iterable[PlanItem] | None = None,
    before: Period | None = None,
) -> list[UpdateRow]:
    """The rows a lead reports on, or ``items`` of them, in plan order.

    Three queries at most; two when ``before``, the period before this one, is given.
    """
    before = before or period_before(period)
    items = list(live_items(programme=programme, period=period) if items is None else items)
    statuses, last = _said(items, period=period, before=before)
    return [
        _row(
            item,
            status=statuses.get(item.pk),
            last=last.get(item.pk),
            programme=programme,
            period=period,
            before=before,
            today=today,
        )
        for item in items
    ]


def rows_again(
    rows: Iterable[UpdateRow], *, programme: Programme, period: Period, today: date
) -> list[UpdateRow]:
    """The rows judged by the statuses they hold now, after a save. No query."""
    return [
        _row(
            row.item,
            status=row.status,
            last=row.last,
            programme=programme,
            period=period,
            before=row.before,
            today=today,
        )
        for row in rows
    ]


def _said(
    items: list[PlanItem], *, period: Period, before: Period | None
) -> tuple[dict[int, Status], dict[int, Status]]:
    """What is said of the rows in ``period``, and what was last said up to ``before``. One query."""
    ids = [item.pk for item in items]
    wanted = Q(period=period)
    if before:
        wanted |= Q(pk__in=last_said(up_to=before).filter(item_id__in=ids).values("pk"))
    found = Status.objects.filter(wanted, item_id__in=ids).select_related(
        "decision_from", "updated_by", "period", "corrects__period"
    )
    now: dict[int, Status] = {}
    last: dict[int, Status] = {}
    for status in found:
        (now if status.period_id == period.pk else last)[status.item_id] = status
    return now, last


def _row(
    item: PlanItem,
    *,
    status: Status | None,
    last: Status | None,
    programme: Programme,
    period: Period,
    before: Period | None,
    today: date,
) -> UpdateRow:
    judgement = judge(
        item,
        place=period.place,
        programme=programme,
        as_at=as_at_date(period=period, today=today),
        forecast=(status and status.forecast_finish) or item.forecast_finish,
        actual=status.actual_finish if status else None,
        complete=bool(status and status.rag == Rag.COMPLETE),
    )
    row = UpdateRow(item, status, last, judgement=judgement, missing=[], before=before)
    if status and not status.says_nothing:
        proposed = judgement.proposed.rag if judgement.proposed else None
        row.missing = missing_from(facts_of(status), proposed=proposed, today=today)
    elif row.was_off_track and last:
        # Silence about a row that was off track would read as if it were on track again.
        when = f"in {row.last_month}" if row.last_month else "last month"
        row.missing = [Missing("rag", f"It was {last.rag} {when}: say how it stands now.")]
    return row


def rows_lacking(
    *, programme: Programme, period: Period, today: date, before: Period | None = None
) -> list[UpdateRow]:
    """The rows that keep the return from being submitted. Reads only rows that could."""
    before = before or period_before(period)
    said = Status.objects.filter(period=period).values("item_id")
    off_track = last_said(up_to=before).off_track().filter(item__programme=programme)
    items = live_items(programme=programme, period=period).filter(
        Q(pk__in=said) | Q(pk__in=off_track.values("item_id"))
    )
    rows = update_rows(programme=programme, period=period, today=today, items=items, before=before)
    return [row for row in rows if row.missing]


def progress_of(
    *, programme: Programme, period: Period, today: date, before: Period | None = None
) -> Progress:
    """How far the programme's return has come. Five queries at most."""
    before = before or period_before(period)
    items = live_items(programme=programme, period=period)
    lacking = rows_lacking(programme=programme, period=period, today=today, before=before)
    here = Status.objects.filter(item__programme=programme)
    said = Q(pk__in=here.filter(period=period).saying_something().values("item_id"))
    # Whatever was said up to the period before makes a last word; one that is older than that period is the
    # last only where it is silent.
    earlier = (
        here.filter(period__place_id=period.place_id, period__ends_on__lte=before.ends_on)
        if before
        else here.none()
    )
    was_said = Q(pk__in=earlier.values("item_id"))
    older = was_said & ~Q(pk__in=here.filter(period=before).values("item_id"))
    overdue = Q(baseline_finish__lte=as_at_date(period=period, today=today))
    attention = wants_attention(period, programme=programme, before=before, lacking=lacking)
    counted = items.order_by().aggregate(
        total=Count("pk"),
        updated=Count("pk", filter=said),
        overdue_unsaid=Count("pk", filter=overdue & ~said),
        copyable=Count("pk", filter=was_said & ~said),
        copyable_older=Count("pk", filter=older & ~said),
        attention=Count("pk", filter=attention),
    )
    return Progress(lacking=lacking, **counted)
