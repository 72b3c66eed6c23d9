"""A place's calendar: which days its working days leave out beside week-ends (domain section 2)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from icp.audit.recording import current_way, recorded
from icp.common.words import british_date, sentence_list
from icp.common.workingdays import england_holidays, is_working_day
from programmes.errors import CannotSave
from programmes.models import Place


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
        CannotSave: a day is said to be both, is closed anyway, or is no bank holiday to work on.
    """
    found = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if holidays is not None:
        found.holidays = holidays
    bank = england_holidays({day.year for day in (*closed, *worked)})
    counted = bank if found.holidays == Place.Holidays.ENGLAND else frozenset()
    _refuse({*closed} & {*worked}, "cannot be both closed and worked")
    # A day that is said again stays as it was said.
    already = {*found.closed_days}
    idle = {d for d in closed if not is_working_day(d, counted) and d not in already}
    _refuse(idle, "no working day of the place anyway")
    _refuse({day for day in worked if day not in counted}, "no bank holiday that the place keeps")
    found.closed_days = sorted(({*found.closed_days, *closed} - {*usual}) - {*worked})
    found.worked_holidays = sorted(({*found.worked_holidays, *worked} - {*usual}) - {*closed})
    with recorded(way=current_way()):
        found.save(update_fields=["holidays", "closed_days", "worked_holidays"])
    return found


def _refuse(days: Collection[date], why: str) -> None:
    if days:
        named = sentence_list([british_date(day) for day in sorted(days)])
        raise CannotSave(f"{named}: {why}.")
