"""A place's page: all programmes, what is off track, late, due and undated, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.words import british_date, plural, short_date
from programmes import selectors
from programmes.access import Roles
from programmes.models import Period, Place
from programmes.models.cycle import HANDED_IN_STATES
from programmes.place_rows import TALLIES, TOTALS, address_of_count, place_row, tallies_of
from programmes.presenters import NextStep, due_words
from programmes.row_lines import line_of
from programmes.selectors.beside import promoted_rows
from programmes.selectors.place import ProgrammeLine, coming_days, place_lines
from programmes.selectors.rows import judged
from programmes.views.changes_waiting import changes_waiting
from programmes.views.places import place_of, signed_in

# So many promoted rows stand on the page; the list has the rest.
PROMOTED = 20


@signed_in
@require_safe
def show(request: HttpRequest, place: str) -> HttpResponse:
    found, roles = place_of(request)
    today = clock.today()
    now = selectors.periods_now(place=found)
    period, last = now.period, now.last
    window = coming_days(today)
    lines = place_lines(place=found, period=period, last=last, today=today)
    totals = {name: sum(getattr(line, name) for line in lines) for name in TOTALS}
    promoted = list(promoted_rows(place=found)[: PROMOTED + 1])
    shown = judged(promoted[:PROMOTED], place=found, period=period, last=last, today=today)
    context = {
        "place": found,
        "promoted": [{"item": row.item, "line": line_of(row, place=found)} for row in shown],
        "more_promoted": len(promoted) > PROMOTED,
        "period": period,
        "last": last,
        "last_words": last_words(lines, last=last),
        "window": window,
        "rows": [place_row(line, place=found) for line in lines],
        "totals": totals,
        "tallies": tallies_of(
            found.slug, tuple(sum(getattr(line, name) for line in lines) for name in TALLIES)
        ),
        "tiles": _tiles(totals, found, period, last_words(lines, last=last)),
        "next": _next_step(found, roles, period, lines),
        "changes_waiting": changes_waiting(request, place=found, roles=roles),
        "as_at": today,
    }
    return render(request, "programmes/place.html", context)


def last_words(lines: list[ProgrammeLine], *, last: Period | None) -> str:
    """The month in which the rows counted were last reported; programmes that missed it, before."""
    if last is None:
        return ""
    return f"{last.name} or before" if any(line.older for line in lines) else last.name


def _tiles(
    totals: dict[str, int], place: Place, period: Period | None, last: str
) -> list[dict[str, Any]]:
    """What is off track: as last reported, as declared so far, and by the dates."""

    def tile(name: str, label: str, colour: str) -> dict[str, Any]:
        href = address_of_count(place.slug, name)
        return {"count": totals[name], "label": label, "colour": colour, "href": href}

    window = coming_days(clock.today())
    tiles = []
    if last:
        tiles += [
            tile("last_red", f"red in {last}", "red"),
            tile("last_amber", f"amber in {last}", "amber"),
        ]
    if period:
        tiles += [
            tile("red", f"red so far for {period.name}", "red"),
            tile("amber", f"amber so far for {period.name}", "amber"),
        ]
    due = {
        "count": totals["due"],
        "label": f"due by {short_date(window.last)}",
        "colour": "grey",
        "href": address_of_count(place.slug, "due"),
    }
    return [
        *tiles,
        tile("overdue", "overdue and still open", "red"),
        due,
        tile("undated", "without a finish date", "grey"),
    ]


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
    missing = [line for line in lines if line.return_state not in HANDED_IN_STATES]
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
