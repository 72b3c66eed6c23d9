"""A place's calendar: which days its durations leave out. Everybody of the place reads it, the office keeps it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.common import clock
from icp.common.words import british_date, sentence_list
from programmes import access, selectors
from programmes.calendar_forms import WorkingDaysForm
from programmes.errors import CannotSetCalendar, NotAllowed, StaleCalendar
from programmes.models import Place
from programmes.services.working_days import replace_calendar, tag_of
from programmes.views.places import place_of, signed_in

AHEAD = timedelta(days=365)
KEPT_BY_THE_OFFICE = "The programme office keeps the calendar of the place. You may read it."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def working_days(request: HttpRequest, place: str) -> HttpResponse:
    """Bank holidays on or off, days on which the place is closed, holidays on which it works; and what comes of it."""
    found, roles = place_of(request)
    may_write = access.may_run_the_cycle(roles=roles)
    form, stale, status = WorkingDaysForm.of(found), None, 200
    if request.method == "POST":
        if not may_write:
            raise NotAllowed(KEPT_BY_THE_OFFICE)
        form, status = WorkingDaysForm(request.POST), 422
        try:
            if form.is_valid():
                _keep(found, form)
                messages.success(request, "The calendar is kept. No date of a plan has moved.")
                return redirect("working-days", place=found.slug)
        except StaleCalendar as refused:
            stale, status = refused, 409
            found = refused.current  # type: ignore[assignment]
            form.data = {**request.POST.dict(), "seen": tag_of(found)}  # type: ignore[assignment]
        except CannotSetCalendar as refused:
            form.add_error(refused.field, str(refused))
    context = {
        "place": found,
        "form": form,
        "stale": stale,
        "said": _said(found),
        "days_off": _days_off(found),
        "may_write": may_write,
    }
    return render(request, "programmes/working_days.html", context, status=status)


def _keep(place: Place, form: WorkingDaysForm) -> None:
    said = form.cleaned_data
    replace_calendar(
        place=place,
        holidays=said["holidays"],
        closed=said["closed"],
        worked=said["worked"],
        seen=said["seen"],
    )


def _said(place: Place) -> list[dict[str, str]]:
    """What the place keeps, in words."""
    return [
        {"what": "Bank holidays", "words": place.get_holidays_display()},
        {"what": "Closed besides", "words": _listed(place.closed_days)},
        {"what": "Worked all the same", "words": _listed(place.worked_holidays)},
    ]


def _listed(days: list[Any]) -> str:
    return sentence_list([british_date(day) for day in sorted(days)]) if days else "none"


def _days_off(place: Place) -> list[dict[str, Any]]:
    """The days of the coming year, week-ends aside, on which nobody works, each with why."""
    today = clock.today()
    closed = {*place.closed_days}
    return [
        {"day": day, "why": "Closed" if day in closed else "Bank holiday"}
        for day in sorted(selectors.holidays_of(place))
        if today <= day <= today + AHEAD and day.weekday() < 5
    ]


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/working-days/", working_days, name="working-days"),
]
