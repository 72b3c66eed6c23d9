"""The dependencies of a place, held against the dates of their rows: two queries, whatever their number."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from icp.common.prepared import Row, any_of, prepared
from programmes.models import Dependency, ItemKind, Place, PlanItem, Programme
from programmes.models.plan import EXPECTED_FINISH
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


class End(NamedTuple):
    """The row at one end of a dependency, with what its dates are judged by."""

    programme_id: int
    programme__code: str
    programme__name: str
    plan_id: str
    name: str
    kind: str
    removed_at: datetime | None
    start: date | None
    finish: date | None
    baseline_start: date | None
    baseline_finish: date | None
    forecast_finish: date | None
    is_complete: bool

    @property
    def reference(self) -> str:
        return f"{self.programme__code} {self.plan_id}"


class Outside(NamedTuple):
    """What a row waits for that stands in no plan of the place."""

    pk: int
    outside: str
    outside_date: date | None
    outside_programme__name: str | None


@prepared
def _dependencies(*, place: int) -> Any:
    """Each with its later row, its earlier one (of nulls where it is outside), what is outside, its kind and lag."""
    found = Dependency.objects.filter(
        successor__programme__place=place, successor__removed_at__isnull=True
    )
    ends = (f"{end}__{name}" for end in ("successor", "predecessor") for name in End._fields)
    order = ("successor__programme__order", "successor__position", "pk")
    return found.order_by(*order).values_list(*ends, *Outside._fields, "kind", "lag_days")


class Found(NamedTuple):
    """One dependency: its ends that stand in plans, the later row first, and what is outside where only one does."""

    ends: tuple[End, ...]
    outside: Outside
    kind: str
    lag_days: int


def _found(row: Row) -> Found:
    one, two = len(End._fields), 2 * len(End._fields)
    later, earlier = End(*row[:one]), End(*row[one:two])
    ends = (later,) if earlier.programme_id is None else (later, earlier)
    return Found(ends, Outside(*row[two:-2]), *row[-2:])


def linked_rows(*, place: Place, today: date) -> Linked:
    """Every dependency of the rows in the place's plans, of rows that are still there."""
    rows: dict[str, LinkedRow] = {}
    dated: dict[str, Dated] = {}
    links: list[Link] = []
    removed: list[Link] = []
    codes: dict[int, str] = {}
    for found in map(_found, _dependencies(place=place.pk)):
        after, *earlier = [_row_in(rows, dated, end, today) for end in found.ends]
        before = earlier[0] if earlier else _outside_in(rows, dated, found.outside)
        codes |= {end.programme_id: end.programme__code for end in found.ends}
        link = Link(before, after, found.kind, found.lag_days)
        (removed if rows[before].removed else links).append(link)
    network = Network(
        rows=dated,
        links=tuple(links),
        holidays=holidays_of(place),
        programme_of={name: one.code for name, one in rows.items() if one.code},
        last_finish=_last_finishes(codes),
    )
    return Linked(rows, network, tuple(removed))


def _row_in(rows: dict[str, LinkedRow], dated: dict[str, Dated], item: End, today: date) -> str:
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
            item.programme__code,
            item.plan_id,
            item.programme__name,
            removed=item.removed_at is not None,
            overdue=finish != (item.forecast_finish or agreed),
        )
    return reference


def _outside_in(rows: dict[str, LinkedRow], dated: dict[str, Dated], found: Outside) -> str:
    whose = found.outside_programme__name
    name = f"{found.outside} ({whose})" if whose else found.outside
    key = f"outside {found.pk}"
    rows[key] = LinkedRow(name, name)
    dated[key] = Dated(None, found.outside_date)
    return key


def _last_finishes(codes: dict[int, str]) -> dict[str, date]:
    """The last finish in each of these programmes, as its rows are expected, by the programme's code."""
    found = _last_finish(programmes=list(codes)) if codes else []
    return {codes[programme]: day for programme, day in found if day}


@prepared
def _last_finish(*, programmes: list[int]) -> Any:
    """One look into the index for each programme, however many rows it has."""
    rows = PlanItem.objects.filter(programme=OuterRef("pk")).counted()
    dated = rows.annotate(day=EXPECTED_FINISH).filter(day__isnull=False).order_by("-day")
    found = Programme.objects.filter(any_of("id", programmes))
    return found.annotate(last=Subquery(dated.values("day")[:1])).values_list("pk", "last")
