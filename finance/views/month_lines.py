"""The lines behind a sum of a month: each with its figures, its comment, and who entered it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from finance import access, selectors
from finance.drill import MonthLineFilter
from finance.models import FIGURES, BudgetLine, FinanceMonth, Position
from finance.presenters import is_unfavourable
from finance.rules.positions import Amounts, total
from finance.selectors.months import accepted_partners
from finance.selectors.positions import amounts_of
from finance.views.pages import MONTH, month_address, month_at
from icp.common.downloads import table_response
from icp.common.money import in_thousands
from icp.common.words import plural
from programmes.access import Roles
from programmes.views.lists import PAGES, chosen_of
from programmes.views.places import signed_in

A_PAGE = 100
COMPUTED = ("ytd_variance", "forecast_variance", "prior_forecast_variance")
COLUMNS = (
    "partner",
    "fund",
    "line",
    *FIGURES,
    *COMPUTED,
    "comment",
    "puts_right",
    "correction",
    "entered_by",
    "entered_at",
)


@dataclass(frozen=True)
class Found:
    """A line of the month, as far as this person reads it."""

    line: BudgetLine
    position: Position | None
    amounts: Amounts | None


def _asked(
    request: HttpRequest, year: str, number: int
) -> tuple[FinanceMonth, MonthLineFilter, list[Found]]:
    month, roles = month_at(request, year=year, number=number)
    rows = access.lines_of(place=month.place, roles=roles).filter(
        year=month.year, from_month__lte=month.number, to_month__gte=month.number
    )
    asked = MonthLineFilter(request.GET, queryset=rows, place=month.place)
    lines = asked.rows().select_related("organisation", "workstream")
    return month, asked, _found(month, roles, lines.order_by("organisation__pk", "order", "pk"))


def _found(month: FinanceMonth, roles: Roles, lines: Iterable[BudgetLine]) -> list[Found]:
    """The lines with what is read of them: of a closed month what was stamped. Five queries."""
    partners = (
        accepted_partners(month=month)
        if month.is_closed
        else access.readable_partners(month=month, roles=roles)
    )
    lines = list(lines)
    prior = selectors.prior_variances(month=month, lines=lines)
    positions = Position.objects.filter(month=month, line__organisation__in=partners)
    said = {one.line_id: one for one in positions.select_related("entered_by", "corrects")}
    return [
        Found(line, said.get(line.pk), amounts_of(said.get(line.pk), prior=prior.get(line.pk)))
        for line in lines
    ]


@signed_in
@require_safe
def month_lines(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """The lines of a month, filtered as a sum of its report is, and their total."""
    month, asked, found = _asked(request, year, month_number)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    known = [one.amounts for one in found if one.amounts]
    context = {
        "place": month.place,
        "month": month,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": f"{plural(len(found), 'line')}, £000",
        "lines": [{"found": one, "figures": _printed(one.amounts)} for one in page.object_list],
        "total": _printed(total(known)) if known else [],
        "lacking": len(found) - len(known),
        "page_obj": page,
        "downloads": _downloads(request, month),
    }
    return render(request, "finance/month_lines.html", context)


def _printed(amounts: Amounts | None) -> list[dict[str, Any]]:
    """The seven figures of a line in the order of the table; none where it is not entered."""
    if amounts is None:
        return []
    labels = {
        "annual_budget": "Annual budget",
        "ytd_budget": "Budget to date",
        "ytd_actual": "Actual to date",
        "ytd_variance": "Variance to date",
        "forecast_outturn": "Forecast outturn",
        "forecast_variance": "Forecast variance",
        "prior_forecast_variance": "Last month’s",
    }
    found = []
    for name, label in labels.items():
        text = in_thousands(getattr(amounts, name))
        found.append(
            {
                "label": label,
                "text": text,
                "is_adverse": name in COMPUTED and is_unfavourable(text),
            }
        )
    return found


def _downloads(request: HttpRequest, month: FinanceMonth) -> list[dict[str, str]]:
    kept = request.GET.copy()
    for parameter in PAGES:
        kept.pop(parameter, None)
    query = f"?{kept.urlencode()}" if kept else ""
    where = month_address(month)
    return [
        {
            "text": text,
            "href": reverse("money-month-lines-download", kwargs=where | {"fmt": fmt}) + query,
        }
        for fmt, text in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


@signed_in
@require_safe
def month_lines_download(
    request: HttpRequest, place: str, year: str, month_number: int, fmt: str
) -> HttpResponseBase:
    month, asked, found = _asked(request, year, month_number)
    if not asked.form.is_valid():
        address = reverse("money-month-lines", kwargs=month_address(month))
        return redirect(f"{address}?{request.GET.urlencode()}")
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{month.place.name} {month} lines",
        columns=COLUMNS,
        rows=(_row(one) for one in found),
    )


def _row(one: Found) -> list[Any]:
    position = one.position
    return [
        one.line.organisation.short_name,
        one.line.get_fund_display(),
        one.line.label,
        *(getattr(position, name, None) for name in FIGURES),
        *(getattr(one.amounts, name, None) for name in COMPUTED),
        position.comment if position else "",
        str(position.corrects or "") if position else "",
        position.correction if position else "",
        str(position.entered_by or "") if position else "",
        position.entered_at if position else None,
    ]


urlpatterns: list[URLPattern] = [
    path(f"{MONTH}lines/", month_lines, name="money-month-lines"),
    path(f"{MONTH}lines.<format:fmt>", month_lines_download, name="money-month-lines-download"),
]
