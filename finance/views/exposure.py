"""Financial risks, opportunities and mitigations of a month: the list with its totals, one of them, a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance import access
from finance.errors import CannotKeep, StaleMoney
from finance.exposure_forms import NewRiskForm, RiskFilter, RiskForm, WithdrawForm, initial_of
from finance.exposure_lines import COLUMNS, bridge_rows, file_rows, lines, side_rows
from finance.forms import UNIT_WORDS, unit_of
from finance.models import FinanceMonth, FinancialRisk, RiskPosition
from finance.rules.exposure import Exposure, bridge, totals
from finance.rules.positions import total
from finance.rules.summary import amounts_of
from finance.selectors import summary_lines
from finance.selectors.exposure import exposures_and_before, positions_of, to_bring_forward
from finance.services import exposure as services
from finance.views.entering import enterer, reader, why_not
from finance.views.pages import MONTH, month_address, month_at, partner_at
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.numbers import whole_number
from icp.common.words import plural
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.models import Organisation
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in

A_PAGE = 50


def _asked(
    request: HttpRequest, month: FinanceMonth, found: list[Exposure], reads: set[int]
) -> tuple[RiskFilter, list[Exposure]]:
    """The filters, and those of ``found`` that they leave."""
    partners = {}
    rows = positions_of(month, partners=reads)
    for one in rows:
        partners[one.risk.organisation_id] = one.risk.organisation.short_name
    asked = RiskFilter(
        request.GET,
        queryset=RiskPosition.objects.filter(month=month, risk__organisation__in=reads),
        partners=list(partners.items()),
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
    mine = [] if month.is_closed else _partners(month, roles)
    page: Any = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    entered, _ = summary_lines(month=month, partners=reads)
    inside = amounts_of(one for one in entered if one.is_in_fund)
    steps = bridge(total(inside).forecast_variance if inside else None, found)
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
        "waiting": _waiting(request, month, roles),
        "mine": mine,
        "may_add": bool(mine),
    }
    return render(request, "finance/exposure/risks.html", context)


def _address(month: FinanceMonth) -> dict[str, Any]:
    return {"year": month.year_slug, "month_number": month.number}


def _partners(month: FinanceMonth, roles: Roles) -> list[Organisation]:
    return list(access.partners_to_enter(place=month.place, roles=roles).order_by("pk"))


def _waiting(request: HttpRequest, month: FinanceMonth, roles: Roles) -> list[dict[str, Any]]:
    """The partners of which last month holds more than this one, where this person may bring it forward."""
    if month.is_closed:
        return []
    found = []
    for partner in _partners(month, roles):
        if not why_not(request, month=month, roles=roles, organisation=partner):
            count = len(to_bring_forward(month=month, organisation=partner))
            if count:
                found.append({"partner": partner, "words": plural(count, "line")})
    return found


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
                by=request.user,  # type: ignore[arg-type]
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


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """Add one to a partner's register."""
    month, roles = month_at(request, year=year, number=month_number)
    partners = _partners(month, roles)
    if not partners:
        raise NotAllowed("Finance leads add risks, opportunities and mitigations of their partner.")
    unit = unit_of(request.GET.get("unit"))
    form = NewRiskForm(
        request.POST or None,
        unit=unit,
        words=UNIT_WORDS[unit],
        partners=[(one.pk, one.short_name) for one in partners],
    )
    closed = month.says_closed if month.is_closed else ""
    refused = closed if request.method == "POST" else ""
    if request.method == "POST" and not closed and form.is_valid():
        chosen = next(one for one in partners if one.pk == form.cleaned_data["organisation"])
        refused = why_not(request, month=month, roles=roles, organisation=chosen)
        if not refused:
            refused = _added(request, month, chosen, form)
        if not refused and not form.errors:
            return redirect("money-risks", **month_address(month))
    return _form_page(request, month, form, unit, refused=refused, closed=closed)


def _added(
    request: HttpRequest, month: FinanceMonth, partner: Organisation, form: NewRiskForm
) -> str:
    """Add it; why not, in words. A field that is to be put right says so itself."""
    try:
        made = services.add_risk(
            month=month,
            organisation=partner,
            side=form.cleaned_data["side"],
            ref=form.cleaned_data["ref"],
            values=form.values(),
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
        messages.success(request, f"{made.risk} is added.")
    except CannotKeep as problem:
        form.add_error(problem.field, str(problem))
    except Refused as problem:
        return str(problem)
    return ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def risk(request: HttpRequest, place: str, year: str, month_number: int, risk: int) -> HttpResponse:
    """One of them in this month: changed or withdrawn. Who saves second sees both and chooses."""
    month, roles = month_at(request, year=year, number=month_number)
    mine = access.risks_of(place=month.place, roles=roles).filter(year=month.year)
    one = get_object_or_404(mine.select_related("organisation", "withdrawn_in"), pk=risk)
    reader(month=month, roles=roles, organisation_id=one.organisation_id)
    if request.method == "POST":
        enterer(roles=roles, organisation=one.organisation)
    closed = why_not(request, month=month, roles=roles, organisation=one.organisation)
    said = RiskPosition.objects.filter(risk=one, month=month).select_related("entered_by").first()
    unit = unit_of(request.GET.get("unit"))
    more: dict[str, Any] = {"unit": unit, "words": UNIT_WORDS[unit]}
    withdrawing = request.POST.get("do") == "withdraw"
    saving = request.method == "POST" and not withdrawing
    form = RiskForm(request.POST if saving else None, initial=initial_of(said, one), **more)
    withdraw = WithdrawForm(request.POST if withdrawing else None)
    stale: StaleMoney | None = None
    refused = closed if request.method == "POST" else ""
    if request.method == "POST" and not closed:
        try:
            if _done(request, month, one, form, withdraw, withdrawing=withdrawing):
                return redirect("money-risks", **month_address(month))
        except StaleMoney as problem:
            stale = problem
            said = problem.current  # type: ignore[assignment]
            version = said.version if said else 0
            typed = form.cleaned_data if form.is_bound else initial_of(said, one)
            form = RiskForm(initial={**typed, "version": version}, **more)
        except Refused as problem:
            refused = str(problem)
    return _form_page(
        request,
        month,
        form,
        unit,
        refused=refused,
        risk=one,
        said=said,
        closed=closed,
        withdraw=withdraw,
        stale=stale,
        theirs=RiskForm(initial=initial_of(said, one), **more) if stale else None,
    )


def _done(
    request: HttpRequest,
    month: FinanceMonth,
    one: FinancialRisk,
    form: RiskForm,
    withdraw: WithdrawForm,
    *,
    withdrawing: bool,
) -> bool:
    """Do what was pressed; whether it was done."""
    if withdrawing:
        if not withdraw.is_valid():
            return False
        services.withdraw_risk(
            month=month,
            risk=one,
            because=withdraw.cleaned_data["because"],
            expected_version=whole_number(request.POST.get("version")) or 0,
        )
        messages.success(request, f"{one} is withdrawn from {month} on.")
        return True
    if not form.is_valid():
        return False
    services.save_risk(
        month=month,
        risk=one,
        values=form.values(),
        expected_version=form.cleaned_data["version"],
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
    )
    messages.success(request, f"{one} is saved.")
    return True


def _form_page(
    request: HttpRequest,
    month: FinanceMonth,
    form: RiskForm,
    unit: str,
    *,
    refused: str,
    **more: Any,
) -> HttpResponse:
    stale = more.get("stale")
    withdraw = more.get("withdraw")
    wrong = refused or form.errors or (withdraw and withdraw.errors)
    context = {
        "place": month.place,
        "month": month,
        "form": form,
        "unit": unit,
        "units": UNIT_WORDS,
        "refused": refused,
        **more,
    }
    status = 409 if stale else 422 if wrong else 200
    return render(request, "finance/exposure/risk.html", context, status=status)


RISKS = f"{MONTH}risks/"
urlpatterns: list[URLPattern] = [
    path(RISKS, risks, name="money-risks"),
    path(f"{MONTH}risks.<format:fmt>", download, name="money-risks-download"),
    path(f"{RISKS}new/", new, name="money-risk-new"),
    path(f"{RISKS}forward/<int:partner>/", forward, name="money-risks-forward"),
    path(f"{RISKS}<int:risk>/", risk, name="money-risk"),
]
