"""What the money goes by: thresholds and walls of the place, and each partner's note on the basis of its figures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance import access, services
from finance.errors import StaleMoney
from finance.models import Basis, FinanceRules
from finance.rules.years import read_year, year_name
from finance.selectors.months import partners_of
from finance.selectors.positions import rules_of
from finance.settings_forms import FIELDS, WALL_WORDS, BasisForm, RulesForm, initial_of
from finance.views.pages import MONEY, money_place, runner
from icp.common.money import in_pounds
from icp.common.numbers import whole_number
from programmes.errors import NotAllowed
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, place: str) -> HttpResponse:
    """From what on a comment or a board is needed, what stops a partner from handing in, and when figures are due."""
    found, roles = money_place(request)
    kept = rules_of(place=found)
    form, differing, status = RulesForm(initial=initial_of(kept)), [], 200
    if request.method == "POST":
        runner(roles)
        form, status = RulesForm(request.POST), 422
        if form.is_valid():
            try:
                services.save_rules(
                    place=found,
                    values=form.values(),
                    expected_version=form.cleaned_data["version"],
                )
                messages.success(request, "Kept.")
                return redirect("money-rules", place=found.slug)
            except StaleMoney as stale:
                kept, status = stale.current, 409  # type: ignore[assignment]
                differing = _differing(form, kept)
                form.data = {**_lists(request), "version": str(kept.version)}
    context = {
        "place": found,
        "form": form,
        "rules": kept,
        "said": _said(kept),
        "differing": differing,
        "may_write": access.may_run_months(roles=roles),
    }
    return render(request, "finance/rules.html", context, status=status)


def _lists(request: HttpRequest) -> Any:
    """What was typed, several ticks of one name kept."""
    return {
        name: values if name == "walls" else values[-1] for name, values in request.POST.lists()
    }


def _said(rules: FinanceRules) -> dict[str, str]:
    """Each setting in words, by field."""
    walls = [words for ask, words in WALL_WORDS.items() if ask.value in rules.walls]
    return {
        "comment_above": f"£{in_pounds(rules.comment_above)}",
        "comment_above_percent": f"{rules.comment_above_percent}%",
        "walls": "; ".join(walls) or "nothing but a missing figure",
        "due_working_days": f"working day {rules.due_working_days}",
        "board_above": f"£{in_pounds(rules.board_above)}",
        "across_partners": "yes" if rules.across_partners else "no",
    }


def _differing(form: RulesForm, kept: FinanceRules) -> list[dict[str, str]]:
    """What somebody else saved otherwise."""
    said = _said(kept)
    return [
        {"label": str(form.fields[name].label), "saved": said[name]}
        for name in FIELDS
        if getattr(kept, name) != form.cleaned_data[name]
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: HttpRequest, place: str, year: str) -> HttpResponse:
    """Each partner's note on the basis of its figures in a year: printed under them."""
    found, roles = money_place(request)
    start = _year(year)
    partners = partners_of(place=found, year=start)
    kept = {
        one.organisation_id: one
        for one in Basis.objects.filter(organisation__in=partners, year=start)
    }
    typed: dict[int, BasisForm] = {}
    stale, status = 0, 200
    if request.method == "POST":
        partner = next(
            (one for one in partners if one.pk == whole_number(request.POST.get("partner"))), None
        )
        if partner is None:
            raise Http404
        if not access.may_prepare(roles=roles, organisation_id=partner.pk):
            raise NotAllowed(
                f"The note of {partner.short_name} is written by its finance lead or the programme finance lead."
            )
        form = typed[partner.pk] = BasisForm(request.POST, prefix=f"b{partner.pk}")
        status = 422
        if form.is_valid():
            try:
                services.save_basis(
                    organisation=partner,
                    year=start,
                    text=form.cleaned_data["text"],
                    expected_version=form.cleaned_data["version"],
                )
                messages.success(request, "Kept. It is printed from the next month that closes.")
                return redirect("money-basis", place=found.slug, year=year)
            except StaleMoney as refused:
                kept[partner.pk] = refused.current  # type: ignore[assignment]
                stale, status = partner.pk, 409
                form.data = {
                    **request.POST.dict(),
                    f"b{partner.pk}-version": kept[partner.pk].version,
                }
    lines = [
        {
            "partner": one,
            "kept": kept.get(one.pk),
            "form": typed.get(one.pk) or _form(one.pk, kept.get(one.pk)),
            "may_write": access.may_prepare(roles=roles, organisation_id=one.pk),
            "is_stale": one.pk == stale,
        }
        for one in partners
    ]
    context = {
        "place": found,
        "year": year_name(start),
        "lines": lines,
        "typed": next(iter(typed.values()), None),
    }
    return render(request, "finance/basis.html", context, status=status)


def _year(year: str) -> int:
    try:
        return read_year(year)
    except ValueError:
        raise Http404 from None


def _form(key: int, kept: Basis | None) -> BasisForm:
    initial = {"text": kept.text if kept else "", "version": kept.version if kept else 0}
    return BasisForm(prefix=f"b{key}", initial=initial)


urlpatterns: list[URLPattern] = [
    path(f"{MONEY}rules/", rules, name="money-rules"),
    path(f"{MONEY}<str:year>/basis/", basis, name="money-basis"),
]
