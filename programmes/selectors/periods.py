"""Which periods there are, and which returns they still wait for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from icp.common.prepared import fields_of, prepared, rows_as
from icp.common.workingdays import england_holidays
from programmes.models import Period, Place, Programme, Return, ReturnState
from programmes.models.cycle import LIVE_STATES


def holidays_of(place: Place) -> frozenset[date]:
    """The days besides week-ends on which nobody works, by the place's settings. No query."""
    kept = place.holidays == Place.Holidays.ENGLAND
    days = england_holidays(range(2010, 2051)) if kept else frozenset()
    if place.closed_days or place.worked_holidays:
        return days.difference(place.worked_holidays).union(place.closed_days)
    return days


def live_periods(*, place: Place) -> list[Period]:
    """The periods that are not closed, earliest first: usually one, two while one is closing."""
    return list(Period.objects.filter(place=place, state__in=LIVE_STATES).order_by("ends_on"))


def period_to_report(*, place: Place) -> Period | None:
    """The period a lead now reports on: the earliest that is not closed."""
    return next(iter(live_periods(place=place)), None)


def last_frozen_period(*, place: Place) -> Period | None:
    return Period.objects.filter(place=place).frozen().newest_first().first()


@dataclass(frozen=True)
class PeriodsNow:
    """``period`` is the one leads now report on, ``last`` the last closed one; either may not exist yet."""

    period: Period | None
    last: Period | None


def periods_now(*, place: Place) -> PeriodsNow:
    """:func:`period_to_report` and :func:`last_frozen_period` in one query."""
    live: Period | None = None
    last: Period | None = None
    for period in rows_as(Period, _live_and_last(place=place.pk)):
        if is_open_period(period):
            live = period
        else:
            last = period
    return PeriodsNow(live, last)


@prepared
def _live_and_last(*, place: int) -> Any:
    frozen = Period.objects.filter(place=place).frozen().newest_first().values("pk")[:1]
    found = Period.objects.filter(Q(place=place, state__in=LIVE_STATES) | Q(pk__in=frozen))
    return found.newest_first().values_list(*fields_of(Period))


def period_before(period: Period) -> Period | None:
    return (
        Period.objects.filter(place_id=period.place_id, ends_on__lt=period.starts_on)
        .newest_first()
        .first()
    )


def returns_of(*, period: Period) -> dict[int, Return]:
    """The period's returns by programme id. A programme that has not begun has none."""
    return {
        found.programme_id: found
        for found in Return.objects.filter(period=period).select_related(
            "submitted_by", "signed_off_by"
        )
    }


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


def is_open_period(period: Period) -> bool:
    return period.state in LIVE_STATES
