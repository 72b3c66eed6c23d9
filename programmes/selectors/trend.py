"""What was expected of rows at each period's end: a page of rows at a time, or summed by programme in the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from programmes.models import (
    AgreedDates,
    ItemKind,
    Level,
    Period,
    Place,
    PlanItem,
    Programme,
    Status,
)
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import Rag
from programmes.rules.trend import Expected, Trend, expected_finish

ENDS_SHOWN = 6
LATEST = date(9999, 12, 31)

# For each day and programme the rows late by then and their calendar days beyond the agreed finish: `rules.rag.slip`
# over all rows at once. What was agreed and what was said hold from their day to the next of the same row.
SLIPS = """
WITH days AS (SELECT * FROM unnest(%(days)s::date[], %(heard)s::date[]) AS d(as_at, heard)),
agreed AS (
    SELECT a.item_id, a.finish, a.removed, (b.agreed_at AT TIME ZONE 'Europe/London')::date AS since,
           lead((b.agreed_at AT TIME ZONE 'Europe/London')::date) OVER of_row AS until
    FROM programmes_agreeddates a JOIN programmes_baseline b ON b.id = a.baseline_id
    WHERE b.programme_id = ANY(%(programmes)s)
    WINDOW of_row AS (PARTITION BY a.item_id ORDER BY b.number)
),
said AS (
    SELECT s.item_id, p.ends_on AS since, lead(p.ends_on) OVER of_row AS until,
           array_agg(s.rag) FILTER (WHERE s.rag IS NOT NULL) OVER of_row AS rags,
           array_agg(s.forecast_finish) FILTER (WHERE s.forecast_finish IS NOT NULL) OVER of_row AS forecasts,
           array_agg(s.actual_finish) FILTER (WHERE s.actual_finish IS NOT NULL) OVER of_row AS actuals
    FROM programmes_status s JOIN programmes_period p ON p.id = s.period_id
    WHERE p.place_id = %(place)s
    WINDOW of_row AS (PARTITION BY s.item_id ORDER BY p.ends_on)
),
late AS (
    SELECT i.programme_id, d.as_at, CASE
        WHEN COALESCE(s.rags[array_upper(s.rags, 1)] = 'complete',
                      i.ticked AND (t.ends_on IS NULL OR t.ends_on <= d.as_at))
            THEN s.actuals[array_upper(s.actuals, 1)] - a.finish
        ELSE GREATEST(COALESCE(s.forecasts[array_upper(s.forecasts, 1)], a.finish), d.as_at) - a.finish
    END AS days
    FROM days d
    JOIN agreed a ON a.since <= d.as_at AND (a.until IS NULL OR a.until > d.as_at)
    JOIN programmes_planitem i ON i.id = a.item_id
    LEFT JOIN programmes_period t ON t.id = i.ticked_in_id
    LEFT JOIN said s ON s.item_id = i.id AND s.since <= d.heard AND (s.until IS NULL OR s.until > d.heard)
    WHERE NOT a.removed AND a.finish IS NOT NULL AND i.kind <> 'summary'
      AND (i.removed_at IS NULL OR (i.removed_at AT TIME ZONE 'Europe/London')::date > d.as_at)
)
SELECT programme_id, as_at, COALESCE(sum(days) FILTER (WHERE days > 0), 0), count(*) FILTER (WHERE days > 0)
FROM late GROUP BY programme_id, as_at
"""


@dataclass(frozen=True)
class Column:
    """A day at which expectations are told: a period's end, or today. ``heard`` is the end of the last period
    whose statuses count: what is said of a month that still runs is known today.
    """

    as_at: date
    words: str
    heard: date


@dataclass(frozen=True)
class SlipSum:
    """The rows of a programme that were late on a day, and their calendar days together."""

    days: int
    rows: int


def columns_of(*, place: Place, today: date) -> list[Column]:
    """The ends of the last periods, oldest first, then today. One query."""
    ended = Period.objects.filter(place=place, ends_on__lt=today).newest_first()[:ENDS_SHOWN]
    columns = [Column(one.ends_on, one.name, one.ends_on) for one in reversed(ended)]
    return [*columns, Column(today, "Today", LATEST)]


def milestones_of(*, programme: Programme) -> PlanItemQuerySet:
    """The milestones of a plan, in its order."""
    rows = PlanItem.objects.filter(programme=programme, kind=ItemKind.MILESTONE).counted()
    return rows.in_plan_order()


def promoted_rows(*, items: PlanItemQuerySet) -> PlanItemQuerySet:
    """Those of ``items`` that are shown beyond their programme."""
    rows = items.filter(programme__in_scope=True).counted()
    return rows.filter(~Q(level=Level.PROGRAMME)).in_plan_order()


def trends_of(items: Sequence[PlanItem], *, columns: Sequence[Column]) -> list[Trend]:
    """What was expected of each row on each day. Two queries; ``items`` need ``programme`` and ``ticked_in``."""
    keys = [item.pk for item in items]
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for status in (
        Status.objects.filter(item__in=keys)
        .order_by("period__ends_on", "pk")
        .values("item_id", "period__ends_on", "rag", "forecast_finish", "actual_finish")
    ):
        said[status["item_id"]].append({**status})
    agreed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for entry in (
        AgreedDates.objects.filter(item__in=keys)
        .order_by("baseline__number")
        .values("item_id", "finish", "baseline__agreed_at")
    ):
        agreed[entry["item_id"]].append({**entry})
    return [
        Trend(
            item.reference,
            tuple(_expected(item, one, said[item.pk], agreed[item.pk]) for one in columns),
        )
        for item in items
    ]


def _expected(
    item: PlanItem, column: Column, said: list[dict[str, Any]], agreed: list[dict[str, Any]]
) -> Expected:
    as_at = column.as_at
    by_then = [one for one in agreed if _day(one["baseline__agreed_at"]) <= as_at]
    if not by_then:
        return Expected(as_at, None)
    heard = [one for one in said if one["period__ends_on"] <= column.heard]
    complete = _is_complete(item, heard, as_at)
    actual = _latest(heard, "actual_finish") if complete else None
    found = expected_finish(
        agreed=by_then[-1]["finish"],
        forecast=actual or _latest(heard, "forecast_finish"),
        complete=complete,
        as_at=as_at,
    )
    return Expected(as_at, found)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _is_complete(item: PlanItem, said: list[dict[str, Any]], as_at: date) -> bool:
    rag = _latest(said, "rag")
    if rag:
        return bool(rag == Rag.COMPLETE)
    return item.ticked and (item.ticked_in is None or item.ticked_in.ends_on <= as_at)


def _latest(said: list[dict[str, Any]], name: str) -> Any:
    return next((one[name] for one in reversed(said) if one[name]), None)


def slip_sums(
    *, place: Place, programmes: Sequence[int], columns: Sequence[Column]
) -> dict[tuple[int, date], SlipSum]:
    """By programme and day. A day before anything was agreed is not in it. One query."""
    given: dict[str, Any] = {
        "place": place.pk,
        "programmes": list(programmes),
        "days": [column.as_at for column in columns],
        "heard": [column.heard for column in columns],
    }
    with connection.cursor() as cursor:
        cursor.execute(SLIPS, given)
        return {(key, day): SlipSum(int(days), rows) for key, day, days, rows in cursor.fetchall()}
