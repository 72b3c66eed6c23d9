"""Who of a place signed in, failed to, or changed what guards their account: for administrators and auditors."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from icp.accounts.models import SignInEvent
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes.models import Place
from programmes.selectors.sign_ins import sign_ins_of
from programmes.sign_in_filters import SignInFilter
from programmes.sign_in_lines import COLUMNS, cells_of, line_of
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in, watched_place

EVENTS_A_PAGE = 50


@dataclass(frozen=True)
class Listing:
    place: Place
    at: datetime
    asked: SignInFilter
    events: QuerySet[SignInEvent]


def _listing(request: HttpRequest) -> Listing:
    place, at = watched_place(request), clock.now()
    asked = SignInFilter(request.GET, queryset=sign_ins_of(place=place))
    return Listing(place, at, asked, asked.rows())


@signed_in
@require_safe
def sign_ins(request: HttpRequest, place: str) -> HttpResponse:
    """The events, the latest first, filtered by the address."""
    listing = _listing(request)
    page = Paginator(listing.events, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": listing.place,
        "filter": listing.asked,
        "chosen": chosen_of(request, listing.asked),
        "caption": f"{plural(page.paginator.count, 'event')}, the latest first",
        "lines": [line_of(event) for event in page.object_list],
        "page_obj": page,
        "downloads": downloads_of(request, "sign-ins", listing.place),
    }
    return render(request, "programmes/sign_ins.html", context)


@signed_in
@require_safe
def sign_ins_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    listing = _listing(request)
    if not listing.asked.form.is_valid():
        return back_to_list(request, "sign-ins", place=place)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{listing.place.name} sign-ins {listing.at.date().isoformat()}",
        columns=COLUMNS,
        rows=(cells_of(line_of(event)) for event in listing.events.iterator(chunk_size=2000)),
    )


BASE = "places/<slug:place>/sign-ins"
urlpatterns: list[URLPattern] = [
    path(f"{BASE}/", sign_ins, name="sign-ins"),
    path(f"{BASE}.<format:fmt>", sign_ins_download, name="sign-ins-download"),
]
