"""How a place scores."""

from datetime import datetime
from typing import Any

from icp.audit.as_at import as_they_stood, row_of
from icp.common.prepared import fields_of, prepared, rows_as
from programmes.models import Place
from risks.models import RiskRules
from risks.rules.scores import Lines


def rules_of(place: Place) -> RiskRules:
    """The place's own, or, of version 0, what holds until it says otherwise. One query."""
    found = next(iter(rows_as(RiskRules, _rules(place=place.pk))), None)
    return found or RiskRules(place=place, version=0)


@prepared
def _rules(*, place: int) -> Any:
    return RiskRules.objects.filter(place=place).values_list(*fields_of(RiskRules))


def rules_at(place: Place, *, at: datetime) -> RiskRules:
    """As :func:`rules_of`, as they were at a moment. One query."""
    found = as_they_stood(RiskRules, at=at).filter(place=place).first()
    return row_of(found) if found else RiskRules(place=place)


def lines_of(rules: RiskRules) -> Lines:
    """The lines that its scores cross."""
    return Lines(
        amber_from=rules.amber_from,
        red_from=rules.red_from,
        escalates_from=rules.escalates_from,
        review_red_months=rules.review_red_months,
        review_amber_months=rules.review_amber_months,
        review_green_months=rules.review_green_months,
    )
