"""Savings of a month: the schemes with their performance, one of them, a new one, and a partner's as a whole."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from finance import access
from finance.both_shown import facts_in, said_in
from finance.errors import CannotKeep, StaleMoney
from finance.forms import UNIT_WORDS, unit_of
from finance.models import FinanceMonth, SavingsPosition, SavingsScheme
from finance.models.exposure import OF_PARTNER
from finance.rules.savings import less
from finance.rules.years import MONTHS
from finance.savings_forms import (
    NewSchemeForm,
    SavingsForm,
    SchemeFilter,
    SchemeForm,
    initial_of,
    initial_of_partner,
)
from finance.savings_lines import COLUMNS, file_rows, lines, performance_tables
from finance.selectors.exposure import savings_of
from finance.selectors.savings import plans_of, read_schemes, savings_in
from finance.services import savings as services
from finance.views.entering import enterer, entrant_of, reader, why_not
from finance.views.pages import MONTH, month_address, month_at, partner_at
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.money import in_thousands
from icp.common.words import plural
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.models import Programme
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in

A_PAGE = 50
PLANS = [f"plan{number}" for number in range(1, MONTHS + 1)]


def _asked(
    request: HttpRequest, month: FinanceMonth, roles: Roles, reads: set[int]
) -> tuple[SchemeFilter, list[SavingsScheme]]:
    """The filters, and the schemes of the partners that one ``reads`` which they leave, by partner and name."""
    mine = access.schemes_of(month=month, roles=roles).filter(organisation__in=reads)
    found = read_schemes(mine)
    asked = SchemeFilter(request.GET, queryset=mine, month=month, schemes=found)
    if not asked.chosen() and not asked.form.errors:
        return asked, found
    kept = set(asked.rows().values_list("id", flat=True))
    return asked, [one for one in found if one.pk in kept]


@signed_in
@require_safe
def savings(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """The schemes, their performance by partner, workstream and type, and what each partner says as a whole."""
    month, roles = month_at(request, year=year, number=month_number)
    reads = access.readable_partners(month=month, roles=roles)
    asked, schemes = _asked(request, month, roles, reads)
    found = savings_in(month=month, schemes=schemes)
    page: Any = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    mine = access.partners_to_enter(place=month.place, roles=roles)
    context = {
        "place": month.place,
        "month": month,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": f"{plural(len(found), 'scheme')}, £",
        "lines": lines(page.object_list),
        "page_obj": page,
        "tables": performance_tables(found),
        "partners": _partner_rows(month, reads),
        "downloads": downloads_of(
            request, "money-savings", month.place, year=month.year_slug, month_number=month.number
        ),
        "mine": [] if month.is_closed else list(mine.order_by("pk")),
    }
    return render(request, "finance/savings/savings.html", context)


def _partner_rows(month: FinanceMonth, reads: set[int]) -> list[dict[str, Any]]:
    """What each partner says as a whole, £000."""
    return [
        {
            "partner": one.organisation,
            **{name: in_thousands(getattr(one, name)) for name in OF_PARTNER},
            "forecast_variance": in_thousands(less(one.forecast_full_year, one.plan_full_year)),
        }
        for one in savings_of(month=month, partners=reads)
    ]


@signed_in
@require_safe
def download(
    request: HttpRequest, place: str, year: str, month_number: int, fmt: str
) -> HttpResponseBase:
    month, roles = month_at(request, year=year, number=month_number)
    reads = access.readable_partners(month=month, roles=roles)
    asked, schemes = _asked(request, month, roles, reads)
    if not asked.form.is_valid():
        return back_to_list(request, "money-savings", **month_address(month))
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{month.place.name} savings {month.year_slug} month {month.number}",
        columns=COLUMNS,
        rows=file_rows(
            savings_in(month=month, schemes=schemes),
            plans_of(schemes=[one.pk for one in schemes], at=month.closed_at),
        ),
    )


def _in(request: HttpRequest, month: FinanceMonth) -> dict[str, Any]:
    """What every scheme's form is made with."""
    unit = unit_of(request.GET.get("unit") or "pounds")
    workstreams = Programme.objects.in_place(month.place).in_order()
    return {
        "unit": unit,
        "words": UNIT_WORDS[unit],
        "workstreams": workstreams,
        "year": month.year,
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """Add a scheme of a partner."""
    month, roles = month_at(request, year=year, number=month_number)
    partners = list(access.partners_to_enter(place=month.place, roles=roles).order_by("pk"))
    if not partners:
        raise NotAllowed("Finance leads add their partner’s savings schemes.")
    choices = [(one.pk, one.short_name) for one in partners]
    form = NewSchemeForm(request.POST or None, partners=choices, **_in(request, month))
    closed = month.says_closed if month.is_closed else ""
    refused = closed if request.method == "POST" else ""
    if request.method == "POST" and not closed and form.is_valid():
        chosen = next(one for one in partners if one.pk == form.cleaned_data["organisation"])
        refused = why_not(request, month=month, roles=roles, organisation=chosen)
        try:
            if not refused:
                made = services.add_scheme(
                    month=month, organisation=chosen, **_typed(request, roles, form)
                )
                messages.success(request, f"{made.name} is added.")
                return redirect("money-savings", **month_address(month))
        except CannotKeep as problem:
            form.add_error(problem.field, str(problem))
        except Refused as problem:
            refused = str(problem)
    return _form_page(
        request, month, form, "finance/savings/scheme.html", refused=refused, closed=closed
    )


def _typed(request: HttpRequest, roles: Roles, form: SchemeForm) -> dict[str, Any]:
    return {
        "facts": form.facts(),
        "figures": form.said(),
        "plan": form.plan(),
        "by": entrant_of(request, roles),
        "at": clock.now(),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def scheme(
    request: HttpRequest, place: str, year: str, month_number: int, scheme: int
) -> HttpResponse:
    """One scheme in this month. Who saves second sees both and chooses."""
    month, roles = month_at(request, year=year, number=month_number)
    mine = read_schemes(access.schemes_of(month=month, roles=roles).filter(id=scheme))
    if not mine:
        raise Http404
    one = mine[0]
    reader(month=month, roles=roles, organisation_id=one.organisation_id)
    if request.method == "POST":
        enterer(roles=roles, organisation=one.organisation)
    closed = why_not(request, month=month, roles=roles, organisation=one.organisation)
    said = SavingsPosition.objects.filter(scheme=one, month=month).first()
    more = _in(request, month)
    form = SchemeForm(
        request.POST or None, initial=initial_of(one, said, at=month.closed_at), **more
    )
    stale, theirs, refused = None, None, closed if request.method == "POST" else ""
    if request.method == "POST" and not closed and form.is_valid():
        try:
            services.save_scheme(
                month=month,
                scheme=one,
                expected_version=form.cleaned_data["version"],
                **_typed(request, roles, form),
            )
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect("money-savings", **month_address(month))
        except StaleMoney as problem:
            stale, current = problem, initial_of(problem.current, said)  # type: ignore[arg-type]
            theirs = said_in(SchemeForm(initial=current, **more))
            form = SchemeForm(initial={**form.cleaned_data, "version": current["version"]}, **more)
        except CannotKeep as problem:
            form.add_error(problem.field, str(problem))
        except Refused as problem:
            refused = str(problem)
    return _form_page(
        request,
        month,
        form,
        "finance/savings/scheme.html",
        refused=refused,
        scheme=one,
        closed=closed,
        stale=stale,
        theirs=theirs,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def partner(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """What one partner says of its savings as a whole."""
    month, roles = month_at(request, year=year, number=month_number)
    organisation = partner_at(month, partner)
    reader(month=month, roles=roles, organisation_id=organisation.pk)
    if request.method == "POST":
        enterer(roles=roles, organisation=organisation)
    closed = why_not(request, month=month, roles=roles, organisation=organisation)
    mine = SavingsPosition.objects.filter(month=month, organisation=organisation, scheme=None)
    unit = unit_of(request.GET.get("unit"))
    more: dict[str, Any] = {"unit": unit, "words": UNIT_WORDS[unit]}
    form = SavingsForm(request.POST or None, initial=initial_of_partner(mine.first()), **more)
    stale, theirs, refused = None, None, closed if request.method == "POST" else ""
    if request.method == "POST" and not closed and form.is_valid():
        try:
            services.save_partner_savings(
                month=month,
                organisation=organisation,
                figures=form.said(),
                expected_version=form.cleaned_data["version"],
                by=entrant_of(request, roles),
                at=clock.now(),
            )
            messages.success(request, f"{organisation.short_name}’s savings are saved.")
            return redirect("money-savings", **month_address(month))
        except StaleMoney as problem:
            stale, current = problem, initial_of_partner(problem.current)  # type: ignore[arg-type]
            theirs = said_in(SavingsForm(initial=current, **more))
            form = SavingsForm(initial={**form.cleaned_data, "version": current["version"]}, **more)
        except Refused as problem:
            refused = str(problem)
    return _form_page(
        request,
        month,
        form,
        "finance/savings/partner.html",
        refused=refused,
        partner=organisation,
        closed=closed,
        stale=stale,
        theirs=theirs,
    )


def _form_page(
    request: HttpRequest,
    month: FinanceMonth,
    form: SavingsForm,
    template: str,
    *,
    refused: str,
    closed: str,
    **more: Any,
) -> HttpResponse:
    if refused:
        # What was typed stays to be seen, and can be sent again once the month takes it.
        closed = ""
    context = {
        "place": month.place,
        "month": month,
        "form": form,
        "unit": form.unit,
        "units": UNIT_WORDS,
        "refused": refused,
        "facts": facts_in(form.in_order(), optional=PLANS) if closed else [],
        "closed": closed,
        **more,
    }
    status = 409 if more.get("stale") else 422 if refused or form.errors else 200
    return render(request, template, context, status=status)


SAVINGS = f"{MONTH}savings/"
urlpatterns: list[URLPattern] = [
    path(SAVINGS, savings, name="money-savings"),
    path(f"{MONTH}savings.<format:fmt>", download, name="money-savings-download"),
    path(f"{SAVINGS}new/", new, name="savings-new"),
    path(f"{SAVINGS}partners/<int:partner>/", partner, name="savings-partner"),
    path(f"{SAVINGS}<int:scheme>/", scheme, name="savings-scheme"),
]
