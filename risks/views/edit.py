"""Raising a risk, and writing what it says: who saves second sees both values and chooses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.common.words import short_date
from programmes.errors import NotAllowed, Refused
from programmes.models import Programme
from programmes.views.places import signed_in
from risks import access, services
from risks.conflicts import chosen, differences
from risks.errors import CannotKeepRisk, StaleRisk
from risks.forms import NewRiskForm, RiskForm
from risks.models import Risk
from risks.views.pages import RISK, RISKS, RegisterPage, RiskPage, load_register, load_risk

METHODS = ["GET", "HEAD", "POST"]
SCORES = (
    ("Now", "likelihood", "impact", None),
    ("Inherent: before anything was done", "inherent_likelihood", "inherent_impact", "inherent"),
    ("Target", "target_likelihood", "target_impact", "target"),
)


@signed_in
@require_http_methods(METHODS)
def add(request: HttpRequest, place: str) -> HttpResponse:
    """A new risk or issue; ``?register=PC`` chooses where."""
    page = load_register(request)
    if not access.may_raise_anywhere(roles=page.roles):
        raise NotAllowed(
            "Leads raise risks of their programmes, risk owners those of the whole, the office any."
        )
    form = NewRiskForm(
        request.POST or None,
        choices=page.choices,
        programmes=_programmes(page),
        whole=access.may_keep_register(roles=page.roles, programme_id=None),
        initial={
            "register": request.GET.get("register", ""),
            "raised_on": short_date(page.today),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.raise_risk(
                place=page.place,
                programme=form.programme(),
                values=form.values(),
                by=page.user,
                at=page.at,
                today=page.today,
                because=form.cleaned_data["because"],
            )
            return redirect("risk", place=place, ref=made.ref)
        except CannotKeepRisk as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    context = {"place": page.place, "form": form, "scores": score_rows(form)}
    return render(request, "risks/add.html", context, status=422 if form.is_bound else 200)


def _programmes(page: RegisterPage) -> list[Programme]:
    found = Programme.objects.filter(place=page.place).in_order()
    return list(found if page.roles.office else found.filter(pk__in=page.roles.leads))


def score_rows(form: RiskForm) -> list[dict[str, Any]]:
    """The boxes of each of the three scores, for the page."""
    return [
        {
            "title": title,
            "likelihood": form[likelihood],
            "impact": form[impact],
            "score": form[score] if score else None,
        }
        for title, likelihood, impact, score in SCORES
    ]


@signed_in
@require_http_methods(METHODS)
def edit(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """All that is written of a risk."""
    page = load_risk(request, ref)
    page.changer()
    if not page.risk.is_open:
        return page.to_risk(page.risk)
    if request.method != "POST":
        return _show(page, RiskForm(choices=page.choices, risk=page.risk))
    form = RiskForm(chosen(request.POST, page.risk), choices=page.choices, risk=page.risk)
    if not form.is_valid():
        return _show(page, form, status=422)
    if found := differences(form, page.risk):
        return _show(page, form, status=409, different=found)
    return _save(page, form)


def _save(page: RiskPage, form: RiskForm) -> HttpResponse:
    try:
        saved = services.change_risk(
            risk=page.risk,
            values=form.values(),
            seen=page.risk.version,
            by=page.user,
            at=page.at,
            today=page.today,
            because=form.cleaned_data["because"],
        )
    except StaleRisk as stale:
        current: Risk = stale.current  # type: ignore[assignment]
        return _show(page, form, status=409, different=differences(form, current), current=current)
    except CannotKeepRisk as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    except Refused as refused:
        form.add_error(None, str(refused))
    else:
        return page.to_risk(saved)
    return _show(page, form, status=422)


def _show(page: RiskPage, form: RiskForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "place": page.place,
        "risk": page.risk,
        "current": page.risk,
        "form": form,
        "scores": score_rows(form),
        **more,
    }
    return render(page.request, "risks/edit.html", context, status=status)


urlpatterns: list[URLPattern] = [
    path(f"{RISKS}new/", add, name="risk-add"),
    path(f"{RISK}edit/", edit, name="risk-edit"),
]
