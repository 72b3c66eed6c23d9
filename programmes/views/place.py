"""A place's page: all programmes, what is off track, late, due and undated, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.words import british_date, plural, short_date
from programmes import selectors
from programmes.access import Roles
from programmes.models import Period, Place, ReturnState
from programmes.models.cycle import HANDED_IN_STATES
from programmes.presenters import NextStep, due_words
from programmes.selectors.place import ProgrammeLine, Window, coming_days, place_lines
from programmes.views.places import place_of, signed_in

TOTALS = ("red", "amber", "green", "overdue", "due", "undated")


@signed_in
@require_safe
def show(request: HttpRequest, place: str) -> HttpResponse:
    found, roles = place_of(request)
    today = clock.today()
    period = selectors.period_to_report(place=found)
    window = coming_days(today)
    lines = place_lines(place=found, period=period, today=today)
    totals = {name: sum(getattr(line, name) for line in lines) for name in TOTALS}
    context = {
        "place": found,
        "period": period,
        "window": window,
        "columns": [_cells(line, found, window) for line in lines],
        "totals": totals,
        "tiles": _tiles(totals, found, window),
        "next": _next_step(found, roles, period, lines),
        "as_at": today,
    }
    return render(request, "programmes/place.html", context)


def _rows_address(place: Place, **asked: str) -> str:
    return f"{reverse('rows', kwargs={'place': place.slug})}?{urlencode(asked)}"


def _asked_for(window: Window) -> dict[str, dict[str, str]]:
    """For each count the filter whose list holds exactly the rows counted."""
    return {
        "red": {"rag": "red"},
        "amber": {"rag": "amber"},
        "green": {"rag": "green"},
        "overdue": {"late": "on"},
        "undated": {"undated": "on"},
    }


def _tiles(totals: dict[str, int], place: Place, window: Window) -> list[dict[str, Any]]:
    asked = _asked_for(window)
    ahead = reverse("look-ahead", kwargs={"place": place.slug})
    return [
        {"count": totals["red"], "label": "red", "colour": "red", "href": _rows_address(place, **asked["red"])},
        {"count": totals["amber"], "label": "amber", "colour": "amber", "href": _rows_address(place, **asked["amber"])},
        {"count": totals["overdue"], "label": "overdue and still open", "colour": "red", "href": _rows_address(place, **asked["overdue"])},
        {"count": totals["due"], "label": f"due by {short_date(window.last)}", "colour": "grey", "href": ahead},
        {"count": totals["undated"], "label": "without a finish date", "colour": "grey", "href": _rows_address(place, **asked["undated"])},
    ]  # fmt: skip


def _cells(line: ProgrammeLine, place: Place, window: Window) -> dict[str, Any]:
    code = line.programme.code
    links = {
        name: _rows_address(place, programme=code, **asked)
        for name, asked in _asked_for(window).items()
    }
    ahead = reverse("look-ahead", kwargs={"place": place.slug})
    links["due"] = f"{ahead}?{urlencode({'programme': code})}"
    return {
        "line": line,
        "href": reverse("programme", kwargs={"place": place.slug, "code": code}),
        "counts": [
            {"name": name, "count": getattr(line, name), "href": links[name]} for name in TOTALS
        ],
        "return_state": line.found_return.state if line.found_return else ReturnState.NOT_STARTED,
    }


def _next_step(
    place: Place, roles: Roles, period: Period | None, lines: list[ProgrammeLine]
) -> dict[str, Any] | None:
    """What the office does next; others have their own first pages."""
    if not roles.office:
        return None
    if period is None:
        step = NextStep(
            "Open the first period",
            "No reporting period is open, so nobody can report yet.",
        )
        return _linked(step, "Periods", reverse("periods", kwargs={"place": place.slug}))
    missing = [
        line
        for line in lines
        if not (line.found_return and line.found_return.state in HANDED_IN_STATES)
    ]
    today = clock.today()
    address = reverse("period", kwargs={"place": place.slug, "key": period.key})
    if today > period.ends_on:
        title = f"Close {period.name}"
        text = (
            f"{plural(len(missing), 'return is', 'returns are')} still missing."
            if missing
            else "Every return is in."
        )
        return _linked(NextStep(title, text, "late" if missing else ""), title, address)
    text = (
        f"{plural(len(missing), 'return is', 'returns are')} still to come."
        f" It can be closed after {british_date(period.ends_on)}."
    )
    title = f"{period.name} is open: each return {due_words(period, today=today)}"
    return _linked(NextStep(title, text), "See returns", address)


def _linked(step: NextStep, action: str, href: str) -> dict[str, Any]:
    return {
        "title": step.title,
        "text": step.text,
        "kind": step.kind,
        "action": action,
        "href": href,
    }


urlpatterns: list[URLPattern] = [path("places/<slug:place>/", show, name="place")]
