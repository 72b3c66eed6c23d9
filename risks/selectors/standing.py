"""What stood in the registers at a day's end, and with which score."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast
from django.utils import timezone

from icp.common.clock import start_of
from programmes.models import Period
from risks.models import ClosedTime, Score, Which
from risks.rules.quarters import Quarter, quarters_of_year, waits


def closed_over(day: date) -> "QuerySet[ClosedTime]":
    """Times in which a risk that is open again was closed at the end of a day. On the day on which it was reopened it
    stands again.
    """
    return ClosedTime.objects.filter(closed_on__lte=day, reopened_on__gt=day)


def last_day_before(moment: datetime) -> date:
    """The day at whose end, or in which, a moment finds what was there before it."""
    return timezone.localdate(moment - timedelta(microseconds=1))


def current_before(moment: datetime) -> "QuerySet[Score]":
    """The current scores that were given before a moment, in no order."""
    return Score.objects.filter(which=Which.CURRENT, given_at__lt=moment)


def scores_at_end(
    keys: Iterable[int], *, quarter: Quarter, known_at: datetime | None = None
) -> dict[int, int | None]:
    """The current score of each risk at the end of a quarter's last day. One that came into the portal later, and was
    raised before, has the first that it was given; one that was here, and had none, has none. Those that were closed
    over the quarter's end are left out. ``known_at``: as it was known at a moment, else as it is. One query.
    """
    moment = start_of(quarter.ends_on + timedelta(days=1))
    later = Case(When(Q(given_at__gte=moment), then=F("given_at")))
    was_closed = closed_over(quarter.ends_on).filter(risk=OuterRef("risk"))
    given = Score.objects.filter(
        Q(given_at__lt=moment) | Q(risk__created_at__gte=moment),
        ~Exists(was_closed),
        risk__in=list(keys),
        which=Which.CURRENT,
    ).annotate(later=later)
    if known_at is not None:
        given = given.filter(given_at__lte=known_at)
    order = ("risk_id", F("later").asc(nulls_first=True), "-given_at", "-pk")
    found = given.order_by(*order).distinct("risk_id")
    return dict(found.values_list("risk_id", "score"))


def scores_at_waiting_ends(
    keys: Iterable[int],
    *,
    as_at: date,
    frozen: Collection[date | None],
    known_at: datetime | None = None,
) -> dict[Quarter, dict[int, int | None]]:
    """As :func:`scores_at_end`, of each quarter of the year of ``as_at`` that is over and not frozen by one of the days up
    to which they are recorded. One query a quarter.
    """
    keys = list(keys)
    return {
        quarter: scores_at_end(keys, quarter=quarter, known_at=known_at)
        for quarter in quarters_of_year(as_at)
        if any(waits(quarter, as_at=as_at, recorded_up_to=day) for day in frozen)
    }


def before_the_first(period: "QuerySet[Period]") -> "QuerySet[Period, date]":
    """Of a place's periods: the day before the first begins, from which on quarters are recorded."""
    day = Cast(F("starts_on") - timedelta(days=1), DateField())
    return period.order_by("starts_on").values_list(day, flat=True)
