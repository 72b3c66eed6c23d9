"""How many risks stand where on the map, and where each stood on a day."""

from datetime import date, timedelta

from django.db.models import Count, Q

from risks.filters import STEPS, on_square
from risks.models import Score, Which
from risks.models.risk import RiskQuerySet
from risks.rules.heat import Step
from risks.selectors.lines import start_of


def counts_on_map(rows: RiskQuerySet, *, which: str) -> dict[Step, int]:
    """Of the rows, by likelihood and impact of one of the three scores. One query."""
    one, other = STEPS[which]
    found = rows.order_by().filter(**{f"{one}__isnull": False, f"{other}__isnull": False})
    counted = found.values_list(one, other).annotate(count=Count("pk"))
    return {(likelihood, impact): count for likelihood, impact, count in counted}


def counts_beside_map(rows: RiskQuerySet, *, which: str) -> tuple[int, int]:
    """How many have a score and no square, and how many have no score at all. One query."""
    found = rows.order_by().aggregate(
        beside=Count("pk", filter=on_square(which, "beside")),
        without=Count("pk", filter=Q(**{f"{which}__isnull": True})),
    )
    return found["beside"], found["without"]


def squares_on(rows: RiskQuerySet, *, day: date) -> dict[int, Step]:
    """Where each risk stood at the end of a day by its current score. One query."""
    moment = start_of(day + timedelta(days=1))
    scores = Score.objects.filter(
        risk__in=rows.order_by().values("pk"), which=Which.CURRENT, given_at__lt=moment
    )
    latest = scores.order_by("risk_id", "-given_at", "-pk").distinct("risk_id")
    return {
        key: (likelihood, impact)
        for key, likelihood, impact in latest.values_list("risk_id", "likelihood", "impact")
        if likelihood is not None and impact is not None
    }


def scored_between(rows: RiskQuerySet, *, after: date, until: date) -> RiskQuerySet:
    """Those of the rows that were scored after one day's end, up to another's: no other can have moved."""
    day = timedelta(days=1)
    given = Score.objects.filter(
        which=Which.CURRENT, given_at__gte=start_of(after + day), given_at__lt=start_of(until + day)
    )
    return rows.filter(pk__in=given.values("risk_id"))
