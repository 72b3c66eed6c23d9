"""One line of the money over the year: what it said each month, who entered it, and what moved its budget."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finance import access
from finance.models import Position, VirementLine, VirementState
from finance.rules.years import MONTHS, year_name
from finance.selectors import budgets_of
from finance.views.pages import MONEY, money_place
from icp.common.money import in_pounds
from programmes.views.places import signed_in


@signed_in
@require_safe
def line(request: HttpRequest, place: str, line: int) -> HttpResponse:
    """Every month's entry of a line, and how its annual budget comes about."""
    found, roles = money_place(request)
    lines = access.lines_of(place=found, roles=roles).select_related("organisation", "workstream")
    one = get_object_or_404(lines, pk=line)
    said = access.positions_of(place=found, roles=roles).filter(line=one)
    said = said.select_related("month", "entered_by", "corrects")
    moves = VirementLine.objects.filter(line=one, virement__state=VirementState.APPROVED)
    moves = moves.select_related("virement").order_by("virement__from_month", "pk")
    budget = budgets_of(lines=[one], number=MONTHS)[one.pk]
    context = {
        "place": found,
        "line": one,
        "year": year_name(one.year),
        "positions": [
            {"said": position, **_printed(position)}
            for position in said.order_by("-month__year", "-month__number")
        ],
        "opening": in_pounds(one.opening_budget),
        "budget": in_pounds(budget),
        "moves": [{"move": move, "amount": in_pounds(move.amount)} for move in moves],
    }
    return render(request, "finance/line.html", context)


def _printed(position: Position) -> dict[str, str]:
    names = ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn")
    printed = {name: in_pounds(getattr(position, name)) for name in names}
    known = position.annual_budget is not None and position.forecast_outturn is not None
    variance = position.annual_budget - position.forecast_outturn if known else None  # type: ignore[operator]
    return printed | {"variance": in_pounds(variance)}


urlpatterns: list[URLPattern] = [path(f"{MONEY}lines/<int:line>/", line, name="money-line")]
