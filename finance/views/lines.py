"""Lines of the money: the list, and adding, changing and merging them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from finance import access, services
from finance.errors import StaleMoney
from finance.line_forms import AddForm, ChangeForm, LineFilter, MergeForm
from finance.models import BudgetLine, FinanceMonth
from finance.rules.positions import NOUGHT
from finance.rules.years import MONTHS, year_name, year_slug
from finance.selectors import budgets_of
from finance.views.pages import MONEY, money_place, runner
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.money import in_pounds
from icp.common.numbers import whole_number
from icp.common.words import plural
from programmes.access import Roles
from programmes.errors import Refused
from programmes.models import Place
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in

A_PAGE = 100
COLUMNS = (
    "year",
    "partner",
    "fund",
    "line",
    "income",
    "opening_budget",
    "annual_budget",
    "from_month",
    "to_month",
)


def _asked(request: HttpRequest) -> tuple[Place, Roles, LineFilter]:
    place, roles = money_place(request)
    rows = access.lines_of(place=place, roles=roles)
    return place, roles, LineFilter(request.GET, queryset=rows, place=place)


def _listed(asked: LineFilter) -> "QuerySet[BudgetLine]":
    rows: QuerySet[BudgetLine] = asked.rows().select_related("organisation", "workstream")
    return rows.order_by("-year", "organisation__pk", "order", "pk")


@signed_in
@require_safe
def lines(request: HttpRequest, place: str) -> HttpResponse:
    """The lines of every year, the newest year first."""
    found, roles, asked = _asked(request)
    page = Paginator(_listed(asked), A_PAGE).get_page(request.GET.get("page"))
    budgets = budgets_of(lines=list(page.object_list), number=MONTHS)
    newest = access.lines_of(place=found, roles=roles).order_by("-year").first()
    context = {
        "place": found,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": f"{plural(page.paginator.count, 'line')}, the newest year first",
        "lines": [
            {
                "line": one,
                "year": year_name(one.year),
                "opening": in_pounds(one.opening_budget),
                "budget": in_pounds(budgets[one.pk]),
            }
            for one in page.object_list
        ],
        "page_obj": page,
        "downloads": downloads_of(request, "money-lines", found),
        "runs": access.may_run_months(roles=roles),
        "next_year": year_slug(newest.year + 1) if newest else "",
        "next_year_name": year_name(newest.year + 1) if newest else "",
    }
    return render(request, "finance/lines.html", context)


@signed_in
@require_safe
def lines_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, _, asked = _asked(request)
    if not asked.form.is_valid():
        return back_to_list(request, "money-lines", place=place)
    rows = list(_listed(asked))
    budgets = budgets_of(lines=rows, number=MONTHS)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} budget lines {clock.today().isoformat()}",
        columns=COLUMNS,
        rows=(
            [
                year_name(one.year),
                one.organisation.short_name,
                one.get_fund_display(),
                one.label,
                "yes" if one.is_income else "no",
                one.opening_budget,
                budgets[one.pk],
                one.from_month,
                one.to_month,
            ]
            for one in rows
        ),
    )


def open_year_of(place: Place) -> int | None:
    """The year whose lines can change: that of the earliest month that is open."""
    months = FinanceMonth.objects.filter(place=place).exclude(state="closed")
    found = months.order_by("year", "number").first()
    return found.year if found else None


def _act(form: Any, do: Callable[[], BudgetLine], request: HttpRequest, said: str) -> Any:
    """The line that was made, or None: what was refused then stands on the form."""
    try:
        made = do()
    except StaleMoney:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, said)
    return made


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def line_new(request: HttpRequest, place: str) -> HttpResponse:
    """A new line, from the month that is open."""
    found, roles = money_place(request)
    runner(roles)
    year = open_year_of(found)
    form = AddForm(request.POST or None, place=found)
    if request.method == "POST" and year and form.is_valid():
        partner = found.organisations.get(pk=form.cleaned_data["partner"])  # type: ignore[attr-defined]

        def add() -> BudgetLine:
            return services.add_line(
                organisation=partner,
                year=year,
                called=form.called(),
                opening_budget=form.cleaned_data["opening"] or NOUGHT,
            )

        if made := _act(form, add, request, "Added."):
            return redirect("money-line", place=place, line=made.pk)
    context = {
        "place": found,
        "form": form,
        "year": year_name(year) if year else "",
        "title": "Add a line",
        "press": "Add it",
        "intro": "It is entered from the month that is open.",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "finance/line_form.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def line_change(request: HttpRequest, place: str, line: int) -> HttpResponse:
    """Rename a line, or move it to another fund or workstream."""
    found, roles = money_place(request)
    runner(roles)
    mine = access.lines_of(place=found, roles=roles)
    one = get_object_or_404(mine.select_related("organisation__place", "workstream"), pk=line)
    initial = {
        "fund": one.fund,
        "workstream": one.workstream_id,
        "name": one.name,
        "is_income": one.is_income,
        "pooled": one.pooled_budget,
        "aligned": one.aligned_budget,
        "version": one.version,
    }
    form = ChangeForm(request.POST or None, place=found, initial=initial)
    status, stale = 422 if request.method == "POST" else 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            made = _act(form, lambda: _change(request, one, form), request, "Kept.")
            if made:
                return redirect("money-line", place=place, line=made.pk)
        except StaleMoney as refused:
            one = refused.current  # type: ignore[assignment]
            stale, status = str(refused), 409
            form.data = {**request.POST.dict(), "version": str(one.version)}
    context = {
        "place": found,
        "form": form,
        "line": one,
        "year": year_name(one.year),
        "title": "Change this line",
        "press": "Save",
        "stale": stale,
        "intro": "Months that are closed keep what it was called. From the month that is open on it is called as you say here.",
    }
    return render(request, "finance/line_form.html", context, status=status)


def _change(request: HttpRequest, one: BudgetLine, form: ChangeForm) -> BudgetLine:
    return services.change_line(
        line=one,
        called=form.called(),
        division=form.division(),
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
        expected_version=form.cleaned_data["version"],
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lines_merge(request: HttpRequest, place: str) -> HttpResponse:
    """Put lines of one partner together, from the month that is open."""
    found, roles = money_place(request)
    runner(roles)
    year = open_year_of(found)
    mine = access.lines_of(place=found, roles=roles).filter(year=year or 0, to_month=MONTHS)
    partners = list(found.organisations.filter(budget_lines__in=mine).distinct().order_by("pk"))  # type: ignore[attr-defined]
    asked = whole_number(request.GET.get("partner"))
    partner = next((one for one in partners if one.pk == asked), partners[0] if partners else None)
    offered = list(
        mine.filter(organisation=partner)
        .select_related("organisation__place", "workstream")
        .order_by("order", "pk")
    )
    form = MergeForm(request.POST or None, place=found, lines=offered)
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in offered if one.pk in form.cleaned_data["lines"]]

        def merge() -> BudgetLine:
            return services.merge_lines(
                lines=chosen,
                called=form.called(),
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
            )

        if made := _act(form, merge, request, "Put together."):
            return redirect("money-line", place=place, line=made.pk)
    context = {
        "place": found,
        "form": form,
        "year": year_name(year) if year and offered else "",
        "partner": partner,
        "partners": partners,
        "title": "Put lines together",
        "press": "Put them together",
        "intro": "Their budgets, and what is entered in the month that is open, add up. Closed months keep them apart.",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "finance/line_form.html", context, status=status)


LINES = f"{MONEY}lines/"
urlpatterns: list[URLPattern] = [
    path(LINES, lines, name="money-lines"),
    path(f"{MONEY}lines.<format:fmt>", lines_download, name="money-lines-download"),
    path(f"{LINES}new/", line_new, name="money-line-new"),
    path(f"{LINES}merge/", lines_merge, name="money-lines-merge"),
    path(f"{LINES}<int:line>/change/", line_change, name="money-line-change"),
]
