"""How many risks stand how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast

from icp.common.prepared import prepared
from programmes.models import Place
from risks.models import Risk
from risks.rules.scores import Band, Lines, band
from risks.selectors.asked import actions_kept, open_grounds


@dataclass(frozen=True)
class Counts:
    """Of the open risks."""

    total: int = 0
    red: int = 0
    amber: int = 0
    escalated: int = 0
    proposed: int = 0
    review_overdue: int = 0
    unmitigated: int = 0


def counts_of(*, place: Place, lines: Lines, today: date) -> Counts:
    """Of all registers of a place, which everybody with a role in it reads. One query, made of five, each by
    an index.
    """
    found = _counted(place=place.pk, today=today)
    scores = {score: count for name, score, count in found if name == "score"}
    others = {name: count for name, _, count in found if name != "score"}
    return Counts(
        total=sum(scores.values()),
        red=_in_band(scores.items(), Band.RED, lines),
        amber=_in_band(scores.items(), Band.AMBER, lines),
        **others,
    )


def _in_band(scores: Iterable[tuple[int | None, int]], asked: Band, lines: Lines) -> int:
    return sum(count for score, count in scores if band(score, lines) == asked)


@prepared
def _counted(*, place: int, today: date) -> Any:
    rows = Risk.objects.filter(place=place).open().order_by()
    by_score = rows.values(name=Value("score"), score=F("current")).annotate(count=Count("*"))
    return by_score.values_list("name", "score", "count").union(
        _alone("review_overdue", rows.filter(review_on__lt=today)),
        _alone("escalated", rows.filter(Exists(open_grounds()))),
        _alone("proposed", rows.filter(Exists(open_grounds().filter(proposed_on__isnull=False)))),
        _alone("unmitigated", rows.filter(~Exists(actions_kept()))),
        all=True,
    )


def _alone(name: str, rows: "QuerySet[Risk]") -> Any:
    none = Cast(Value(None), SmallIntegerField())
    named = rows.values("place_id").annotate(name=Value(name), score=none)
    return named.annotate(count=Count("*")).values_list("name", "score", "count")
