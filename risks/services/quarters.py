"""The residual score of a quarter, recorded when the period that holds its last day is closed."""

from datetime import date, timedelta

from django.db.models import Q

from programmes.models import Period
from risks.models import Residual, Risk
from risks.rules.quarters import ends_a_quarter
from risks.selectors.lines import start_of


def _existed_by(day: date) -> Q:
    """A risk of which nobody says when it was raised exists from the day it came into the portal."""
    came = Q(raised_on=None, created_at__lt=start_of(day + timedelta(days=1)))
    return came | Q(raised_on__lte=day)


def record_quarter(*, period: Period) -> int:
    """Record what every open risk scores, if the period just closed ends a quarter; returns of how many.

    Call inside the close's transaction; twice records once. What a source brought for the quarter stands.
    """
    at = period.closed_at
    assert at is not None
    quarter = ends_a_quarter(starts_on=period.starts_on, ends_on=period.ends_on)
    if quarter is None:
        return 0
    known = Residual.objects.filter(year=quarter.year, quarter=quarter.number).values("risk_id")
    scored = Risk.objects.filter(place=period.place_id, current__isnull=False).open()
    risks = scored.exclude(pk__in=known).filter(_existed_by(quarter.ends_on))
    made = Residual.objects.bulk_create(
        Residual(
            risk_id=key,
            year=quarter.year,
            quarter=quarter.number,
            score=current or 0,
            period=period,
            recorded_at=at,
        )
        for key, current in risks.order_by("pk").values_list("pk", "current")
    )
    return len(made)
