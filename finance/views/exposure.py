"""Financial risks, opportunities and mitigations of a month: the list with its totals, and last month's brought forward."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from finance import access
from finance.exposure_forms import RiskFilter
from finance.exposure_lines import COLUMNS, bridge_rows, file_rows, lines, side_rows
from finance.models import FinanceMonth, RiskPosition
from finance.rules.exposure import Exposure, bridge, totals
from finance.rules.summary import fund_variance
from finance.selectors import summary_lines
from finance.selectors.exposure import exposures_and_before, to_bring_forward
from finance.services import exposure as services
from finance.views.entering import (
    changeable,
    entered_partners,
    enterer,
    entrant_of,
    why_not,
)
from finance.views.pages import MONTH, month_address, month_at, partner_at
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes.access import Roles
from programmes.errors import Refused
from programmes.models import Organisation
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in

A_PAGE = 50


def _asked(
    request: HttpRequest, month: FinanceMonth, found: list[Exposure], reads: set[int]
) -> tuple[RiskFilter, list[Exposure]]:
    """The filters, and those of ``found`` that they leave."""
    asked = RiskFilter(
        request.GET,
        queryset=RiskPosition.objects.filter(month=month, risk__organisation__in=reads),
        partners=list({one.partner: one.organisation for one in found}.items()),
        flagged={one.risk for one in found if one.flags},
        unknown={one.risk for one in found if one.weighted is None},
    )
    if not asked.chosen() and not asked.form.errors:
        return asked, found
    kept = set(asked.rows().values_list("risk_id", flat=True))
    return asked, [one for one in found if one.risk in kept]


@signed_in
@require_safe
def risks(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """What may still move the forecast: each, the totals of each side, and the bridge to the mitigated position."""
    month, roles = month_at(request, year=year, number=month_number)
    reads = access.readable_partners(month=month, roles=roles)
    found, before = exposures_and_before(month=month, partners=reads)
    asked, shown = _asked(request, month, found, reads)
    mine = [] if month.is_closed else entered_partners(month, roles)
    page: Any = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    entered, _ = summary_lines(month=month, partners=reads)
    steps = bridge(fund_variance(entered), found)
    context = {
        "place": month.place,
        "month": month,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": f"{plural(len(shown), 'line')}, £000",
        "lines": lines(page.object_list, found),
        "page_obj": page,
        "sides": side_rows(totals(found, before)),
        "bridge": bridge_rows(steps) if found else [],
        "downloads": downloads_of(request, "money-risks", month.place, **_address(month)),
        "waiting": _waiting(request, month, roles, mine),
        "mine": mine,
        "may_add": bool(mine),
    }
    return render(request, "finance/exposure/risks.html", context)


def _address(month: FinanceMonth) -> dict[str, Any]:
    return {"year": month.year_slug, "month_number": month.number}


def _waiting(
    request: HttpRequest, month: FinanceMonth, roles: Roles, mine: list[Organisation]
) -> list[dict[str, Any]]:
    """The partners of which last month holds more than this one, where this person may bring it forward."""
    partners = changeable(request, month=month, roles=roles, partners=mine)
    if not partners:
        return []
    said = to_bring_forward(month=month, partners=[one.pk for one in partners])
    counts = Counter(one.risk.organisation_id for one in said)
    return [
        {"partner": one, "words": plural(counts[one.pk], "line")}
        for one in partners
        if counts[one.pk]
    ]


@signed_in
@require_safe
def download(
    request: HttpRequest, place: str, year: str, month_number: int, fmt: str
) -> HttpResponseBase:
    month, roles = month_at(request, year=year, number=month_number)
    reads = access.readable_partners(month=month, roles=roles)
    found, _ = exposures_and_before(month=month, partners=reads)
    asked, shown = _asked(request, month, found, reads)
    if not asked.form.is_valid():
        return back_to_list(request, "money-risks", **month_address(month))
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{month.place.name} financial risks {month.year_slug} month {month.number}",
        columns=COLUMNS,
        rows=file_rows(shown, found),
    )


@signed_in
@require_POST
def forward(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """Bring what last month holds of one partner into this month."""
    month, roles = month_at(request, year=year, number=month_number)
    organisation = partner_at(month, partner)
    enterer(roles=roles, organisation=organisation)
    refused = why_not(request, month=month, roles=roles, organisation=organisation)
    try:
        if not refused:
            made = services.bring_forward(
                month=month,
                organisation=organisation,
                by=entrant_of(request, roles),
                at=clock.now(),
            )
            messages.success(
                request,
                f"{plural(len(made), 'line')} brought forward. Change what is different now.",
            )
    except Refused as problem:
        refused = str(problem)
    if refused:
        messages.error(request, refused)
    return redirect("money-risks", **month_address(month))


RISKS = f"{MONTH}risks/"
urlpatterns: list[URLPattern] = [
    path(RISKS, risks, name="money-risks"),
    path(f"{MONTH}risks.<format:fmt>", download, name="money-risks-download"),
    path(f"{RISKS}forward/<int:partner>/", forward, name="money-risks-forward"),
]
