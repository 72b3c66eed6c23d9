"""How a place scores: saving its rules and categories, and letting every risk follow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import Stale
from programmes.models import Place
from risks.errors import CannotKeepRisk
from risks.models import Escalation, Ground, Risk, RiskCategory, RiskRules
from risks.models.settings import MOST_STEPS
from risks.services.escalating import follow_score

LINES = (
    "escalates_from",
    "red_from",
    "amber_from",
    "review_red_months",
    "review_amber_months",
    "review_green_months",
)
SCALES = ("likelihoods", "impacts")


class StaleRules(Stale):
    """The rules that somebody saved since."""


@transaction.atomic
def save_rules(
    *, place: Place, values: Mapping[str, Any], seen: int, by: User, at: datetime, today: date
) -> RiskRules:
    """Save the place's lines and scales. Risks that the new line of escalation puts before the boards go there, and
    those that fall below it are proposed to come back. Saving what is stored changes nothing.

    Raises:
        CannotKeepRisk: the lines are out of order, or a scale has fewer steps than a risk stands on; names the field.
        StaleRules: somebody else saved them since ``seen``.
    """
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    found = RiskRules.objects.filter(place=place).first() or RiskRules(place=place)
    if found.pk and found.version != seen:
        raise StaleRules("Somebody else saved these settings while you were editing.", found)
    before = {name: getattr(found, name) for name in (*LINES, *SCALES)}
    for name in (*LINES, *SCALES):
        setattr(found, name, values[name])
    if found.red_from < found.amber_from:
        raise CannotKeepRisk("Red begins at amber's line or above it.", "red_from")
    for scale, highest in zip(SCALES, _highest(place), strict=True):
        _check_scale(scale, getattr(found, scale), highest)
    if found.pk and before == {name: getattr(found, name) for name in before}:
        return found
    with recorded(way=current_way(), by=by):
        found.version += 1 if found.pk else 0
        found.save()
        if before["escalates_from"] != found.escalates_from:
            _follow(place, found.escalates_from, by=by, at=at, today=today)
    return found


def _check_scale(name: str, words: Sequence[str], highest: int) -> None:
    if not 2 <= len(words) <= MOST_STEPS:
        raise CannotKeepRisk(f"A scale has 2 to {MOST_STEPS} steps, one a line.", name)
    if len(words) < highest:
        raise CannotKeepRisk(f"A risk stands on step {highest}: keep so many steps.", name)


def _highest(place: Place) -> tuple[int, int]:
    """The highest steps of likelihood and impact on which a risk stands."""
    found = Risk.objects.filter(place=place).aggregate(
        **{
            name: Max(name)
            for part in ("likelihood", "impact")
            for name in (part, f"inherent_{part}", f"target_{part}")
        }
    )
    likelihoods = [value or 0 for name, value in found.items() if "likelihood" in name]
    impacts = [value or 0 for name, value in found.items() if "impact" in name]
    return max(likelihoods), max(impacts)


def _follow(place: Place, line: int, *, by: User, at: datetime, today: date) -> None:
    """Only those that the line can move are looked at one by one: a register holds thousands that it cannot."""
    beside = ("place", "register__programme", "owner__holder")
    there = Escalation.objects.filter(risk=OuterRef("pk"), ground=Ground.SCORE, ended_at=None)
    touched = Risk.objects.filter(place=place).open().filter(Q(current__gte=line) | Exists(there))
    held = touched.select_for_update(of=("self",), no_key=True)
    for risk in held.select_related(*beside).order_by("pk"):
        follow_score(risk=risk, line=line, by=by, at=at, today=today, rescored=False)


@transaction.atomic
def save_category(
    *, place: Place, name: str, appetite: int, tolerance: int, by: User
) -> RiskCategory:
    """A category of the place by its name: made, or given another appetite and tolerance.

    Raises:
        CannotKeepRisk: it has no name, or less is borne than accepted; names the field.
    """
    name = " ".join(name.split())
    if not name:
        raise CannotKeepRisk("Write what the category is called.", "name")
    if not 1 <= appetite <= tolerance:
        raise CannotKeepRisk("What is borne at most is no less than what is accepted.", "tolerance")
    with recorded(way=current_way(), by=by):
        found, _ = RiskCategory.objects.update_or_create(
            place=place, name=name, defaults={"appetite": appetite, "tolerance": tolerance}
        )
    return found
