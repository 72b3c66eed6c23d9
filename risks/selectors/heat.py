"""How many risks stand where on the map."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from risks.models.risk import RiskQuerySet
from risks.rules.heat import Step
from risks.selectors.asked import STEPS


@dataclass(frozen=True)
class Stand:
    """On the squares; ``beside`` the map with a score and no square; ``without`` a score."""

    squares: dict[Step, int]
    beside: int
    without: int


def counted_on_map(rows: RiskQuerySet, *, which: str) -> Stand:
    """Of the rows, by likelihood and impact of one of the three scores. One query."""
    one, other = STEPS[which]
    scored = ExpressionWrapper(Q(**{f"{which}__isnull": False}), BooleanField())
    found = rows.order_by().values_list(one, other, scored).annotate(count=Count("*"))
    squares: dict[Step, int] = {}
    rest: Counter[bool] = Counter()
    for likelihood, impact, has_score, count in found:
        if likelihood is not None and impact is not None:
            squares[likelihood, impact] = squares.get((likelihood, impact), 0) + count
        if likelihood is None or impact is None or not has_score:
            rest[has_score] += count
    return Stand(squares, beside=rest[True], without=rest[False])
