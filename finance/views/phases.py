"""Phased budgets: the twelve months of one line, and of many by a pasted block."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import access, services
from finance.errors import CannotPhase, StaleMoney
from finance.forms import UNIT_WORDS, UNITS, MoneyField
from finance.importers.phases import read_phases
from finance.models import BudgetLine
from finance.rules.phasing import evenly, to_date
from finance.rules.years import MONTHS, FinanceMonthKey, year_name
from finance.selectors import budgets_of
from finance.services.phasing import phases_of
from finance.settings_forms import VersionForm
from finance.views.lines import open_year_of
from finance.views.pages import MONEY, money_place
from icp.common.money import in_pounds, write_money
from icp.common.numbers import whole_number
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.models import Place
from programmes.views.places import signed_in

NUMBERS = range(1, MONTHS + 1)


class PhasesForm(VersionForm):
    """The twelve months of one line."""

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            name = FinanceMonthKey(year, number).starts_on.strftime("%B %Y")
            self.fields[f"m{number}"] = MoneyField(label=f"{name}, £", required=False)

    def months(self) -> list[forms.BoundField]:
        return [self[f"m{number}"] for number in NUMBERS]

    def phases(self) -> dict[int, Decimal]:
        """What is said of each month; of an empty one nothing."""
        said = {number: self.cleaned_data[f"m{number}"] for number in NUMBERS}
        return {number: amount for number, amount in said.items() if amount is not None}


class PastePhasesForm(forms.Form):
    """A block copied from a spreadsheet."""

    unit = forms.ChoiceField(label="Its figures are in", choices=list(UNIT_WORDS.items()))
    block = forms.CharField(
        label="Paste the block here",
        widget=forms.Textarea,
        strip=False,
        max_length=200_000,
        help_text="A row for each line: its fund, its name, then the twelve months from April to March.",
    )


def _writer(roles: Roles, organisation_id: int) -> None:
    if not access.may_prepare(roles=roles, organisation_id=organisation_id):
        raise NotAllowed("The partner’s finance lead and the programme finance lead phase budgets.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def line_phases(request: HttpRequest, place: str, line: int) -> HttpResponse:
    """One line's annual budget over twelve months: what they add up to, and what they give to date."""
    found, roles = money_place(request)
    mine = access.lines_of(place=found, roles=roles)
    one = get_object_or_404(mine.select_related("organisation", "workstream"), pk=line)
    _writer(roles, one.organisation_id)
    annual = budgets_of(lines=[one], number=MONTHS)[one.pk]
    stored = phases_of(lines=[one]).get(one.pk, {})
    action = request.POST.get("do", "")
    initial: dict[str, Any] = {f"m{n}": amount for n, amount in stored.items()}
    if action == "even":
        initial = {f"m{n}": amount for n, amount in enumerate(evenly(annual), start=1)}
    form = PhasesForm(
        request.POST if action in ("save", "none") else None,
        year=one.year,
        initial=initial | {"version": one.version},
    )
    status, theirs = 200, {}
    if request.method == "POST" and action != "even":
        status = 422
        if form.is_valid():
            try:
                _save(one, {} if action == "none" else form.phases(), form.cleaned_data["version"])
                messages.success(request, "Kept." if action == "save" else "It is phased no more.")
                return redirect("money-line", place=place, line=line)
            except CannotPhase as refused:
                form.add_error(None, refused.lines[one.pk])
            except StaleMoney:
                one.refresh_from_db()
                theirs, status = phases_of(lines=[one]).get(one.pk, {}), 409
                form.data = {**request.POST.dict(), "version": str(one.version)}
    context = {
        "place": found,
        "line": one,
        "form": form,
        "annual": in_pounds(annual),
        "stored": _to_date(stored, one.year),
        "theirs": _to_date(theirs, one.year),
        "is_stale": status == 409,
        "is_even": action == "even",
    }
    return render(request, "finance/phases.html", context, status=status)


def _save(one: BudgetLine, phases: dict[int, Decimal], version: int) -> None:
    services.save_phases(phases={one.pk: phases}, versions={one.pk: version})


def _to_date(phases: dict[int, Decimal], year: int) -> list[dict[str, str]]:
    """Each month with its budget and the budget to date; nothing of a line that is not phased."""
    if not phases:
        return []
    amounts = [phases.get(n, Decimal(0)) for n in NUMBERS]
    return [
        {
            "month": str(FinanceMonthKey(year, n).name),
            "budget": in_pounds(amounts[n - 1]),
            "to_date": in_pounds(to_date(amounts, n)),
        }
        for n in NUMBERS
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: HttpRequest, place: str) -> HttpResponse:
    """Phase many lines of one partner by a pasted block: all of them or none."""
    found, roles = money_place(request)
    if not access.may_propose_virements(roles=roles):
        raise NotAllowed("The partner’s finance lead and the programme finance lead phase budgets.")
    lines = _lines(request, found, roles)
    budgets = budgets_of(lines=lines, number=MONTHS)
    stored = phases_of(lines=lines)
    form = PastePhasesForm(request.POST or None)
    errors: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            unit = UNITS[form.cleaned_data["unit"]]
            brought = read_phases(form.cleaned_data["block"], lines=lines, unit=unit)
            errors = [str(one) for one in brought.errors]
            if not errors and not brought.phases:
                form.add_error("block", "There is no line in it.")
            elif not errors:
                try:
                    changed = services.save_phases(
                        phases=brought.phases, versions=_versions(request)
                    )
                    messages.success(request, f"{len(changed)} lines are phased anew.")
                    return redirect(request.get_full_path())
                except CannotPhase as refused:
                    names = {one.pk: str(one) for one in lines}
                    errors = [f"{names[key]}: {why}" for key, why in refused.lines.items()]
                except StaleMoney as stale:
                    errors, status = [str(stale), "Look at the lines below, then paste again."], 409
                    lines = _lines(request, found, roles)
                    stored = phases_of(lines=lines)
    context = {
        "place": found,
        "form": form,
        "errors": errors[:200],
        "partners": _partners(found, roles),
        "partner": lines[0].organisation if lines else None,
        "year": year_name(lines[0].year) if lines else "",
        "lines": [
            {
                "line": one,
                "annual": in_pounds(budgets[one.pk]),
                "months": [write_money(stored[one.pk].get(n)) for n in NUMBERS]
                if one.pk in stored
                else [],
            }
            for one in lines
        ],
    }
    return render(request, "finance/phases_paste.html", context, status=status)


def _versions(request: HttpRequest) -> dict[int, int]:
    """What the page showed: line and version."""
    pairs = (text.partition("-") for text in request.POST.getlist("seen"))
    return {whole_number(line) or 0: whole_number(version) or 0 for line, _, version in pairs}


def _partners(place: Place, roles: Roles) -> list[Any]:
    partners = place.organisations.filter(budget_lines__isnull=False).distinct().order_by("pk")  # type: ignore[attr-defined]
    return [one for one in partners if access.may_prepare(roles=roles, organisation_id=one.pk)]


def _lines(request: HttpRequest, place: Place, roles: Roles) -> list[BudgetLine]:
    """The lines of the partner that is asked for, or of the first this person phases for, in the open year."""
    partners = _partners(place, roles)
    asked = whole_number(request.GET.get("partner"))
    partner = next((one for one in partners if one.pk == asked), partners[0] if partners else None)
    mine = access.lines_of(place=place, roles=roles).filter(
        organisation=partner, year=open_year_of(place) or 0, to_month=MONTHS
    )
    return list(mine.select_related("organisation", "workstream").order_by("order", "pk"))


urlpatterns: list[URLPattern] = [
    path(f"{MONEY}lines/phases/", phases, name="money-phases"),
    path(f"{MONEY}lines/<int:line>/phases/", line_phases, name="money-line-phases"),
]
