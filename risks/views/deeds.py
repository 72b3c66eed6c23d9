"""Doing something with a risk: asked on a page of its own, done by one service. Two are one press."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from programmes.errors import NotAllowed, Refused
from programmes.views.places import signed_in
from risks import services
from risks.deeds import DEEDS, NOT_YOURS, BecauseForm, Deed
from risks.views.pages import RISK, RiskPage, load_risk


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, place: str, ref: str, deed: str) -> HttpResponse:
    """One deed: what it does and what it asks; then done."""
    page = load_risk(request, ref)
    if deed not in DEEDS:
        raise Http404
    found = DEEDS[deed]
    if not found.may(page):
        raise NotAllowed(NOT_YOURS)
    if not found.shown(page.risk):
        return page.to_risk(page.risk)
    form = found.form(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        if (done := _do(page, found, form)) is not None:
            return done
    context = {"place": page.place, "risk": page.risk, "deed": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "risks/deed.html", context, status=status)


def _do(page: RiskPage, found: Deed, form: BecauseForm) -> HttpResponse | None:
    try:
        risk, said = found.do(page, form.cleaned_data | form.known())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(page.request, said)
    return page.to_risk(risk)


@signed_in
@require_POST
def review(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """Reviewed, no change: one press."""
    page = load_risk(request, ref)
    page.changer()
    return _press(
        page,
        lambda: services.review_unchanged(
            risk=page.risk, by=page.user, at=page.at, today=page.today
        ),
        f"{page.risk.ref} is reviewed: no change.",
    )


@signed_in
@require_POST
def settle(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """Likelihood times impact stands instead of the printed score: one press."""
    page = load_risk(request, ref)
    page.changer()
    return _press(
        page,
        lambda: services.settle_printed(risk=page.risk, by=page.user),
        f"{page.risk.ref}: likelihood times impact stands.",
    )


def _press(page: RiskPage, do: Any, said: str) -> HttpResponse:
    try:
        do()
        messages.success(page.request, said)
    except Refused as refused:
        messages.error(page.request, str(refused))
    return page.to_risk(page.risk)


urlpatterns: list[URLPattern] = [
    path(f"{RISK}do/<slug:deed>/", deed, name="risk-deed"),
    path(f"{RISK}reviewed/", review, name="risk-review"),
    path(f"{RISK}settle/", settle, name="risk-settle"),
]
