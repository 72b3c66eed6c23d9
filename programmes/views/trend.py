"""Whether dates are kept or slip: of a programme's milestones, or of the place's promoted rows, by period end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.downloads import table_response
from programmes import access
from programmes.models import Place, PlanItem, Programme
from programmes.models.plan import PlanItemQuerySet
from programmes.row_lines import address_of_row
from programmes.rules.trend import Trend
from programmes.selectors.trend import (
    Column,
    SlipSum,
    columns_of,
    milestones_of,
    promoted_rows,
    slip_sums,
    trends_of,
)
from programmes.trend_drawing import slip_bars, trend_drawing
from programmes.views.lists import downloads_of
from programmes.views.places import place_of, programme_of, signed_in

# As many lines as an eye can follow.
ROWS_A_PAGE = 12
PIECE = 500


@dataclass(frozen=True)
class SlipLine:
    """A programme's days of slip, a sum for each day; None before anything was agreed."""

    programme: Programme
    sums: tuple[SlipSum | None, ...]
    bars: SafeString


def _with_names(rows: PlanItemQuerySet) -> PlanItemQuerySet:
    return rows.select_related("programme", "ticked_in")


@signed_in
@require_safe
def place_trend(request: HttpRequest, place: str) -> HttpResponse:
    """The promoted rows of the place, and every programme's days of slip."""
    found, roles = place_of(request)
    programmes = access.programmes_of(place=found, roles=roles).filter(in_scope=True).in_order()
    rows = promoted_rows(items=access.items_of(place=found, roles=roles))
    return _page(request, found, rows, list(programmes), name="trend")


@signed_in
@require_safe
def programme_trend(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """The milestones of one programme, and its days of slip."""
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    rows = milestones_of(programme=programme)
    return _page(request, found, rows, [programme], name="programme-trend", programme=programme)


def _page(
    request: HttpRequest,
    place: Place,
    rows: PlanItemQuerySet,
    programmes: list[Programme],
    *,
    name: str,
    programme: Programme | None = None,
) -> HttpResponse:
    columns = columns_of(place=place, today=clock.today())
    page: Page[Any] = Paginator(_with_names(rows), ROWS_A_PAGE).get_page(request.GET.get("page"))
    items: list[PlanItem] = list(page.object_list)
    trends = trends_of(items, columns=columns)
    where = {"code": programme.code} if programme else {}
    context = {
        "place": place,
        "programme": programme,
        "columns": columns,
        "drawing": trend_drawing(trends, columns),
        "lines": [
            {"item": item, "trend": trend, "href": address_of_row(item, place)}
            for item, trend in zip(items, trends, strict=True)
        ],
        "page_obj": page,
        "slips": _slips(place, programmes, columns),
        "downloads": downloads_of(request, name, place, **where),
    }
    return render(request, "programmes/trend.html", context)


def _slips(place: Place, programmes: list[Programme], columns: list[Column]) -> list[SlipLine]:
    found = slip_sums(place=place, programmes=[one.pk for one in programmes], columns=columns)
    most = max((one.days for one in found.values()), default=0)
    lines = []
    for programme in programmes:
        sums = tuple(found.get((programme.pk, column.as_at)) for column in columns)
        bars = slip_bars([one.days if one else None for one in sums], most=most)
        lines.append(SlipLine(programme, sums, bars))
    return lines


def _download(place: Place, rows: PlanItemQuerySet, *, fmt: str, name: str) -> HttpResponseBase:
    columns = columns_of(place=place, today=clock.today())

    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{name} trend {clock.today().isoformat()}",
        columns=(
            "row",
            "programme",
            "name",
            *(f"expected at {one.as_at.isoformat()}" for one in columns),
            "days of slip",
            "in words",
        ),
        rows=_pieces(_with_names(rows), columns),
    )


def _pieces(rows: PlanItemQuerySet, columns: list[Column]) -> Iterator[tuple[object, ...]]:
    """Every row, in pieces, so that memory stays level."""
    piece: list[PlanItem] = []
    for item in rows.iterator(chunk_size=PIECE):
        piece.append(item)
        if len(piece) == PIECE:
            yield from _cells(piece, columns)
            piece = []
    yield from _cells(piece, columns)


def _cells(items: list[PlanItem], columns: list[Column]) -> list[tuple[object, ...]]:
    def cells_of(item: PlanItem, trend: Trend) -> tuple[object, ...]:
        slip = trend.slip_days
        return (
            item.reference,
            item.programme.name,
            item.name,
            *(point.finish or "" for point in trend.points),
            "" if slip is None else slip,
            trend.words,
        )

    trends = trends_of(items, columns=columns)
    return [cells_of(item, trend) for item, trend in zip(items, trends, strict=True)]


@signed_in
@require_safe
def place_trend_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, roles = place_of(request)
    rows = promoted_rows(items=access.items_of(place=found, roles=roles))
    return _download(found, rows, fmt=fmt, name=found.name)


@signed_in
@require_safe
def programme_trend_download(
    request: HttpRequest, place: str, code: str, fmt: str
) -> HttpResponseBase:
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    return _download(found, milestones_of(programme=programme), fmt=fmt, name=programme.name)


PLACE = "places/<slug:place>/"
PROGRAMME = f"{PLACE}programmes/<str:code>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}trend/", place_trend, name="trend"),
    path(f"{PLACE}trend.<format:fmt>", place_trend_download, name="trend-download"),
    path(f"{PROGRAMME}trend/", programme_trend, name="programme-trend"),
    path(
        f"{PROGRAMME}trend.<format:fmt>", programme_trend_download, name="programme-trend-download"
    ),
]
