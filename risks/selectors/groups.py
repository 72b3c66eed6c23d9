"""How the open risks stand by owner, register, organisation, category, score or movement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Q, Sum, Value, When

from icp.common.clock import start_of
from icp.common.months import month_start
from risks.models.risk import RiskQuerySet
from risks.rules.scores import Band, Lines
from risks.selectors.asked import in_band, open_grounds
from risks.selectors.movement import moved_since

# What risks are put together by: the columns of its key, of its words, and the filter of the list that shows them.
GROUPS: dict[str, tuple[str, str, str]] = {
    "owner": ("owner_id", "owner__title", "owner"),
    "register": ("register__code", "register__programme__name", "register"),
    "organisation": ("organisation_id", "organisation__name", "organisation"),
    "category": ("category_id", "category__name", "category"),
    "score": ("part", "part", "band"),
    "movement": ("part", "part", "movement"),
}


@dataclass(frozen=True)
class Group:
    """``key`` is what the list is filtered by; empty where its risks have none. Counts are of open risks."""

    key: str
    name: str
    total: int
    red: int
    amber: int
    escalated: int
    review_overdue: int
    highest: int | None
    score: int


def groups_of(rows: RiskQuerySet, *, by: str, lines: Lines, today: date) -> list[Group]:
    """The groups of these risks, the one with the highest sum of scores first. One query. Movement is that since the
    month's first.
    """
    key, name, _ = GROUPS[by]
    parts = {"score": _by_band(lines), "movement": _by_movement(rows, today)}
    found: Any = (
        rows.open()
        .order_by()
        .annotate(is_escalated=Exists(open_grounds()), part=parts.get(by, Value("")))
        .values(group=F(key), words=F(name))
        .annotate(
            total=Count("pk"),
            red=Count("pk", filter=in_band(Band.RED, lines)),
            amber=Count("pk", filter=in_band(Band.AMBER, lines)),
            escalated=Count("pk", filter=Q(is_escalated=True)),
            review_overdue=Count("pk", filter=Q(review_on__lt=today)),
            highest=Max("current"),
            score=Sum("current"),
        )
    )
    groups = [
        Group(
            key=str(one.pop("group") or ""),
            name=one.pop("words") or "",
            score=one.pop("score") or 0,
            **one,
        )
        for one in found
    ]
    return sorted(groups, key=lambda one: (-one.score, one.name, one.key))


def _by_band(lines: Lines) -> Case:
    bands = (When(in_band(one, lines), then=Value(one.value)) for one in Band)
    return Case(*bands, default=Value(""))


def _by_movement(rows: RiskQuerySet, today: date) -> Case:
    """Who neither went up nor down nor is new stands as before: one of the four each."""
    since = start_of(month_start(today))
    moved = (
        When(pk__in=moved_since(rows.open(), movement=one, since=since), then=Value(one))
        for one in ("up", "down", "new")
    )
    return Case(*moved, default=Value("same"))
