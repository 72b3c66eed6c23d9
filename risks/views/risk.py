"""One risk: what it says, how it scores and scored, why it is before the boards, and what is done about it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from icp.audit.selectors import history_of
from programmes.views.attached import AttachForm
from programmes.views.history import Page, show_history
from programmes.views.places import signed_in
from risks.deeds import DEEDS
from risks.drawing import score_line
from risks.lines_of_money import Identity, MoneyLine, lines_of_money
from risks.models import Link, Residual, Risk, Score, Which
from risks.presenters import moved_tag, score_tag
from risks.rules.content import RiskLine
from risks.rules.quarters import Quarter, quarters_of_year
from risks.rules.scores import Standing, band, standing
from risks.selectors.lines import line_beside
from risks.views.pages import RISK, RiskPage, load_risk

OF_MONEY = ("risks.link.fund", "risks.link.line_name")


@signed_in
@require_safe
def risk(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """The risk; its former references lead to it."""
    page = load_risk(request, ref)
    if page.risk.ref != ref:
        return redirect("risk", place=place, ref=page.risk.ref)
    found = page.risk
    grounds = list(
        found.escalations.select_related("board", "begun_by", "ended_by").order_by(
            "-began_on", "-pk"
        )
    )
    scores = list(found.scores.select_related("given_by").order_by("-given_at", "-pk"))
    mitigations = list(
        found.mitigations.filter(removed_at=None).select_related("owner").order_by("order", "pk")
    )
    closes = found.residuals.select_related("period__closed_by")
    recorded = list(closes.order_by("-year", "-quarter"))
    line = line_beside(
        found,
        lines=page.lines,
        as_at=page.today,
        grounds=grounds,
        actions=mitigations,
        scores=scores,
        residuals=recorded,
    )
    may_change = page.may_change(found)
    quarters = list(zip(quarters_of_year(page.today), line.residual, strict=True))
    earlier = _earlier(page, recorded)
    residuals = [
        *reversed(earlier),
        *((one, score) for one, score in quarters if score is not None),
    ]
    context = {
        "place": page.place,
        "risk": found,
        "line": line,
        "score": score_tag(found.current, line.band),
        "moved": moved_tag(line.moved),
        "standing": _standing(found),
        "scored": _scored(page, line),
        "residuals": quarters,
        "earlier": earlier,
        "grounds": grounds,
        "scores": _told(page, scores, residuals, recorded),
        "drawing": _drawing(page, scores, residuals),
        "mitigations": mitigations,
        "controls": found.controls.order_by("line", "pk"),
        "links": _links(page),
        "files": found.files.filter(removed_at=None).defer("content").order_by("pk"),
        "former": found.former.order_by("pk"),
        "became": found.became.order_by("pk"),
        "may_change": may_change and found.is_open,
        "attach": AttachForm()["file"],
        "deeds": _deeds(page, line),
        "next": _next(page, line, may_change=may_change),
    }
    return render(request, "risks/risk.html", context)


def _earlier(page: RiskPage, recorded: list[Residual]) -> list[tuple[Quarter, int]]:
    """The residual scores of former financial years, the newest first."""
    year = quarters_of_year(page.today)[0].year
    return [(Quarter(one.year, one.quarter), one.score) for one in recorded if one.year < year]


def _standing(found: Risk) -> Standing | None:
    if found.category is None:
        return None
    return standing(
        current=found.current,
        appetite=found.category.appetite,
        tolerance=found.category.tolerance,
    )


def _scored(page: RiskPage, line: RiskLine) -> list[dict[str, Any]]:
    """The three scores with the words of the place's scales."""
    found, rules = page.risk, page.rules
    rows = (
        ("Inherent", found.inherent_likelihood, found.inherent_impact, found.inherent),
        ("Current", found.likelihood, found.impact, found.current),
        ("Target", found.target_likelihood, found.target_impact, found.target),
    )
    return [
        {
            "name": name,
            "likelihood": _step(likelihood, rules.likelihoods),
            "impact": _step(impact, rules.impacts),
            "score": score_tag(score, band(score, page.lines)),
        }
        for name, likelihood, impact, score in rows
    ]


def _step(value: int | None, words: list[str]) -> str:
    if value is None:
        return ""
    return f"{value}: {words[value - 1]}" if value <= len(words) else str(value)


def _links(page: RiskPage) -> list[tuple[Link, MoneyLine | None]]:
    """What it hangs together with; with its line of the money, for who reads that."""
    beside = ("item__programme", "change", "organisation", "workstream")
    links = list(page.risk.links.select_related(*beside).order_by("pk"))
    lines: dict[Identity, MoneyLine] = {}
    if any(one.fund for one in links):
        told = lines_of_money(place=page.place, roles=page.roles, on=page.today)
        lines = {was: one for one in told for was in one.before}
        lines |= {one.identity: one for one in told}
    return [
        (one, lines.get((one.organisation_id or 0, one.fund, one.workstream_id, one.line_name)))
        for one in links
    ]


def _drawing(page: RiskPage, scores: list[Score], residuals: list[tuple[Quarter, int]]) -> Any:
    dated: dict[str, list[tuple[date, int | None]]] = {which: [] for which in Which}
    for one in reversed(scores):
        dated[one.which].append((timezone.localdate(one.given_at), one.score))
    return score_line(
        dated[Which.CURRENT],
        residuals,
        inherent=dated[Which.INHERENT],
        target=dated[Which.TARGET],
        until=page.today,
        line=page.lines.escalates_from,
        most=len(page.rules.likelihoods) * len(page.rules.impacts),
    )


def _told(
    page: RiskPage,
    scores: list[Score],
    residuals: list[tuple[Quarter, int]],
    recorded: list[Residual],
) -> list[dict[str, Any]]:
    """Every score for the table, residual ones at their quarters' ends with whose close recorded them, the newest first."""
    who = {Quarter(one.year, one.quarter): one.period.closed_by for one in recorded if one.period}
    given = [
        {
            "name": one.get_which_display(),
            "likelihood": one.likelihood,
            "impact": one.impact,
            "score": one.score,
            "day": timezone.localdate(one.given_at),
            "who": one.given_by,
            "why": one.because,
        }
        for one in scores
    ]
    at_ends = [
        {
            "name": f"Residual, {quarter.name}",
            "score": score,
            "day": min(quarter.ends_on, page.today),
            "who": who.get(quarter),
            "why": _residual_why(quarter, page.today),
            "is_residual": True,
        }
        for quarter, score in reversed(residuals)
    ]
    return sorted([*given, *at_ends], key=lambda one: one["day"], reverse=True)


def _residual_why(quarter: Quarter, today: date) -> str:
    in_progress = quarter.ends_on >= today
    return "In progress: follows the current score" if in_progress else "At the quarter’s end"


def _deeds(page: RiskPage, line: RiskLine) -> list[dict[str, str]]:
    """What this person may do with it, in words."""
    return [
        {"name": name, "title": deed.title}
        for name, deed in DEEDS.items()
        if deed.shown(page.risk)
        and deed.may(page)
        and not (name == "decide" and not line.is_escalated)
    ]


def _next(page: RiskPage, line: RiskLine, *, may_change: bool) -> dict[str, str] | None:
    """What the reader should do now."""
    if not page.risk.is_open:
        return None
    if line.proposed_on and DEEDS["decide"].may(page):
        return {
            "title": "Decide whether it comes back from the boards",
            "text": "Its score has fallen below the line. Until you decide it stays before the boards.",
            "deed": "decide",
            "action": "Decide",
        }
    if may_change and page.risk.removal_because:
        found = {"title": "Recommended for removal", "text": page.risk.removal_because}
        closes = {"deed": "close", "action": "Close it"} if DEEDS["close"].may(page) else {}
        return found | closes
    return None


@signed_in
@require_safe
def history(request: HttpRequest, place: str, ref: str) -> HttpResponse:
    """Everything that was done with the risk and what hangs on it; lines of the money for who reads them."""
    page = load_risk(request, ref)
    back = reverse("risk", kwargs={"place": place, "ref": page.risk.ref})
    changes = history_of(f"risks.risk:{page.risk.pk}")
    return show_history(
        request,
        page.place,
        Page(str(page.risk), back, page.risk.ref),
        changes,
        without=() if page.roles.sees_money else OF_MONEY,
    )


urlpatterns: list[URLPattern] = [
    path(RISK, risk, name="risk"),
    path(f"{RISK}history/", history, name="risk-history"),
]
