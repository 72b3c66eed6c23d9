"""A programme's plan, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Max, Min, Q
from django.db.models.expressions import RawSQL

from icp.common.prepared import prepared
from programmes.models import Period, PlanItem, Programme, Return
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.outline import Span
from programmes.rules.timeline import Timeline, timeline_over

# What the tasks and milestones below each of some summaries span: `rules.outline.spans_children` by one scan.
BELOW = """
SELECT s.id,
       min(d.start) FILTER (WHERE d.start IS NOT NULL AND d.finish IS NOT NULL),
       max(d.finish)
FROM programmes_planitem s
CROSS JOIN LATERAL (
    SELECT coalesce(
        (SELECT n.position FROM programmes_planitem n
         WHERE n.programme_id = s.programme_id AND n.position > s.position
           AND n.outline_level <= s.outline_level
         ORDER BY n.position LIMIT 1), 2147483647) AS stop
) e
JOIN programmes_planitem d
  ON d.programme_id = s.programme_id AND d.position > s.position AND d.position < e.stop
 AND d.kind <> 'summary' AND d.removed_at IS NULL
WHERE s.id = ANY(%s)
GROUP BY s.id
"""

# A row of the outline and all that it stands under.
ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM programmes_planitem WHERE id = %s
    UNION ALL
    SELECT i.id, i.parent_id FROM programmes_planitem i JOIN above ON i.id = above.parent_id
)
SELECT id FROM above
"""


# Some rows of a plan and every heading that any of them stands under.
WITH_HEADINGS = """
WITH RECURSIVE kept AS (
    SELECT id, parent_id FROM programmes_planitem WHERE id IN ({rows})
    UNION
    SELECT i.id, i.parent_id FROM programmes_planitem i JOIN kept ON i.id = kept.parent_id
)
SELECT id FROM kept
"""


def with_headings(rows: PlanItemQuerySet, *, among: PlanItemQuerySet) -> PlanItemQuerySet:
    """Those of the plan's rows ``among`` that are in ``rows`` or that one of them stands under, at any depth:
    a filtered outline still says under what a row stands.
    """
    try:
        sql, given = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return among.none()
    kept = RawSQL(WITH_HEADINGS.format(rows=sql), given)  # noqa: S611 # nosec B611 - compiled by the ORM, its values are parameters
    return among.filter(pk__in=kept)


def plan_rows(*, programme: Programme, deepest: int | None = None) -> PlanItemQuerySet:
    """The rows in the author's order; ``deepest`` leaves out those below that outline level."""
    rows = PlanItem.objects.filter(programme=programme).present().order_by("position")
    return rows.filter(outline_level__lte=deepest) if deepest else rows


@dataclass(frozen=True)
class PlanExtent:
    """How long a plan is, in rows and in time; ``first`` and ``last`` are None where it has no date."""

    rows: int
    first: date | None
    last: date | None

    def timeline(self, *, with_days: Iterable[date | None]) -> Timeline | None:
        """The months from the plan's first date to its last, ``with_days`` among them."""
        if self.first is None:
            return None
        return timeline_over([self.first, self.last, *with_days])


def plan_extent(*, programme: Programme, deepest: int | None = None) -> PlanExtent:
    """The number of :func:`plan_rows`, and the plan's first date and its last. One query."""
    found = _extent(deepest, programme=programme.pk)
    rows, *days = found[0] if found else (0,)
    known = [day for day in days if day]
    return PlanExtent(rows, min(known, default=None), max(known, default=None))


@prepared
def _extent(deepest: int | None, /, *, programme: int) -> Any:
    rows = PlanItem.objects.filter(programme=programme).present().order_by().values("programme_id")
    shown = Q(outline_level__lte=deepest) if deepest else Q()
    ends = (Min("start"), Min("finish"), Max("start"), Max("finish"), Max("forecast_finish"))
    counted = rows.annotate(shown=Count("pk", filter=shown))
    return counted.values_list("shown", *ends)


class Inside(NamedTuple):
    """A programme that is reported inside another."""

    code: str
    name: str


def programmes_inside(programme: Programme) -> list[Inside]:
    """In the place's order. One query."""
    return [Inside(*found) for found in _inside(programme=programme.pk)]


@prepared
def _inside(*, programme: int) -> Any:
    found = Programme.objects.filter(parent=programme).order_by("order", "pk")
    return found.values_list(*Inside._fields)


def return_state(*, programme: Programme, period: Period | None) -> str:
    """How the programme's return of the period stands; nothing where it has not begun. One query."""
    found = _return(programme=programme.pk, period=period.pk) if period else []
    return found[0][0] if found else ""


@prepared
def _return(*, programme: int, period: int) -> Any:
    return Return.objects.filter(programme=programme, period=period).values_list("state")


def spans_below(summaries: list[PlanItem]) -> dict[int, Span]:
    """For each summary what the rows below it span, at any depth. One query."""
    if not summaries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [[item.pk for item in summaries]])
        return {pk: Span(start, finish) for pk, start, finish in cursor.fetchall()}


def rows_above(item: PlanItem) -> list[PlanItem]:
    """The headings a row stands under, outermost first. One query, however deep the outline."""
    above = RawSQL(ABOVE, [item.parent_id])  # noqa: S611 # nosec B611 - the key is a parameter
    rows = PlanItem.objects.filter(pk__in=above).select_related("owner", "parent")
    return list(rows.order_by("outline_level"))
