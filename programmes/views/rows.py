"""Lists of rows across a place: with filters in the address, the live look-ahead, and finding one row."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import british_date, plural
from programmes import access, selectors
from programmes.filters import AheadFilter, RowFilter
from programmes.models import Period, Place, Programme
from programmes.models.plan import PlanItemQuerySet
from programmes.row_lines import COLUMNS, address_of_row, cells_of, line_of
from programmes.selectors.place import coming_days
from programmes.selectors.rows import all_judged, judged, with_names
from programmes.views.lists import KeyedPaginator, back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, signed_in

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """Where and when a list is read: its place, the period now reported, the last closed one, today."""

    place: Place
    period: Period | None
    last: Period | None
    today: date

    def pages(self, *lists: tuple[PlanItemQuerySet, str | None]) -> list[Page[Any]]:
        """One page of each list, by its number, its rows judged and worded."""
        pages = [KeyedPaginator(rows, ROWS_A_PAGE).get_page(number) for rows, number in lists]
        items = [list(page.object_list) for page in pages]
        found = judged(
            chain(*items), place=self.place, period=self.period, last=self.last, today=self.today
        )
        lines = (line_of(row, place=self.place) for row in found)
        for page, own in zip(pages, items, strict=True):
            page.object_list = list(islice(lines, len(own)))  # type: ignore[arg-type]
        return pages

    def download(self, rows: PlanItemQuerySet, *, fmt: str, name: str) -> HttpResponseBase:
        found = all_judged(
            rows, place=self.place, period=self.period, last=self.last, today=self.today
        )
        return table_response(
            fmt=fmt,  # type: ignore[arg-type]
            filename=f"{self.place.name} {name} {self.today.isoformat()}",
            columns=COLUMNS,
            rows=(cells_of(row) for row in found),
        )


def _listing(request: HttpRequest) -> Listing:
    place, _ = place_of(request)
    now = selectors.periods_now(place=place)
    return Listing(place, now.period, now.last, clock.today())


def _visible(request: HttpRequest) -> PlanItemQuerySet:
    place, roles = place_of(request)
    rows = access.items_of(place=place, roles=roles)
    return with_names(rows.filter(programme__in_scope=True).counted())


def _asked(kind: type[RowFilter], request: HttpRequest, listing: Listing) -> RowFilter:
    return kind(
        request.GET,
        queryset=_visible(request).in_plan_order(),
        place=listing.place,
        period=listing.period,
        last=listing.last,
        today=listing.today,
    )


@signed_in
@require_safe
def rows(request: HttpRequest, place: str) -> HttpResponse:
    """Every task and milestone of the place, filtered by the address."""
    listing = _listing(request)
    asked = _asked(RowFilter, request, listing)
    [page] = listing.pages((asked.rows(), request.GET.get("page")))
    context = {
        "place": listing.place,
        "period": listing.period,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": _caption(page.paginator.count, listing),
        "page_obj": page,
        "downloads": downloads_of(request, "rows", listing.place),
    }
    return render(request, "programmes/rows.html", context)


@signed_in
@require_safe
def rows_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    listing = _listing(request)
    asked = _asked(RowFilter, request, listing)
    if not asked.form.is_valid():
        return back_to_list(request, "rows", place=place)
    return listing.download(asked.rows(), fmt=fmt, name="rows")


def _caption(count: int, listing: Listing) -> str:
    return f"{plural(count, 'row')} as at {british_date(listing.today)}"


def _ahead(
    request: HttpRequest, listing: Listing
) -> tuple[RowFilter, PlanItemQuerySet, PlanItemQuerySet]:
    asked = _asked(AheadFilter, request, listing)
    found = asked.rows()
    window = coming_days(listing.today)
    coming = found.looking_ahead(as_at=listing.today, first=window.first, last=window.last)
    return asked, coming, found.overdue(on=listing.today)


@signed_in
@require_safe
def look_ahead(request: HttpRequest, place: str) -> HttpResponse:
    """What is still to finish this month, and what is overdue and still open, as of today."""
    listing = _listing(request)
    asked, coming, overdue = _ahead(request, listing)
    coming_page, overdue_page = listing.pages(
        (coming, request.GET.get("page")), (overdue, request.GET.get("overdue"))
    )
    context = {
        "place": listing.place,
        "today": listing.today,
        "window": coming_days(listing.today),
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "coming": coming_page,
        "overdue": overdue_page,
        "downloads": downloads_of(request, "look-ahead", listing.place),
    }
    return render(request, "programmes/look_ahead.html", context)


@signed_in
@require_safe
def look_ahead_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    listing = _listing(request)
    asked, coming, overdue = _ahead(request, listing)
    if not asked.form.is_valid():
        return back_to_list(request, "look-ahead", place=place)
    both = (coming | overdue).in_plan_order()
    return listing.download(both, fmt=fmt, name="look ahead and overdue")


@signed_in
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """IT 11 (or it11) goes to that row; a programme's code to its plan; anything else searches the names."""
    place, roles = place_of(request)
    wanted = " ".join(request.GET.get("q", "").split())[:100]
    programme = Programme.objects.in_place(place).filter(code__iexact=wanted).first()
    if programme:
        return redirect("programme", place=place.slug, code=programme.code)
    rows = access.visible_items(user=request.user).filter(programme__place=place).present()
    row = rows.select_related("programme").numbered(wanted).first() if wanted else None
    if row and row.programme_id in roles.leads and not row.is_summary:
        address = reverse("update", kwargs={"place": place.slug, "code": row.programme.code})
        return redirect(f"{address}?{urlencode({'q': row.reference})}")
    if row:
        return redirect(address_of_row(row, place))
    address = reverse("rows", kwargs={"place": place.slug})
    return redirect(f"{address}?{urlencode({'q': wanted})}" if wanted else address)


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path("find/", find, name="find"),
    path(f"{PLACE}rows/", rows, name="rows"),
    path(f"{PLACE}rows.<format:fmt>", rows_download, name="rows-download"),
    path(f"{PLACE}look-ahead/", look_ahead, name="look-ahead"),
    path(f"{PLACE}look-ahead.<format:fmt>", look_ahead_download, name="look-ahead-download"),
]
