"""What the filters of a register ask of many risks at once: each the same rule as is worked out of one."""

from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from programmes.models import Place
from programmes.selectors.periods import last_frozen_period
from risks.models import Escalation, Mitigation
from risks.models.risk import RiskQuerySet
from risks.rules.flags import Flag
from risks.rules.scores import NOT_AVAILABLE, Band, Lines, Standing

# The columns of each of the three scores.
STEPS = {
    "current": ("likelihood", "impact"),
    "inherent": ("inherent_likelihood", "inherent_impact"),
    "target": ("target_likelihood", "target_impact"),
}


def open_grounds() -> "QuerySet[Escalation]":
    """Of the risk that is asked about outside: the grounds of its escalation that nobody has ended."""
    return Escalation.objects.filter(risk=OuterRef("pk"), ended_at=None)


def actions_kept() -> "QuerySet[Mitigation]":
    """Of the risk that is asked about outside: its actions, done or not, that nobody has taken out."""
    return Mitigation.objects.filter(risk=OuterRef("pk"), removed_at=None)


def in_band(asked: Band | None, lines: Lines) -> Q:
    """Risks in a band, or, for None, without a score: as :func:`risks.rules.scores.band` says it."""
    found = {
        Band.RED: Q(current__gte=lines.red_from),
        Band.AMBER: Q(current__gte=lines.amber_from, current__lt=lines.red_from),
        Band.GREEN: Q(current__lt=lines.amber_from),
        None: Q(current=None),
    }
    return found[asked]


def after_the_close(grounds: "QuerySet[Escalation]", place: Place) -> "QuerySet[Escalation]":
    """Those that the reports of the last closed month did not find: these hold what stood when it was closed."""
    last = last_frozen_period(place=place)
    if last is None:
        return grounds
    copies = Escalation.pgh_event_model.objects.filter(pgh_obj_id=OuterRef("pk"))  # type: ignore[attr-defined]
    return grounds.filter(~Exists(copies.filter(pgh_created_at__lte=last.closed_at)))


def on_square(which: str, likelihood: str, impact: str = "") -> Q:
    """Risks on a square of the map of one of the three scores; beside it, those scored without likelihood and impact."""
    one, other = STEPS[which]
    if likelihood == "beside":
        return Q(**{f"{which}__isnull": False}) & (
            Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True})
        )
    return Q(**{one: int(likelihood), other: int(impact)})


def standing_so(asked: Standing) -> Q:
    """Risks that stand so to what is accepted of their category: as :func:`risks.rules.scores.standing` says it."""
    appetite, tolerance = F("category__appetite"), F("category__tolerance")
    found = {
        Standing.WITHIN_APPETITE: Q(current__lte=appetite),
        Standing.ABOVE_APPETITE: Q(current__gt=appetite, current__lte=tolerance),
        Standing.ABOVE_TOLERANCE: Q(current__gt=tolerance),
    }
    return found[asked]


def flagged(rows: RiskQuerySet, flag: Flag, *, today: date) -> RiskQuerySet:
    """The rows of which a flag is shown: the same rule as :mod:`risks.rules.flags`, asked in sets."""
    actions = actions_kept()
    asked: dict[Flag, Any] = {
        Flag.NO_OWNER: Q(owner=None),
        Flag.NO_MITIGATION: ~Exists(actions),
        Flag.MITIGATION_OVERDUE: Exists(actions.filter(done_on=None, due_on__lt=today)),
        Flag.REVIEW_OVERDUE: Q(review_on__lt=today),
        Flag.NO_SCORE: Q(current=None),
        Flag.PRINTED: ~Q(printed_current="") & _printed_otherwise(),
    }
    return rows.open().filter(asked[flag])


def _printed_otherwise() -> Q:
    agrees = Q(printed_current=Cast("current", CharField()))
    none = Q(printed_current__iexact=NOT_AVAILABLE, current=None)
    return ~(Q(current__isnull=False) & agrees) & ~none
