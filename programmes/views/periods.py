"""Reporting periods: their states and dates, what is missing, and the close."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.common import clock
from icp.common.forms import BritishDateField
from icp.common.words import sentence_list
from programmes import access, selectors, services
from programmes.errors import CannotClosePeriod, NotAllowed
from programmes.models import (
    Leadership,
    LeadershipRole,
    Period,
    Place,
    Programme,
    Reminder,
)
from programmes.models.cycle import HANDED_IN_STATES
from programmes.views.places import period_of, place_of, signed_in

HANDED_IN = Q(returns__state__in=HANDED_IN_STATES)
CLOSING_IS_FOR_THE_OFFICE = "Only the programme office opens and closes periods."


class OpenForm(forms.Form):
    """The first period of a place; the ones after it open by themselves."""

    day = BritishDateField(
        label="Any day of the first month",
        help_text="For example, 1 April 2020. The months after it open by themselves.",
        error_messages={"required": "Write a day of the month to open."},
    )


class CloseForm(forms.Form):
    without = forms.BooleanField(
        label="Close without them: the reports will name them", required=False
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest, place: str) -> HttpResponse:
    """Every period, newest first; the office opens the first."""
    found, roles = place_of(request)
    listed = list(
        Period.objects.filter(place=found)
        .annotate(handed_in=Count("returns", filter=HANDED_IN))
        .select_related("closed_by")
        .newest_first()
    )
    form = OpenForm(request.POST or None)
    if request.method == "POST":
        if not access.may_run_the_cycle(roles=roles):
            raise NotAllowed(CLOSING_IS_FOR_THE_OFFICE)
        if not listed and form.is_valid():
            opened = services.open_period(place=found, day=form.cleaned_data["day"])
            messages.success(request, f"{opened.name} is open.")
            return redirect("periods", place=found.slug)
    context = {
        "place": found,
        "periods": listed,
        "programmes": Programme.objects.in_place(found).reporting().count(),
        "form": form,
        "may_open": not listed and access.may_run_the_cycle(roles=roles),
        "reminders": reminder_words(found),
    }
    return render(request, "programmes/periods.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """One period: its returns, its reminders, and the close for the office."""
    found, roles = place_of(request)
    shown = period_of(request, place=found, key=key)
    refused = ""
    if request.method == "POST":
        if not access.may_run_the_cycle(roles=roles):
            raise NotAllowed(CLOSING_IS_FOR_THE_OFFICE)
        try:
            return _close(request, shown)
        except CannotClosePeriod as problem:
            refused = str(problem)
    context = _context(shown, office=roles.office, form=CloseForm(request.POST or None))
    context["refused"] = refused
    return render(request, "programmes/period.html", context, status=422 if refused else 200)


def _close(request: HttpRequest, shown: Period) -> HttpResponse:
    form = CloseForm(request.POST)
    form.is_valid()
    services.close_period(
        period=shown,
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
        today=clock.today(),
        without_late_returns=form.cleaned_data["without"],
    )
    messages.success(
        request, f"{shown.name} is closed and will not change. Its reports are being built."
    )
    return redirect("period", place=shown.place.slug, key=shown.key)


def _context(shown: Period, *, office: bool, form: CloseForm) -> dict[str, Any]:
    lines = _returns(shown)
    missing = [line["programme"].name for line in lines if line["missing"]]
    today = clock.today()
    return {
        "place": shown.place,
        "period": shown,
        "lines": lines,
        "missing": missing,
        "missing_words": sentence_list(missing),
        "office": office,
        "ended": today > shown.ends_on,
        "late": today > shown.due_on,
        "earlier": _earlier_live(shown),
        "reminders": reminder_words(shown.place),
        "form": form,
    }


def _earlier_live(shown: Period) -> Period | None:
    if shown.is_frozen:
        return None
    live = selectors.live_periods(place=shown.place)
    return next((one for one in live if one.ends_on < shown.starts_on), None)


def _returns(shown: Period) -> list[dict[str, Any]]:
    """Each programme with its leads, its return and the last reminder, in the place's order."""
    leads = Leadership.objects.filter(role=LeadershipRole.LEAD).select_related("post")
    programmes = (
        Programme.objects.in_place(shown.place)
        .filter(Q(in_scope=True) | Q(returns__period=shown))
        .distinct()
        .in_order()
        .prefetch_related(Prefetch("leadership", queryset=leads.order_by("order", "pk")))
    )
    returns = selectors.returns_of(period=shown)
    reminded = {
        one.programme_id: one
        for one in Reminder.objects.filter(period=shown).order_by("made_at", "pk")
    }
    lines = []
    for programme in programmes:
        found = returns.get(programme.pk)
        lines.append(
            {
                "programme": programme,
                "leads": [duty.post.title for duty in programme.leadership.all()],
                "return": found,
                "missing": programme.in_scope and not (found and found.is_handed_in),
                "reminder": reminded.get(programme.pk),
            }
        )
    return lines


def reminder_words(place: Place) -> str:
    """5 days before, 2 days before and on the day the return is due"""
    days = sorted(set(place.reminder_days), reverse=True)
    if not days:
        return "No reminders are sent"
    words = [f"{n} day{'' if n == 1 else 's'} before" if n else "on the day" for n in days]
    return f"{sentence_list(words)} the return is due".capitalize()


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/periods/", periods, name="periods"),
    path("places/<slug:place>/periods/<slug:key>/", period, name="period"),
]
