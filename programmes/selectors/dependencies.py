"""The dependencies of a place, held against the dates of their rows: two queries, whatever their number."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from programmes.models import Dependency, ItemKind, Place, PlanItem, Programme
from programmes.rules.dependencies import Dated, Link, Network
from programmes.rules.trend import expected_finish
from programmes.selectors.periods import holidays_of


@dataclass(frozen=True)
class LinkedRow:
    """A row that takes part in a dependency, or something outside the place (then without ``plan_id``).

    ``overdue``: its finish has passed, so it is reckoned with for today.
    """

    reference: str
    name: str
    code: str = ""
    plan_id: str = ""
    programme: str = ""
    removed: bool = False
    overdue: bool = False

    @property
    def is_outside(self) -> bool:
        return not self.plan_id


@dataclass(frozen=True)
class Linked:
    """The rows of a place that wait for one another, by reference, and the network they make."""

    rows: dict[str, LinkedRow]
    network: Network
    removed: tuple[Link, ...] = ()

    @cached_property
    def awaited(self) -> frozenset[str]:
        return frozenset(link.before for link in self.network.links)


ENDS = ("programme__code", "programme__name", "plan_id", "name", "kind", "removed_at")
DATES = (
    "start",
    "finish",
    "baseline_start",
    "baseline_finish",
    "forecast_finish",
    "is_complete",
)


def linked_rows(*, place: Place, today: date) -> Linked:
    """Every dependency of the rows in the place's plans, of rows that are still there."""
    found = (
        Dependency.objects.filter(
            successor__programme__place=place, successor__removed_at__isnull=True
        )
        .select_related("successor__programme", "predecessor__programme", "outside_programme")
        .only(
            *(f"{end}__{name}" for end in ("successor", "predecessor") for name in (*ENDS, *DATES)),
            "outside",
            "outside_date",
            "outside_programme__name",
            "kind",
            "lag_days",
        )
        .order_by("successor__programme__order", "successor__position", "pk")
    )
    rows: dict[str, LinkedRow] = {}
    dated: dict[str, Dated] = {}
    links: list[Link] = []
    removed: list[Link] = []
    for dependency in found:
        after = _row_in(rows, dated, dependency.successor, today)
        before = _before_in(rows, dated, dependency, today)
        link = Link(before, after, dependency.kind, dependency.lag_days)
        (removed if rows[before].removed else links).append(link)
    codes = {one.code for one in rows.values() if one.code}
    network = Network(
        rows=dated,
        links=tuple(links),
        holidays=holidays_of(place),
        programme_of={name: one.code for name, one in rows.items() if one.code},
        last_finish=_last_finishes(place, codes) if codes else {},
    )
    return Linked(rows, network, tuple(removed))


def _row_in(
    rows: dict[str, LinkedRow], dated: dict[str, Dated], item: PlanItem, today: date
) -> str:
    reference = item.reference
    if reference not in rows:
        agreed = item.baseline_finish or item.finish
        finish = expected_finish(
            agreed=agreed, forecast=item.forecast_finish, complete=item.is_complete, as_at=today
        )
        start = None if item.kind == ItemKind.MILESTONE else item.baseline_start or item.start
        dated[reference] = Dated(start, finish, item.is_complete)
        rows[reference] = LinkedRow(
            reference,
            item.name,
            item.programme.code,
            item.plan_id,
            item.programme.name,
            removed=item.removed_at is not None,
            overdue=finish != (item.forecast_finish or agreed),
        )
    return reference


def _before_in(
    rows: dict[str, LinkedRow], dated: dict[str, Dated], dependency: Dependency, today: date
) -> str:
    if dependency.predecessor:
        return _row_in(rows, dated, dependency.predecessor, today)
    whose = dependency.outside_programme
    name = f"{dependency.outside} ({whose.name})" if whose else dependency.outside
    key = f"outside {dependency.pk}"
    rows[key] = LinkedRow(name, name)
    dated[key] = Dated(None, dependency.outside_date)
    return key


def _last_finishes(place: Place, codes: set[str]) -> dict[str, date]:
    """The last finish in each programme, as its rows are expected."""
    last = Max(
        Coalesce("items__forecast_finish", "items__baseline_finish", "items__finish"),
        filter=~Q(items__kind=ItemKind.SUMMARY) & Q(items__removed_at__isnull=True),
    )
    found = Programme.objects.filter(place=place, code__in=codes).annotate(last=last)
    return {code: day for code, day in found.values_list("code", "last") if day}
