"""Exposure: what the registers score over time, and what risks may cost together, beside the finance tracker.

It stands here because it looks into two rooms, the registers and the money, which know nothing of each other.
"""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from boards.exposure_drawing import exposure_line
from finance.access import may_read, months_of
from finance.rules.exposure import RISK, Exposure, Signs
from finance.selectors.exposure import exposures_of
from finance.selectors.months import accepted_partners
from icp.common import clock
from icp.common.money import in_pounds
from programmes.access import Roles
from programmes.models import Place
from programmes.views.places import place_of, signed_in
from risks.access import risks_of
from risks.rules.simulation import ASSUMES, DRAWS, Line, Outcome, simulate
from risks.selectors import rules_of
from risks.selectors.exposure import costs_of, exposure_over_time, registers_in


@signed_in
@require_safe
def exposure(request: HttpRequest, place: str) -> HttpResponse:
    """The sum of scores month by month, and a simulation of combined costs."""
    found, roles = place_of(request)
    rules = rules_of(found)
    over_time = exposure_over_time(place=found, today=clock.today(), line=rules.escalates_from)
    codes = registers_in(over_time)
    lines, without = costs_of(risks_of(place=found, roles=roles))
    context = {
        "place": found,
        "line": rules.escalates_from,
        "codes": codes,
        "rows": [
            {"one": one, "by_register": [(code, one.by_register.get(code, 0)) for code in codes]}
            for one in over_time
        ],
        "drawing": exposure_line(over_time),
        "simulations": [
            _simulated("The registers’ own figures", lines, without),
            *_tracker(found, roles),
        ],
        "assumes": ASSUMES,
        "draws": f"{DRAWS:,}",
    }
    return render(request, "boards/risk_exposure.html", context)


def _tracker(place: Place, roles: Roles) -> list[dict[str, Any]]:
    """The finance tracker's risks of the newest closed month, for who reads the money as it is entered: what is still
    in a partner's own hands is not told.
    """
    if not may_read(roles=roles):
        return []
    month = months_of(place=place, roles=roles).closed().newest_first().first()
    if month is None:
        return []
    found = exposures_of(month=month, partners=accepted_partners(month=month))
    said, signs = [one for one in found if one.side == RISK], Signs(found)
    lines = [
        Line(signs.amount([one], RISK, _full_value), one.probability)
        for one in said
        if one.full_value is not None and one.probability is not None
    ]
    tracker = signs.amount(found, RISK)
    title = f"The finance tracker’s risks, {month}"
    return [_simulated(title, lines, len(said) - len(lines)) | {"tracker": in_pounds(tracker)}]


def _full_value(one: Exposure) -> Decimal | None:
    return one.full_value


def _simulated(title: str, lines: list[Line], without: int) -> dict[str, Any]:
    outcome: Outcome | None = simulate(lines) if lines else None
    shown = {
        "Weighted sum: each value times its probability": "weighted",
        "Mean of the draws": "mean",
        "One draw in ten comes to no more than": "tenth",
        "Half of the draws come to no more than": "median",
        "Nine draws in ten come to no more than": "ninth",
        "The worst draw": "worst",
    }
    return {
        "title": title,
        "lines": len(lines),
        "without": without,
        "figures": [(words, in_pounds(getattr(outcome, name))) for words, name in shown.items()]
        if outcome
        else [],
    }


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/risks/exposure/", exposure, name="risk-exposure"),
]
