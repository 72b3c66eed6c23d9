"""One financial risk, opportunity or mitigation in a month: added, changed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import access
from finance.access import Entrant
from finance.both_shown import facts_in, said_in
from finance.errors import CannotKeep, StaleMoney
from finance.exposure_forms import NewRiskForm, RiskForm, WithdrawForm, initial_of
from finance.forms import UNIT_WORDS, unit_of
from finance.models import FinanceMonth, FinancialRisk, RiskPosition
from finance.selectors.exposure import risk_in
from finance.services import exposure as services
from finance.views.entering import entered_partners, enterer, entrant_of, reader, why_not
from finance.views.pages import MONTH, month_address, month_at
from icp.common import clock
from icp.common.numbers import whole_number
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.models import Organisation
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """Add one to a partner's register."""
    month, roles = month_at(request, year=year, number=month_number)
    partners = entered_partners(month, roles)
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
            refused = _added(request, month, chosen, form, entrant_of(request, roles))
        if not refused and not form.errors:
            return redirect("money-risks", **month_address(month))
    return _form_page(request, month, form, unit, refused=refused, closed=closed)


def _added(
    request: HttpRequest,
    month: FinanceMonth,
    partner: Organisation,
    form: NewRiskForm,
    entrant: Entrant,
) -> str:
    """Add it; why not, in words. A field that is to be put right says so itself."""
    try:
        made = services.add_risk(
            month=month,
            organisation=partner,
            side=form.cleaned_data["side"],
            ref=form.cleaned_data["ref"],
            values=form.values(),
            by=entrant,
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
    one = _known_in(month, roles, one, said)
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
            entrant = entrant_of(request, roles)
            if _done(request, month, one, form, withdraw, entrant, withdrawing=withdrawing):
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
        theirs=said_in(RiskForm(initial=initial_of(said, one), **more)) if stale else None,
    )


def _known_in(
    month: FinanceMonth, roles: Roles, one: FinancialRisk, said: RiskPosition | None
) -> FinancialRisk:
    """The risk as the month knows it, to whoever enters for its partner, and to others once the month speaks of it.

    Raises:
        Http404: the month does not know it.
    """
    then = risk_in(risk=one, month=month)
    enters = access.may_enter_for(roles=roles, organisation=one.organisation)
    if then is None or not (said or enters):
        raise Http404
    return then


def _done(
    request: HttpRequest,
    month: FinanceMonth,
    one: FinancialRisk,
    form: RiskForm,
    withdraw: WithdrawForm,
    entrant: Entrant,
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
            by=entrant,
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
        by=entrant,
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
    closed: str,
    **more: Any,
) -> HttpResponse:
    stale = more.get("stale")
    withdraw = more.get("withdraw")
    if refused:
        # What was typed stays to be seen, and can be sent again once the month takes it.
        closed = ""
    wrong = refused or form.errors or (withdraw and withdraw.errors)
    context = {
        "place": month.place,
        "month": month,
        "form": form,
        "unit": unit,
        "units": UNIT_WORDS,
        "refused": refused,
        "facts": facts_in(form.visible_fields(), to_confirm=("full_value", "probability"))
        if closed
        else [],
        "closed": closed,
        **more,
    }
    status = 409 if stale else 422 if wrong else 200
    return render(request, "finance/exposure/risk.html", context, status=status)


RISKS = f"{MONTH}risks/"
urlpatterns: list[URLPattern] = [
    path(f"{RISKS}new/", new, name="money-risk-new"),
    path(f"{RISKS}<int:risk>/", risk, name="money-risk"),
]
