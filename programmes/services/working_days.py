"""A place's calendar: which days its working days leave out beside week-ends (domain section 2)."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from django.db import transaction

from icp.audit.recording import current_way, recorded
from icp.common.words import british_date, sentence_list
from icp.common.workingdays import england_holidays, is_working_day
from programmes.errors import CannotSetCalendar, StaleCalendar
from programmes.models import Place


def tag_of(place: Place) -> str:
    """Which calendar it is: what is kept is its own version."""
    closed, worked = (
        ",".join(day.isoformat() for day in sorted(days))
        for days in (place.closed_days, place.worked_holidays)
    )
    return sha256(f"{place.holidays}|{closed}|{worked}".encode()).hexdigest()


@transaction.atomic
def replace_calendar(
    *,
    place: Place,
    holidays: str,
    closed: Collection[date],
    worked: Collection[date],
    seen: str,
) -> Place:
    """The whole calendar of a place: what is not named is as usual again. ``seen`` is the :func:`tag_of` the one that
    was looked at.

    Raises:
        CannotSetCalendar: as :func:`set_calendar`.
        StaleCalendar: somebody else changed it since; carries the place as it stands.
    """
    found = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if tag_of(found) != seen:
        raise StaleCalendar("Somebody else changed it while you were editing.", current=found)
    usual = {*found.closed_days, *found.worked_holidays} - {*closed} - {*worked}
    return set_calendar(place=found, holidays=holidays, closed=closed, worked=worked, usual=usual)


@transaction.atomic
def set_calendar(
    *,
    place: Place,
    holidays: str | None = None,
    closed: Collection[date] = (),
    worked: Collection[date] = (),
    usual: Collection[date] = (),
) -> Place:
    """Say which bank holidays count (``holidays``, None: as before), on which days nobody works besides (``closed``),
    which bank holidays people work on (``worked``), and which such days are as ``usual`` again.

    Nobody's dates move: durations are counted anew, and what is declared beside them stays.

    Raises:
        CannotSetCalendar: a day is said to be both, is closed anyway, or is no bank holiday to work on.
    """
    found = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if holidays is not None:
        found.holidays = holidays
    bank = england_holidays({day.year for day in (*closed, *worked)})
    counted = bank if found.holidays == Place.Holidays.ENGLAND else frozenset()
    _refuse({*closed} & {*worked}, "cannot be both closed and worked", field="worked")
    # A day that is said again stays as it was said.
    already = {*found.closed_days}
    idle = {d for d in closed if not is_working_day(d, counted) and d not in already}
    _refuse(idle, "no working day of the place anyway", field="closed")
    unkept = {day for day in worked if day not in counted}
    _refuse(unkept, "no bank holiday that the place keeps", field="worked")
    found.closed_days = sorted(({*found.closed_days, *closed} - {*usual}) - {*worked})
    found.worked_holidays = sorted(({*found.worked_holidays, *worked} - {*usual}) - {*closed})
    with recorded(way=current_way()):
        found.save(update_fields=["holidays", "closed_days", "worked_holidays"])
    return found


def _refuse(days: Collection[date], why: str, *, field: str) -> None:
    if days:
        named = sentence_list([british_date(day) for day in sorted(days)])
        raise CannotSetCalendar(f"{named}: {why}.", field=field)
