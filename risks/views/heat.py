"""The heat map of the registers: drawn here, with a table beside it and lists behind its squares."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from icp.common.words import plural, short_date
from programmes.views.lists import chosen_of
from programmes.views.places import signed_in
from risks import access
from risks.drawing import heat_drawing
from risks.filters import MapFilter
from risks.presenters import linked
from risks.register_lines import address_of_risk
from risks.rules.heat import Cell, Moves, Step, heat_map, moves
from risks.selectors.heat import counted_on_map
from risks.selectors.movement import squares_between
from risks.squares import Move
from risks.views.pages import RISKS, RegisterPage, load_register

WORDS = {"current": "Current", "inherent": "Inherent", "target": "Target"}
# What the list takes of the map's address.
NOT_THE_LISTS = ("which", "moved_from", "moved_to", "page", "cell", "move")
# So many moves are listed; of each its risks by reference, or how many they are where they are more than so many.
MOVES_SHOWN, REFERENCES_SHOWN = 50, 12


@signed_in
@require_safe
def heat(request: HttpRequest, place: str) -> HttpResponse:
    """Where the risks asked for stand, and how they moved between two days if these are given."""
    page = load_register(request)
    rows = access.risks_of(place=page.place, roles=page.roles)
    asked = MapFilter(
        request.GET,
        queryset=rows,
        place=page.place,
        lines=page.lines,
        today=page.today,
        held=lambda: page.held,
    )
    said = asked.form.cleaned_data if asked.form.is_valid() else {}
    which = said.get("which") or "current"
    found = asked.rows()
    stand = counted_on_map(found, which=which)
    cells = heat_map(
        stand.squares,
        likelihoods=len(page.rules.likelihoods),
        impacts=len(page.rules.impacts),
        lines=page.lines,
    )
    days = _days(page, said) if which == "current" else None
    moved = moves(squares_between(asked.rows_then(), after=days[0], until=days[1])) if days else []
    listed = _list_of(request)
    context = {
        "place": page.place,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "which": which,
        "title": f"{WORDS[which]} scores",
        "maps": _maps(request, which),
        "drawing": heat_drawing(
            cells, moved, href=lambda cell: f"{listed}&cell={which}-{_square(cell)}"
        ),
        "steps": list(zip(page.rules.impacts, range(1, len(page.rules.impacts) + 1), strict=True)),
        "likelihoods": page.rules.likelihoods,
        "beside": plural(stand.beside, "risk is", "risks are"),
        "beside_href": f"{listed}&cell={which}-beside" if stand.beside else "",
        "without": stand.without,
        "moves": _lines(page, moved[:MOVES_SHOWN], days, listed) if days else [],
        "more_moves": max(len(moved) - MOVES_SHOWN, 0),
        "moved_words": _moved_words(days) if days else "",
    }
    return render(request, "risks/map.html", context)


def _square(cell: Cell) -> str:
    return f"{cell.likelihood}-{cell.impact}"


def _list_of(request: HttpRequest) -> str:
    """The list with the map's own filters."""
    kept = request.GET.copy()
    for name in NOT_THE_LISTS:
        kept.pop(name, None)
    place = request.resolver_match.kwargs["place"] if request.resolver_match else ""
    return f"{reverse('risks', kwargs={'place': place})}?{kept.urlencode()}"


def _maps(request: HttpRequest, which: str) -> list[dict[str, Any]]:
    found = []
    for name, text in WORDS.items():
        query: QueryDict = request.GET.copy()
        query["which"] = "" if name == "current" else name
        found.append({"text": text, "href": f"?{query.urlencode()}", "current": name == which})
    return found


def _days(page: RegisterPage, said: dict[str, Any]) -> tuple[date, date] | None:
    """Between which days movement is asked for; to today where the second is not given."""
    first, last = said.get("moved_from"), said.get("moved_to")
    if first is None:
        return None
    return first, min(last or page.today, page.today)


def _moved_words(days: tuple[date, date]) -> str:
    return f"Movement from the end of {short_date(days[0])} to the end of {short_date(days[1])}"


def _lines(
    page: RegisterPage, moved: list[Moves], days: tuple[date, date], listed: str
) -> list[dict[str, Any]]:
    """The moves in words."""
    return [
        {
            "refs": _references(page, one) if len(one.risks) <= REFERENCES_SHOWN else "",
            "all": plural(len(one.risks), "risk"),
            "href": f"{listed}&move={Move(*days, one.start, one.end).text}",
            "before": _product(one.start),
            "after": _product(one.end),
            "rose": one.rose,
        }
        for one in moved
    ]


def _references(page: RegisterPage, one: Moves) -> SafeString:
    return linked((address_of_risk(page.place.slug, ref), ref) for ref in sorted(one.risks))


def _product(square: Step) -> str:
    likelihood, impact = square
    return f"{likelihood} x {impact} = {likelihood * impact}"


urlpatterns: list[URLPattern] = [path(f"{RISKS}map/", heat, name="risk-map")]
