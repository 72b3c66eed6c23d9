"""How a place scores: saving its rules and categories, and letting every risk follow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, Q

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import Stale
from programmes.models import Place
from risks.errors import CannotKeepRisk, StaleCategory
from risks.models import Ground, Risk, RiskCategory, RiskRules
from risks.models.settings import MOST_STEPS
from risks.selectors.asked import open_grounds
from risks.services.escalating import follow_score
from risks.services.holding import hold_rules

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
    those that fall below it are proposed to come back. Saving what is stored changes nothing. ``seen`` is the version
    one looked at: 0 where the place had none of its own.

    Raises:
        CannotKeepRisk: the lines are out of order, a scale has fewer steps than a risk stands on, or both multiply to
            less than a risk scores; names the field.
        StaleRules: somebody else saved them since ``seen``.
    """
    hold_rules(place.pk, to_write=True)
    found = RiskRules.objects.filter(place=place).first() or RiskRules(place=place, version=0)
    if found.version != seen:
        raise StaleRules("Somebody else saved these settings while you were editing.", found)
    before = {name: getattr(found, name) for name in (*LINES, *SCALES)}
    for name in (*LINES, *SCALES):
        setattr(found, name, values[name])
    if found.red_from < found.amber_from:
        raise CannotKeepRisk("Red begins at amber's line or above it.", "red_from")
    for scale, highest in zip(SCALES, _highest(place), strict=True):
        _check_scale(scale, getattr(found, scale), highest)
    _check_scores(place, most=len(found.likelihoods) * len(found.impacts))
    if found.pk and before == {name: getattr(found, name) for name in before}:
        return found
    with recorded(way=current_way(), by=by):
        found.version += 1
        found.save()
        if before["escalates_from"] != found.escalates_from:
            _follow(place, found.escalates_from, by=by, at=at, today=today)
    return found


def _check_scale(name: str, words: Sequence[str], highest: int) -> None:
    if not 2 <= len(words) <= MOST_STEPS:
        raise CannotKeepRisk(f"A scale has 2 to {MOST_STEPS} steps, one a line.", name)
    if len(words) < highest:
        raise CannotKeepRisk(f"A risk stands on step {highest}: keep so many steps.", name)


def _check_scores(place: Place, *, most: int) -> None:
    """Scores that came without likelihood and impact stand on no step, and must be within the scales all the same."""
    known = Risk.objects.filter(place=place).aggregate(Max("inherent"), Max("target"))
    highest = max(value or 0 for value in known.values())
    if highest > most:
        raise CannotKeepRisk(
            f"A risk scores {highest}: keep steps of likelihood and impact that multiply to it.",
            "impacts",
        )


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
    """Only those that the line moves (as :func:`risks.rules.escalation.step` says) are looked at one by one: a register
    holds thousands that it does not.
    """
    beside = ("place", "register__programme", "owner__holder")
    there = open_grounds().filter(ground=Ground.SCORE)
    above, below = Q(current__gte=line), Q(current__lt=line) | Q(current=None)
    touched = (
        Risk.objects.filter(place=place)
        .open()
        .filter(
            (above & ~Exists(there))
            | (above & Exists(there.exclude(proposed_on=None)))
            | (below & Exists(there.filter(proposed_on=None, kept_because="")))
        )
    )
    held = touched.select_for_update(of=("self",), no_key=True)
    for risk in held.select_related(*beside).order_by("pk"):
        follow_score(risk=risk, line=line, by=by, at=at, today=today, rescored=False)


CATEGORY = ("name", "appetite", "tolerance")


@transaction.atomic
def save_category(
    *,
    place: Place,
    name: str,
    appetite: int,
    tolerance: int,
    by: User,
    category: RiskCategory | None = None,
    seen: int = 0,
) -> RiskCategory:
    """A category of the place: a new one, or ``category`` with another name, appetite or tolerance. Saving what is
    stored changes nothing. Scores go from 1 up.

    Raises:
        CannotKeepRisk: it has no name, another has it, or less is borne than accepted; names the field.
        StaleCategory: somebody saved it since ``seen``, or a new one is there already; carries it as it stands.
    """
    name = " ".join(name.split())
    if not name:
        raise CannotKeepRisk("Write what the category is called.", "name")
    if not 1 <= appetite <= tolerance:
        raise CannotKeepRisk("What is borne at most is no less than what is accepted.", "tolerance")
    # Two who save categories at once take turns.
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    rows = RiskCategory.objects.filter(place=place)
    same = rows.filter(name__iexact=name).order_by("pk").first()
    found = rows.get(pk=category.pk) if category else same or RiskCategory(place=place, version=0)
    values = {"name": name, "appetite": appetite, "tolerance": tolerance}
    if found.pk and {one: getattr(found, one) for one in CATEGORY} == values:
        return found
    if found.pk and found.version != seen:
        raise StaleCategory(_stale_words(found, is_new=category is None), found)
    if same is not None and same.pk != found.pk:
        raise CannotKeepRisk("Another category has this name.", "name")
    for one, value in values.items():
        setattr(found, one, value)
    found.version += 1
    with recorded(way=current_way(), by=by):
        found.save()
    return found


def _stale_words(found: RiskCategory, *, is_new: bool) -> str:
    if is_new:
        return f"There is a category {found.name} already. Both are shown: choose which to keep."
    return (
        f"Somebody else changed {found.name} while you were editing. Both are shown: choose which"
        " to keep."
    )
