"""Last month's look-ahead as this month's test: of a place, or of one programme."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from boards.access import visible_reports
from boards.forms import KeptForm
from boards.rules.kept import Kept, Outcome, rate
from boards.selectors.kept import Month, by_programme, months_kept
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes import access
from programmes.models import Place, Programme
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, signed_in

ROWS_A_PAGE = 50
COLUMNS = (
    "row",
    "programme",
    "name",
    "month",
    "due",
    "outcome",
    "actual finish",
    "agreed finish now",
    "forecast",
    "explanation",
)


def _asked(request: HttpRequest) -> tuple[Place, KeptForm, list[Month], list[Programme]]:
    place, roles = place_of(request)
    months = months_kept(
        place=place,
        reports=visible_reports(user=request.user, on=clock.today()),
        now=clock.now(),
        today=clock.today(),
    )
    found = access.programmes_of(place=place, roles=roles).filter(in_scope=True)
    programmes = list(found.in_order())
    form = KeptForm(request.GET, months=months, programmes=programmes)
    return place, form, months, programmes


@signed_in
@require_safe
def look_ahead_test(request: HttpRequest, place: str) -> HttpResponse:
    """What the look-ahead for a month promised, and what became of it; and how well each programme keeps its word."""
    found, form, months, programmes = _asked(request)
    rows, month = form.rows(), form.month_asked
    page: Page[Any] = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [_line(one, found, programmes) for one in page.object_list]
    own = form.of_programme()
    context = {
        "place": found,
        "form": form,
        "chosen": chosen_of(request, form),
        "month": month,
        "rate": rate(own),
        "tallies": [
            {
                "kind": one.value,
                "label": one.label,
                "count": sum(kept.outcome == one for kept in own),
            }
            for one in Outcome
        ],
        "caption": plural(len(rows), "row"),
        "page_obj": page,
        "months": months,
        "rates": _rates(months, programmes),
        "downloads": downloads_of(request, "look-ahead-test", found),
    }
    return render(request, "boards/look_ahead_test.html", context)


def _line(one: Kept, place: Place, programmes: list[Programme]) -> dict[str, Any]:
    promise = one.promise
    parts = {"place": place.slug, "code": promise.programme, "plan_id": promise.plan_id}
    names = {programme.code: programme.name for programme in programmes}
    return {
        "kept": one,
        "href": reverse("item", kwargs=parts),
        "programme": names.get(promise.programme, promise.programme),
        "asks_why": one.outcome in (Outcome.MISSED, Outcome.LATE, Outcome.MOVED),
    }


def _rates(months: list[Month], programmes: list[Programme]) -> list[dict[str, Any]]:
    """A line for each programme that a look-ahead named, in the place's order, with a rate for each month."""
    found = by_programme(months)
    return [
        {"programme": one, "rates": [rate(kept) for kept in found[one.code]]}
        for one in programmes
        if one.code in found
    ]


@signed_in
@require_safe
def look_ahead_test_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, form, _, programmes = _asked(request)
    if not form.is_valid():
        return back_to_list(request, "look-ahead-test", place=place)
    month = form.month_asked
    names = {one.code: one.name for one in programmes}
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} look-ahead test {month.span.key if month else ''}",
        columns=COLUMNS,
        rows=(
            (
                one.promise.reference,
                names.get(one.promise.programme, one.promise.programme),
                one.promise.name,
                month.span.name if month else "",
                one.due,
                one.outcome.label,
                one.since.actual or "",
                one.since.agreed or "",
                one.since.forecast or "",
                one.because,
            )
            for one in form.rows()
        ),
    )


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}look-ahead-test/", look_ahead_test, name="look-ahead-test"),
    path(
        f"{PLACE}look-ahead-test.<format:fmt>",
        look_ahead_test_download,
        name="look-ahead-test-download",
    ),
]
