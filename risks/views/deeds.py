"""Doing something with a risk: asked on a page of its own, done by one service. Two are one press."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from programmes.errors import NotAllowed, Refused
from programmes.views.places import signed_in
from risks import services
from risks.conflicts import Change, changes_since
from risks.deed_forms import BecauseForm
from risks.deeds import DEEDS, NOT_YOURS, Deed
from risks.errors import StaleRisk
from risks.models import Risk
from risks.views.pages import RISK, RiskPage, load_risk, seen_in

# What a review alone changes of a risk.
REVIEWED = {"reviewed_on", "review_on"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, place: str, ref: str, deed: str) -> HttpResponse:
    """One deed: what it does and what it asks; then done with the risk as it was shown (``?version=``)."""
    page = load_risk(request, ref)
    if deed not in DEEDS:
        raise Http404
    found = DEEDS[deed]
    if not found.may(page):
        raise NotAllowed(NOT_YOURS)
    if request.method == "POST":
        page.seen = seen_in(request.POST)
        return _do(page, found)
    if not found.shown(page.risk):
        return page.to_risk(page.risk)
    page.seen = seen_in(request.GET) or page.risk.version
    return _ask(page, found, found.form(page=page))


def _do(page: RiskPage, found: Deed) -> HttpResponse:
    form = found.form(page.request.POST, page=page)
    if not form.is_valid():
        return _ask(page, found, form, status=422)
    said = form.cleaned_data | form.known()
    try:
        risk, words = found.do(page, said)
    except StaleRisk as stale:
        page.risk = stale.current  # type: ignore[assignment]
        # One's own second press, most often.
        if found.done_so(page.risk, said):
            return page.to_risk(page.risk)
        return _ask(page, found, form, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _ask(page, found, form, status=422)
    messages.success(page.request, words)
    return page.to_risk(risk)


def _ask(page: RiskPage, found: Deed, form: BecauseForm, *, status: int = 200) -> HttpResponse:
    """The page of a deed, with what changed of the risk since it was shown. The next press is of the risk as it is."""
    stale = page.seen != page.risk.version
    changes = changes_since(page.risk, page.seen or 0, page.choices) if stale else []
    context = {
        "place": page.place,
        "risk": page.risk,
        "deed": found,
        "form": form,
        "stale": stale,
        "changes": changes,
    }
    return render(page.request, "risks/deed.html", context, status=status)


@signed_in
@require_POST
def review(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """Reviewed, no change: one press."""
    page = load_risk(request, ref)
    page.changer()
    return _press(
        page,
        lambda seen: services.review_unchanged(
            risk=page.risk, by=page.user, at=page.at, today=page.today, seen=seen
        ),
        f"{page.risk.ref} is reviewed: no change.",
        done_so=lambda risk, changed: (
            risk.reviewed_by_id == page.user.pk and "reviewed_on" in changed <= REVIEWED
        ),
    )


@signed_in
@require_POST
def settle(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """Likelihood times impact stands instead of the printed score: one press."""
    page = load_risk(request, ref)
    page.changer()
    return _press(
        page,
        lambda seen: services.settle_printed(risk=page.risk, by=page.user, seen=seen),
        f"{page.risk.ref}: likelihood times impact stands.",
        done_so=lambda risk, changed: not risk.printed_current,
    )


def _press(
    page: RiskPage,
    do: Callable[[int], Risk],
    said: str,
    *,
    done_so: Callable[[Risk, set[str]], bool],
) -> HttpResponse:
    """Do it with the risk as it was shown; where it is another now, show it again and say what changed. ``done_so`` says
    of the risk as it is, and which of its fields changed, whether that was one's own first press.
    """
    seen = seen_in(page.request.POST)
    try:
        do(seen)
        messages.success(page.request, said)
    except StaleRisk as stale:
        current: Risk = stale.current  # type: ignore[assignment]
        changes = changes_since(current, seen, page.choices)
        if done_so(current, {one.name for one in changes}):
            messages.success(page.request, said)
        else:
            messages.error(page.request, _changed(current, changes))
    except Refused as refused:
        messages.error(page.request, str(refused))
    return page.to_risk(page.risk)


def _changed(risk: Risk, changes: list[Change]) -> str:
    what = "; ".join(one.words for one in changes)
    return (
        f"{risk.ref} was changed since this page was shown{f' ({what})' if what else ''}. "
        "Read it as it is now, and press again if you still mean it."
    )


urlpatterns: list[URLPattern] = [
    path(f"{RISK}do/<slug:deed>/", deed, name="risk-deed"),
    path(f"{RISK}reviewed/", review, name="risk-review"),
    path(f"{RISK}settle/", settle, name="risk-settle"),
]
