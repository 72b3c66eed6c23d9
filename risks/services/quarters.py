"""The residual score of a quarter, recorded when the period that holds its last day is closed."""

from datetime import timedelta

from django.db.models import Q

from icp.common.clock import start_of
from programmes.models import Period
from risks.models import Residual, Risk, RiskState
from risks.models.risk import RiskQuerySet
from risks.rules.quarters import Quarter, ends_a_quarter
from risks.selectors.standing import closed_over, scores_at_end


def standing_at(*, place: int, quarter: Quarter) -> RiskQuerySet:
    """The risks of a place (its key) that stood in its registers at a quarter's end: raised by then, and not ended.

    A risk of which nobody says when it was raised exists from the day it came into the portal. One that was closed
    then, and is open again, did not stand.
    """
    day = quarter.ends_on
    came = Q(raised_on=None, created_at__lt=start_of(day + timedelta(days=1)))
    stood = Q(state=RiskState.OPEN) | Q(ended_on__gt=day)
    found = Risk.objects.filter(came | Q(raised_on__lte=day), stood, place=place)
    return found.exclude(pk__in=closed_over(day).values("risk"))


def record_quarter(*, period: Period) -> int:
    """Record what every risk scored that stood at the end of the quarter which the period just closed ends, if it ends
    one: its score at the end of that day, whatever it scores at the close; returns of how many.

    Call inside the close's transaction; twice records once. What a source brought for the quarter stands.
    """
    at = period.closed_at
    assert at is not None
    quarter = ends_a_quarter(starts_on=period.starts_on, ends_on=period.ends_on)
    if quarter is None:
        return 0
    known = Residual.objects.filter(year=quarter.year, quarter=quarter.number).values("risk_id")
    stood = standing_at(place=period.place_id, quarter=quarter).exclude(pk__in=known)
    keys = list(stood.order_by("pk").values_list("pk", flat=True))
    scores = scores_at_end(keys, quarter=quarter)
    made = Residual.objects.bulk_create(
        Residual(
            risk_id=key,
            year=quarter.year,
            quarter=quarter.number,
            score=score,
            period=period,
            recorded_at=at,
        )
        for key in keys
        if (score := scores.get(key)) is not None
    )
    return len(made)
