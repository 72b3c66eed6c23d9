"""Two states of a plan side by side: a baseline, a period's end, a moment or now, of a place or one programme."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes import access, selectors
from programmes.compare_form import CompareForm
from programmes.compare_lines import COLUMNS, ComparedLine, cells_of, line_of
from programmes.gantt import Lines, scale
from programmes.models import Place
from programmes.rules.compare import ChangeOf
from programmes.rules.timeline import Timeline, timeline_over
from programmes.selectors.compare import Compared, ComparedPages, Comparison, Counts
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, signed_in

ROWS_A_PAGE = 50


def _form(request: HttpRequest) -> tuple[Place, CompareForm]:
    place, roles = place_of(request)
    programmes = access.programmes_of(place=place, roles=roles).filter(in_scope=True).in_order()
    asked = request.GET.dict()
    return place, CompareForm(asked, place=place, programmes=list(programmes), now=clock.now())


@signed_in
@require_safe
def compare(request: HttpRequest, place: str) -> HttpResponse:
    """What differs between the two states that the address names, row by row."""
    found, form = _form(request)
    context: dict[str, Any] = {
        "place": found,
        "form": form,
        "today": clock.today(),
        "chosen": chosen_of(request, form),
        "programme": form.one_programme,
    }
    if form.is_valid():
        context |= _compared(request, found, form.comparison())
        context["downloads"] = downloads_of(request, "compare", found)
    return render(
        request, "programmes/compare.html", context, status=200 if form.is_valid() else 400
    )


def _compared(request: HttpRequest, place: Place, asked: Comparison) -> dict[str, Any]:
    pages = ComparedPages(asked, ROWS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    counts = pages.counts
    rows: list[Compared] = list(page.object_list)
    timeline = _timeline(rows)
    _worded(page, place, timeline)
    return {
        "asked": asked,
        "page_obj": page,
        "caption": _caption(asked.number_of(counts), asked),
        "tallies": _tallies(counts),
        "scale": scale(timeline) if timeline else "",
    }


def _worded(page: Page[Any], place: Place, timeline: Timeline | None) -> None:
    holidays, lines = selectors.holidays_of(place), Lines(clock.today(), None)
    found: list[ComparedLine] = [
        line_of(row, place=place, holidays=holidays, timeline=timeline, lines=lines)
        for row in page.object_list
    ]
    page.object_list = found  # type: ignore[assignment]


def _timeline(rows: list[Compared]) -> Timeline | None:
    """From the first day to the last of the rows on the page, in either state."""
    states = [state for row in rows for state in (row.change.before, row.change.after) if state]
    days = [day for state in states for day in (state.start, state.finish) if day]
    return timeline_over([*days, clock.today()]) if days else None


def _caption(count: int, asked: Comparison) -> str:
    what = f"{plural(count, 'row')}" + ("" if asked.unchanged else " changed")
    return f"{what}, from {_inside(asked.before.words)} to {_inside(asked.after.words)}"


def _inside(words: str) -> str:
    """As it stands inside a sentence."""
    return (
        words[0].lower() + words[1:] if words.startswith(("Now", "End", "The", "What")) else words
    )


def _tallies(counts: Counts) -> list[dict[str, object]]:
    return [
        {"kind": kind.value, "label": kind.label, "count": counts.of[kind]} for kind in ChangeOf
    ]


@signed_in
@require_safe
def compare_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    """Everything that differs, before beside after."""
    found, form = _form(request)
    if not form.is_valid():
        return back_to_list(request, "compare", place=place)
    holidays = selectors.holidays_of(found)
    asked = form.comparison()
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} compared {clock.today().isoformat()}",
        columns=COLUMNS,
        rows=(cells_of(row, holidays=holidays) for row in asked.rows()),
    )


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}compare/", compare, name="compare"),
    path(f"{PLACE}compare.<format:fmt>", compare_download, name="compare-download"),
]
