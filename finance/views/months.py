"""The months of a place's money: the list, and one month with its summary and what each partner handed in."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance import access, selectors, services
from finance.charts_so_far import SoFar, charts_so_far
from finance.errors import StaleMoney
from finance.exporters.content import missing_content, orders_of, views_content
from finance.exporters.printed import in_short, not_entered, tables
from finance.forms import QueryForm
from finance.models import EDITABLE, Basis, FinanceMonth, FinanceReport, Position, Submission
from finance.rules.years import month_of
from finance.selectors.months import accepted_partners, partners_of, put_right_since
from finance.views.pages import (
    MONEY,
    MONTH,
    month_address,
    month_at,
    partner_at,
    runner,
)
from finance.views.steps import step_of, steps_in, steps_of
from icp.common import clock
from icp.common.numbers import whole_number
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.models import Organisation, Place
from programmes.views.places import place_of, signed_in

MONTHS_A_PAGE = 24


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest, place: str) -> HttpResponse:
    """The months, the newest first, and what waits for this person; its published reports for everybody else."""
    found, roles = place_of(request)
    if not access.may_read(roles=roles):
        if request.method == "POST":
            raise NotAllowed("The programme finance lead opens the first month.")
        return _reports(request, found, roles)
    months = access.months_of(place=found, roles=roles).select_related("closed_by").newest_first()
    today = clock.today()
    if request.method == "POST":
        runner(roles)
        services.open_month(place=found, key=month_of(today))
        return redirect("money", place=found.slug)
    listed = Paginator(months, MONTHS_A_PAGE).get_page(request.GET.get("page"))
    handed = _handed_in(list(listed.object_list))
    context = {
        "place": found,
        "listed": listed,
        "lines": [{"month": one, "handed": handed.get(one.pk, [])} for one in listed],
        "steps": steps_of(place=found, roles=roles, user=request.user, today=today),  # type: ignore[arg-type]
        "may_open": access.may_run_months(roles=roles) and not months.exists(),
    }
    return render(request, "finance/money.html", context)


def _reports(request: HttpRequest, place: Place, roles: Roles) -> HttpResponse:
    reports = access.reports_of(place=place, roles=roles).select_related("month").newest_first()
    reports = reports.defer("content", "pdf")
    listed = Paginator(reports, MONTHS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(listed.object_list)
    latest = rows[0] if rows and listed.number == 1 else None
    context = {
        "place": place,
        "listed": listed,
        "latest": latest,
        "in_short": in_short(latest.content) if latest else [],
    }
    return render(request, "finance/reports.html", context)


def _handed_in(months: list[FinanceMonth]) -> dict[int, list[Submission]]:
    found: dict[int, list[Submission]] = {}
    said = Submission.objects.filter(month__in=months).select_related("organisation")
    for one in said.order_by("organisation_id"):
        found.setdefault(one.month_id, []).append(one)
    return found


@signed_in
@require_safe
def month(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """One month: its partners, its consolidated summary, and the views by workstream and partner."""
    found, roles = month_at(request, year=year, number=month_number)
    return _show(request, found, roles)


def _show(
    request: HttpRequest, found: FinanceMonth, roles: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    partners = partners_of(place=found.place, year=found.year)
    said = selectors.submissions_of(month=found)
    entered = access.partners_to_enter(place=found.place, roles=roles)
    mine = set(entered.values_list("pk", flat=True))
    reads = access.readable_partners(month=found, roles=roles, own=mine)
    stamped = FinanceReport.objects.filter(month=found).defer("pdf").first()
    content, so_far = _content(found, partners, reads, stamped)
    nothing = _nothing(content)
    today = clock.today()
    steps = []
    if not found.is_closed:
        steps = steps_in(
            month=found,
            partners=partners,
            mine=mine,
            said=said,
            roles=roles,
            user=request.user,  # type: ignore[arg-type]
            today=today,
        )
    elif stamped and not stamped.is_published and access.may_publish(roles=roles):
        stamped.month = found
        steps = [step_of(stamped, request.user)]  # type: ignore[arg-type]
    waiting = [one for one in partners if one.pk not in said or said[one.pk].state != "accepted"]
    bases = Basis.objects.filter(organisation__in=partners, year=found.year)
    context = {
        "place": found.place,
        "month": found,
        "partners": [
            {"partner": one, "submission": said.get(one.pk), "is_read": one.pk in reads}
            for one in partners
        ],
        "waiting": waiting,
        "waiting_words": ", ".join(one.short_name for one in waiting),
        "missing": _missing(content, partners),
        "tables": [] if nothing or not partners else tables(content),
        "nothing": nothing,
        "so_far": None if nothing else so_far,
        "charts": so_far.charts if so_far else [],
        "drill": reverse("money-month-lines", kwargs=month_address(found)),
        "runs": access.may_run_months(roles=roles),
        "ended": today > found.month.ends_on,
        "steps": steps,
        "editable_states": EDITABLE,
        "put_right": _put_right(found, roles),
        "bases": bases.select_related("organisation").order_by("organisation_id"),
        "query": QueryForm(),
        "report": stamped is not None,
        **more,
    }
    return render(request, "finance/month.html", context, status=status)


def _content(
    found: FinanceMonth,
    partners: list[Organisation],
    reads: set[int],
    stamped: FinanceReport | None,
) -> tuple[dict[str, Any], SoFar | None]:
    """The views of the month: as stamped once it is closed, with the names of its time; else of the partners that this
    person ``reads``, and the charts of these.
    """
    if stamped is not None:
        return dict(stamped.content), None
    read = accepted_partners(month=found) if found.is_closed else reads
    lines, missing = selectors.summary_lines(month=found, partners=read)
    orders = orders_of(month=found, partners=[one.short_name for one in partners])
    content = {
        **views_content(lines, orders=orders),
        "not_entered": [missing_content(one) for one in missing],
    }
    if found.is_closed:
        return content, None
    return content, charts_so_far(month=found, lines=lines, partners=reads, orders=orders)


def _put_right(found: FinanceMonth, roles: Roles) -> list[Position]:
    """What later months say of a closed one, as far as this person reads them."""
    if not found.is_closed:
        return []
    return put_right_since(month=found, read=access.positions_of(place=found.place, roles=roles))


def _nothing(content: Mapping[str, Any]) -> str:
    """Why there is no figure at all; empty where there is one."""
    rows = content["organisations"]
    return str(rows[-1].get("absent") or "") if rows and rows[-1]["ytd_actual"] is None else ""


def _missing(content: dict[str, Any], partners: list[Organisation]) -> list[dict[str, Any]]:
    """How many lines of each partner are in no figure, each with its page."""
    keys = {one.short_name: one.pk for one in partners}
    return [
        {"name": name, "count": count, "partner": keys.get(name)}
        for name, count in not_entered(content)
    ]


@signed_in
@require_POST
def month_act(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """What the programme finance lead does with a month: lock, open again, close, query or accept a partner's."""
    found, roles = month_at(request, year=year, number=month_number)
    runner(roles)
    action, _, target = request.POST.get("do", "").partition("-")
    query = QueryForm(request.POST if action == "query" else None)
    if action == "query" and not query.is_valid():
        return _show(request, found, roles, status=422, query=query, queried=target)
    try:
        said = _do(request, found, action, target, query)
    except StaleMoney as stale:
        found.refresh_from_db()
        more = {"query": query, "queried": target} if action == "query" else {}
        return _show(request, found, roles, status=409, refused=str(stale), **more)
    except Refused as refused:
        return _show(request, found, roles, status=422, refused=str(refused))
    messages.success(request, said)
    return redirect("money-month", **month_address(found))


def _do(
    request: HttpRequest, found: FinanceMonth, action: str, target: str, query: QueryForm
) -> str:
    user: Any = request.user
    at, today = clock.now(), clock.today()
    seen = whole_number(request.POST.get("version")) or 0
    if action == "lock":
        services.lock_month(month=found, expected_version=seen)
        return f"{found} is closed to finance leads."
    if action == "unlock":
        services.unlock_month(month=found, expected_version=seen)
        return f"{found} is open to finance leads again."
    if action == "close":
        without = request.POST.get("without") == "yes"
        services.close_month(
            month=found,
            by=user,
            at=at,
            today=today,
            without_late_partners=without,
            expected_version=seen,
        )
        return f"{found} is closed: its figures never change."
    partner = partner_at(found, whole_number(target) or 0)
    if action == "accept":
        services.accept_submission(
            month=found,
            organisation=partner,
            by=user,
            at=at,
            expected_version=seen,
        )
        return f"{partner.short_name}’s figures are accepted."
    services.query_submission(
        month=found,
        organisation=partner,
        question=query.cleaned_data["question"],
        by=user,
        at=at,
        expected_version=seen,
    )
    return f"{partner.short_name}’s finance lead is asked."


urlpatterns: list[URLPattern] = [
    path(MONEY, money, name="money"),
    path(MONTH, month, name="money-month"),
    path(f"{MONTH}act/", month_act, name="money-month-act"),
]
