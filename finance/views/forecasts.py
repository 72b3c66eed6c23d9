"""A partner's forecasts beside what simple reckoning says: to look at, never to overwrite."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finance.grid import GridLine, printed
from finance.models import FinanceMonth
from finance.presenters import printed_forecasts
from finance.selectors.forecasting import forecasts_of, set_beside
from finance.views.entering import reader
from finance.views.pages import MONTH, month_address, month_at, partner_at
from icp.common.downloads import table_response
from icp.common.money import in_thousands
from programmes.models import Organisation
from programmes.views.lists import downloads_of
from programmes.views.places import signed_in

COLUMNS = (
    "fund",
    "line",
    "annual_budget",
    "actual_to_date",
    "own_forecast",
    "straight_line",
    "own_less_straight_line",
    "last_years_profile",
    "own_less_last_years_profile",
)


def _read(
    request: HttpRequest, year: str, number: int, partner: int
) -> tuple[FinanceMonth, Organisation]:
    month, roles = month_at(request, year=year, number=number)
    organisation = partner_at(month, partner)
    reader(month=month, roles=roles, organisation_id=organisation.pk)
    return month, organisation


def beside(*, month: FinanceMonth, grid: Sequence[GridLine], unit: str) -> list[dict[str, Any]]:
    """The lines of the month-end page three ways, in the page's unit; of what is saved. Two queries at most."""
    found = set_beside(
        month=month,
        lines=[one.line for one in grid],
        said={one.key: one.position for one in grid if one.position},
    )
    return [printed_forecasts(one, partial(printed, unit=unit)) for one in found]


@signed_in
@require_safe
def forecasts(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """Each line three ways: the lead's own, a straight line, last year's profile."""
    month, organisation = _read(request, year, month_number, partner)
    found = forecasts_of(month=month, organisation=organisation)
    address = {**month_address(month), "partner": organisation.pk}
    context = {
        "place": month.place,
        "month": month,
        "partner": organisation,
        "lines": [printed_forecasts(one, in_thousands) for one in found],
        "has_last_year": any(one.forecasts.last_year is not None for one in found),
        "downloads": downloads_of(
            request,
            "month-end-forecasts",
            month.place,
            **{name: value for name, value in address.items() if name != "place"},
        ),
    }
    return render(request, "finance/forecasts.html", context)


@signed_in
@require_safe
def download(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int, fmt: str
) -> HttpResponseBase:
    month, organisation = _read(request, year, month_number, partner)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{organisation.short_name} forecasts {month.year_slug} month {month.number}",
        columns=COLUMNS,
        rows=(
            [
                one.line.get_fund_display(),
                one.line.label,
                one.annual_budget,
                one.actual,
                one.forecasts.own,
                one.forecasts.straight,
                one.forecasts.from_straight,
                one.forecasts.last_year,
                one.forecasts.from_last_year,
            ]
            for one in forecasts_of(month=month, organisation=organisation)
        ),
    )


PARTNER = f"{MONTH}<int:partner>/"
urlpatterns: list[URLPattern] = [
    path(f"{PARTNER}forecasts/", forecasts, name="month-end-forecasts"),
    path(f"{PARTNER}forecasts.<format:fmt>", download, name="month-end-forecasts-download"),
]
