"""Raising and changing risks: what is written, scored, and what follows from a score."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.models import Place, Programme
from risks.errors import CannotKeepRisk
from risks.models import Risk, RiskRules, Score, Which
from risks.rules.agreed import SCORES
from risks.rules.scores import next_review, score
from risks.selectors import lines_of, rules_of
from risks.services.escalating import follow_score
from risks.services.holding import held_open, hold_rules
from risks.services.registers import register_of, take_reference

WORDS = ("kind", "title", "cause", "event", "consequence", "proximity", "raised_on")
WHO = ("category", "organisation", "owner", "delegate")
STEPS = (
    "inherent_likelihood",
    "inherent_impact",
    "likelihood",
    "impact",
    "target_likelihood",
    "target_impact",
)
MONEY = ("value", "probability")
FIELDS = (*WORDS, *WHO, *STEPS, *SCORES, *MONEY, "printed_current", "review_on")


@transaction.atomic
def raise_risk(
    *,
    place: Place,
    programme: Programme | None,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    today: date,
    because: str = "",
    number: int | None = None,
    came_from: Risk | None = None,
    tell: bool = True,
) -> Risk:
    """A new risk or issue with ``values`` (any of :data:`FIELDS`), in a programme's register or that of the whole.

    ``number`` is the one a source gave it; without one it gets the register's next. ``tell``: write to owner, SRO and
    office if it goes to the boards; what a file brings was there before.

    Raises:
        CannotKeepRisk: something in it cannot be; names the field.
    """
    hold_rules(place.pk)
    rules = rules_of(place)
    risk = Risk(place=place, came_from=came_from)
    _put(risk, values)
    _check(risk, rules)
    with recorded(way=current_way(), by=by, reason=because):
        risk.register = register_of(place=place, programme=programme)
        risk.number, risk.ref = take_reference(register=risk.register, number=number)
        current = score(likelihood=risk.likelihood, impact=risk.impact)
        if risk.review_on is None:
            risk.review_on = next_review(on=today, current=current, lines=lines_of(rules))
        risk.save()
        risk.refresh_from_db()
        _keep_scores(risk, before=None, by=by, at=at, because=because or "As it was raised.")
        follow_score(risk=risk, line=rules.escalates_from, by=by, at=at, today=today, tell=tell)
    return risk


@transaction.atomic
def change_risk(
    *,
    risk: Risk,
    values: Mapping[str, Any],
    seen: int,
    by: User,
    at: datetime,
    today: date,
    because: str = "",
) -> Risk:
    """Save ``values`` (any of :data:`FIELDS`). ``seen`` is the version one looked at. Saving what is stored changes
    nothing.

    Another current score counts as a review, and takes the place of one that a source printed, unless ``values`` say
    what it prints.

    Raises:
        CannotChangeRisk: the risk is closed.
        CannotKeepRisk: something in it cannot be, or nothing says why the score changes; names the field.
        StaleRisk: somebody else saved it since.
    """
    hold_rules(risk.place_id)
    found = held_open(risk, seen=seen)
    rules = rules_of(found.place)
    before = {which: _scored(found, which) for which in Which}
    stored = {name: getattr(found, name) for name in FIELDS}
    _put(found, values)
    _check(found, rules)
    if found.review_on is None:
        # Emptied: set by the score, for a risk without a day would never be due.
        current = score(likelihood=found.likelihood, impact=found.impact)
        found.review_on = next_review(on=today, current=current, lines=lines_of(rules))
    if {name: getattr(found, name) for name in FIELDS} == stored:
        return found
    rescored = _scored(found, Which.CURRENT) != before[Which.CURRENT]
    if rescored and not because.strip():
        raise CannotKeepRisk("Say why the score changes: it is kept with its history.", "because")
    if rescored:
        _review_after_scoring(found, stored, rules, by=by, today=today)
        # A source that is brought again with another score says also what it prints now.
        if "printed_current" not in values:
            found.printed_current = ""
    with recorded(way=current_way(), by=by, reason=because):
        found.save()
        found.refresh_from_db()
        _keep_scores(found, before=before, by=by, at=at, because=because)
        follow_score(
            risk=found, line=rules.escalates_from, by=by, at=at, today=today, rescored=rescored
        )
    return found


@transaction.atomic
def review_unchanged(
    *, risk: Risk, by: User, at: datetime, today: date, seen: int | None = None
) -> Risk:
    """Reviewed, no change: the next review is due by its score. Twice on one day changes nothing.

    Raises:
        CannotChangeRisk: the risk is closed.
        StaleRisk: somebody else saved it since ``seen``.
    """
    found = held_open(risk, seen=seen)
    if found.reviewed_on == today and found.reviewed_by_id == by.pk:
        return found
    lines = lines_of(rules_of(found.place))
    found.reviewed_on, found.reviewed_by = today, by
    found.review_on = next_review(on=today, current=found.current, lines=lines)
    with recorded(way=current_way(), by=by, reason="Reviewed, no change."):
        found.save()
    found.refresh_from_db()
    return found


@transaction.atomic
def settle_printed(*, risk: Risk, by: User, seen: int | None = None) -> Risk:
    """Let likelihood times impact stand instead of what a source printed. Twice changes nothing.

    Raises:
        CannotChangeRisk: the risk is closed.
        StaleRisk: somebody else saved it since ``seen``.
    """
    found = held_open(risk, seen=seen)
    if not found.printed_current:
        return found
    reason = (
        f"The printed score {found.printed_current} is settled: likelihood times impact stands."
    )
    with recorded(way=current_way(), by=by, reason=reason):
        found.printed_current = ""
        found.save()
    found.refresh_from_db()
    return found


def _review_after_scoring(
    found: Risk, stored: Mapping[str, Any], rules: RiskRules, *, by: User, today: date
) -> None:
    found.reviewed_on, found.reviewed_by = today, by
    if found.review_on == stored["review_on"]:
        current = score(likelihood=found.likelihood, impact=found.impact)
        found.review_on = next_review(on=today, current=current, lines=lines_of(rules))


def _put(risk: Risk, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in FIELDS:
            raise ValueError(f"'{name}' is no field of a risk.")
        setattr(risk, name, value)
    for which in SCORES:
        steps = [f"{which}_{part}" for part in ("likelihood", "impact")]
        if which in values and not any(name in values for name in steps):
            _score_alone(risk, which, steps)
        likelihood, impact = (getattr(risk, name) for name in steps)
        if likelihood is not None and impact is not None:
            setattr(risk, which, likelihood * impact)


def _score_alone(risk: Risk, which: str, steps: list[str]) -> None:
    """A score given by itself: it stands, and likelihood and impact that multiply to another are not known any more."""
    likelihood, impact = (getattr(risk, name) for name in steps)
    if score(likelihood=likelihood, impact=impact) != getattr(risk, which):
        for name in steps:
            setattr(risk, name, None)


def check_values(*, risk: Risk, values: Mapping[str, Any], rules: RiskRules) -> None:
    """Whether a risk could be kept with ``values``. Nothing is written, and ``risk`` stays as it is.

    Raises:
        CannotKeepRisk: something in it cannot be; names the field.
    """
    tried = copy(risk)
    _put(tried, values)
    _check(tried, rules)


def _check(risk: Risk, rules: RiskRules) -> None:
    if not risk.title.strip():
        raise CannotKeepRisk("Say in a few words what the risk is.", "title")
    for prefix in ("", "inherent_", "target_"):
        _check_steps(risk, rules, prefix)
    for name in WHO:
        chosen = getattr(risk, name)
        if chosen is not None and chosen.place_id != risk.place_id:
            raise CannotKeepRisk("Choose one of this place.", name)
    highest = len(rules.likelihoods) * len(rules.impacts)
    for name in SCORES:
        value = getattr(risk, name)
        if value is not None and not 1 <= value <= highest:
            raise CannotKeepRisk(f"A score is from 1 to {highest}.", name)


def _check_steps(risk: Risk, rules: RiskRules, prefix: str) -> None:
    scales = {"likelihood": rules.likelihoods, "impact": rules.impacts}
    given = {part: getattr(risk, f"{prefix}{part}") for part in scales}
    for part, value in given.items():
        if value is not None and not 1 <= value <= len(scales[part]):
            raise CannotKeepRisk(
                f"The scale of {part} is from 1 to {len(scales[part])}.", prefix + part
            )
    if not prefix and (given["likelihood"] is None) != (given["impact"] is None):
        missing = "impact" if given["impact"] is None else "likelihood"
        raise CannotKeepRisk(
            f"Give the {missing} too: a score is likelihood times impact.", missing
        )


Scored = tuple[int | None, int | None, int | None]


def _scored(risk: Risk, which: str) -> Scored:
    """Likelihood, impact and score of one of the three."""
    if which == Which.CURRENT:
        product = score(likelihood=risk.likelihood, impact=risk.impact)
        return risk.likelihood, risk.impact, product
    return (
        getattr(risk, f"{which}_likelihood"),
        getattr(risk, f"{which}_impact"),
        getattr(risk, which),
    )


def _keep_scores(
    risk: Risk,
    *,
    before: Mapping[Which, Scored] | None,
    by: User | None,
    at: datetime,
    because: str,
) -> None:
    """A line in the history of each score that is another now."""
    was = before or dict.fromkeys(Which, (None, None, None))
    Score.objects.bulk_create(
        Score(
            risk=risk,
            which=which,
            likelihood=now[0],
            impact=now[1],
            score=now[2],
            because=because,
            given_by=by,
            given_at=at,
        )
        for which in Which
        if (now := _scored(risk, which)) != was[which]
    )
