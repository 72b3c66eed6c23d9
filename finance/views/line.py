"""One line of the money over the year: what it said each month, who entered it, and what moved its budget."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from finance import access
from finance.models import (
    FIGURES,
    BudgetLine,
    Position,
    VirementLine,
    VirementState,
    WorkingPaper,
)
from finance.rules.years import year_name
from finance.selectors.as_at import LineThen, line_then
from finance.selectors.entries import entries_of
from finance.services.phasing import phases_of
from finance.views.pages import MONEY, money_place
from icp.common import clock
from icp.common.money import in_pounds
from programmes.access import Roles
from programmes.as_at_form import AsAtForm
from programmes.history.words import date_and_time
from programmes.models import Place
from programmes.views.places import signed_in

ENTRIES = 100


@signed_in
@require_safe
def line(request: HttpRequest, place: str, line: int) -> HttpResponse:
    """Every month's entry of a line, each save of it, and how its annual budget comes about; now, or ``?as-at=`` a
    moment as it stood then.
    """
    found, roles = money_place(request)
    lines = access.lines_of(place=found, roles=roles).select_related("organisation", "workstream")
    one = get_object_or_404(lines, pk=line)
    if "as-at" not in request.GET:
        return _show(request, found, _now(one, found, roles), beside=_beside(one, roles))
    form = AsAtForm(request.GET, now=clock.now(), what="line")
    if not form.is_valid():
        now = _now(one, found, roles)
        return _show(request, found, now, form=form, beside=_beside(one, roles), status=400)
    then = line_then(line=one, place=found, roles=roles, at=form.moment)
    if then is None:
        raise Http404("There was no such line at that moment.")
    return _show(request, found, then, form=form, stood_at=date_and_time(form.moment))


def _now(line: BudgetLine, place: Place, roles: Roles) -> LineThen:
    said = access.positions_of(place=place, roles=roles).filter(line=line)
    said = said.select_related("month", "entered_by", "corrects")
    moves = VirementLine.objects.filter(line=line, virement__state=VirementState.APPROVED)
    return LineThen(
        line,
        list(said.order_by("-month__year", "-month__number")),
        list(moves.select_related("virement").order_by("virement__from_month", "pk")),
    )


def _show(
    request: HttpRequest,
    place: Place,
    then: LineThen,
    *,
    form: AsAtForm | None = None,
    stood_at: str = "",
    beside: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``beside`` is what stands with the line now: nothing of it is shown as it stood."""
    entries = entries_of(positions=then.positions, at_most=ENTRIES) if beside else []
    context = {
        "place": place,
        "line": then.line,
        "year": year_name(then.line.year),
        "positions": [{"said": position, **_printed(position)} for position in then.positions],
        "entries": [{"said": entry, **_printed(entry.figures)} for entry in entries],
        "opening": in_pounds(then.line.opening_budget),
        "budget": in_pounds(then.budget),
        "moves": [{"move": move, "amount": in_pounds(move.amount)} for move in then.moves],
        "as_at": form or AsAtForm(now=clock.now(), what="line"),
        "stood_at": stood_at,
        **(beside or {}),
    }
    return render(request, "finance/line.html", context, status=status)


def _beside(one: BudgetLine, roles: Roles) -> dict[str, Any]:
    """What the line carries on, what carries it on, its working papers, and what this person may do with it."""
    related = ("organisation", "workstream")
    papers = WorkingPaper.objects.filter(line=one, removed_at=None).defer("content")
    reads = access.may_read_papers(roles=roles, organisation_id=one.organisation_id)
    return {
        "is_now": True,
        "is_phased": bool(phases_of(lines=[one])),
        "runs": access.may_run_months(roles=roles),
        "may_prepare": access.may_prepare(roles=roles, organisation_id=one.organisation_id),
        "continues": one.continues.select_related(*related).order_by("pk"),
        "continued_by": one.continued_by.select_related(*related).order_by("pk"),  # type: ignore[attr-defined]
        "reads_papers": reads,
        "papers": papers.select_related("added_by").order_by("added_at", "pk") if reads else [],
    }


def _printed(position: Position) -> dict[str, str]:
    printed = {name: in_pounds(getattr(position, name)) for name in FIGURES}
    known = position.annual_budget is not None and position.forecast_outturn is not None
    variance = position.annual_budget - position.forecast_outturn if known else None  # type: ignore[operator]
    return printed | {"variance": in_pounds(variance)}


urlpatterns: list[URLPattern] = [path(f"{MONEY}lines/<int:line>/", line, name="money-line")]
