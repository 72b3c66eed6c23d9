"""What the open risks scored together at each month's end, and what they may cost."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models.functions import TruncDate

from icp.common.months import add_months, month_end
from programmes.models import Place
from risks.models import ClosedTime, FormerReference, Register, Risk, Score, Which
from risks.models.risk import RiskQuerySet
from risks.rules.exposure import Exposure, Life, exposures_at, in_registers
from risks.rules.simulation import Line

MONTHS = 12


def exposure_over_time(
    *, place: Place, today: date, line: int, months: int = MONTHS
) -> list[Exposure]:
    """At the end of each of the last months and today, the oldest first. Five queries."""
    lives = _lives(place)
    if not lives:
        return []
    first = min(life.begins for life in lives)
    ends = [month_end(add_months(today, -back)) for back in range(months, 0, -1)]
    days = [day for day in ends if day >= first] + [today]
    return exposures_at(lives, days=days, line=line)


def _lives(place: Place) -> list[Life]:
    scores: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    given = Score.objects.filter(risk__place=place, which=Which.CURRENT)
    for key, day, score in given.order_by("given_at", "pk").values_list(
        "risk_id", TruncDate("given_at"), "score"
    ):
        scores[key].append((day, score))
    closed: dict[int, list[tuple[date, date]]] = defaultdict(list)
    times = ClosedTime.objects.filter(risk__place=place).order_by("closed_on", "pk")
    for key, ended, reopened in times.values_list("risk_id", "closed_on", "reopened_on"):
        closed[key].append((ended, reopened))
    former = _former(place)
    risks = Risk.objects.filter(place=place).values_list(
        "pk", "register__code", TruncDate("created_at"), "ended_on"
    )
    return [
        Life(code, begins, ends, tuple(scores[key]), tuple(closed[key]))
        for key, now, created, ended in risks.order_by("pk")
        for code, begins, ends in in_registers(now, former[key], begins=created, ends=ended)
    ]


def _former(place: Place) -> dict[int, list[tuple[str, date]]]:
    """By risk the registers that it left, the first first, each with the day on which it left it."""
    codes = set(Register.objects.filter(place=place).values_list("code", flat=True))
    left = FormerReference.objects.filter(place=place).order_by("until", "pk")
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for key, ref, until in left.values_list("risk_id", "ref", "until"):
        # A code may itself end in digits.
        parts = (ref[:end] for end in range(len(ref) - 1, 0, -1) if ref[end:].isdecimal())
        found[key].append((next(part for part in parts if part in codes), until))
    return found


def costs_of(rows: RiskQuerySet) -> tuple[list[Line], int]:
    """The open risks with a value and a probability, as lines of a simulation; and how many lack one of the two."""
    found = rows.open().order_by("pk").values_list("value", "probability")
    lines, without = [], 0
    for value, probability in found:
        if value is None or probability is None:
            without += 1
        else:
            lines.append(Line(value, probability))
    return lines, without


def registers_in(exposures: Iterable[Exposure]) -> list[str]:
    """The codes of the registers that any of them names."""
    return sorted({code for one in exposures for code in one.by_register})
