"""Which risks moved: by their current score since a moment, and on the map between two days."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, OuterRef, QuerySet, SmallIntegerField, Subquery
from django.db.models.expressions import RawSQL

from programmes.models import Place
from risks.models import Score, Which
from risks.models.risk import RiskQuerySet
from risks.rules.heat import Step
from risks.selectors.lines import start_of

# The risks of a place, each beside the current score that it had just before a moment: one look through the scores,
# where asking of every risk by itself takes ten times as long.
MOVED = """
SELECT r.id
FROM risks_risk r
LEFT JOIN (
    SELECT DISTINCT ON (risk_id) risk_id, score
    FROM risks_score
    WHERE which = 'current' AND given_at < %s
    ORDER BY risk_id, given_at DESC, id DESC
) was ON was.risk_id = r.id
WHERE r.place_id = %s AND (was.risk_id IS NOT NULL OR r.created_at < %s) {existed} AND {moved}
"""
HOW = {
    "new": ("IS FALSE", "TRUE"),
    "same": ("IS TRUE", "r.current IS NOT DISTINCT FROM was.score"),
    "up": (
        "IS TRUE",
        "(r.current > was.score OR (r.current IS NOT NULL AND was.score IS NULL))",
    ),
    "down": (
        "IS TRUE",
        "(r.current < was.score OR (r.current IS NULL AND was.score IS NOT NULL))",
    ),
}

Stood = dict[tuple[Step | None, Step | None], list[str]]
# Thousands of risks are moved between few squares.
TOGETHER = """
SELECT was, now, array_agg(ref) FROM ({stood}) AS stood (ref, was, now) GROUP BY was, now
"""


def moved_since(*, place: Place, movement: str, since: datetime) -> RawSQL:
    """Keys of the risks that moved so since a moment: as :func:`risks.rules.scores.moved` says it, asked in sets."""
    existed, moved = HOW[movement]
    question = MOVED.format(existed=existed, moved=moved)
    return RawSQL(question, [since, place.pk, since])  # noqa: S611 # nosec B611 - its words are those above


def squares_between(rows: RiskQuerySet, *, after: date, until: date) -> Stood:
    """Where the rows stood by their current scores at the end of two days, and which of them, by reference. One query.

    Asked of those alone that were scored after one day's end, up to the other's: no other can have moved.
    """
    first, last = (start_of(day + timedelta(days=1)) for day in (after, until))
    scores = Score.objects.filter(which=Which.CURRENT)
    square = Func(
        "likelihood",
        "impact",
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(SmallIntegerField()),
    )
    earlier = scores.filter(risk=OuterRef("risk"), given_at__lt=first).order_by("-given_at", "-pk")
    given = scores.filter(
        risk__in=rows.order_by().values("pk"), given_at__gte=first, given_at__lt=last
    )
    latest = given.order_by("risk_id", "-given_at", "-pk").distinct("risk_id")
    before = Subquery(earlier.values(square=square)[:1])
    return _together(latest.values_list("risk__ref", before, square))


def _together(stood: "QuerySet[Score, Any]") -> Stood:
    try:
        question, values = stood.query.sql_with_params()
    except EmptyResultSet:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER.format(stood=question), values)
        return {(_step(was), _step(now)): refs for was, now, refs in cursor.fetchall()}


def _step(square: list[int | None] | None) -> Step | None:
    """None where there was no score, or one without likelihood and impact."""
    if square is None or None in square:
        return None
    likelihood, impact = square
    return likelihood, impact  # type: ignore[return-value]
