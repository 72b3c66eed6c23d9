"""What a place's page counts. Every count touches only the rows it counts, through their index."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Value

from icp.common.months import month_end
from icp.common.prepared import any_of, fields_of, prepared, rows_as
from programmes.models import Leadership, LeadershipRole, Period, Place, PlanItem, Programme, Return
from programmes.models.cycle import HANDED_IN_STATES, ReturnState
from programmes.models.plan import PlanItemQuerySet
from programmes.models.status import Status
from programmes.rules.rag import Rag
from programmes.selectors.last_said import last_said_of, up_to


@dataclass(frozen=True)
class Window:
    """The days a live look-ahead covers, both ends included."""

    first: date
    last: date


def coming_days(today: date) -> Window:
    """From tomorrow to the end of that month: what is still to come, and not overdue yet."""
    first = today + timedelta(days=1)
    return Window(first, month_end(first))


@dataclass
class ProgrammeLine:
    """One programme on its place's page. Counts are of tasks and milestones; RAG is what leads declared."""

    programme: Programme
    depth: int
    leads: list[str] = field(default_factory=list)
    return_state: ReturnState = ReturnState.NOT_STARTED
    last_reported: str = ""
    rags: dict[str, int] = field(default_factory=dict)
    # As each row was last reported in a closed period; ``older`` of them before the last one.
    last_rags: dict[str, int] = field(default_factory=dict)
    older: int = 0
    overdue: int = 0
    due: int = 0
    undated: int = 0
    still_open: int = 0
    finished: int = 0
    # Of those rows, open and finished, the ones with a RAG in the period now reported.
    open_declared: int = 0
    finished_declared: int = 0

    @property
    def green(self) -> int:
        return self.rags.get(Rag.GREEN, 0)

    @property
    def undeclared(self) -> int:
        """Open rows of which no RAG was declared, as :func:`programmes.selectors.declared.undeclared_in`."""
        return self.still_open - self.open_declared

    @property
    def complete(self) -> int:
        """Declared in the period, or complete before it, as :func:`programmes.selectors.declared.declared_in`."""
        return self.rags.get(Rag.COMPLETE, 0) + self.finished - self.finished_declared

    @property
    def on_hold(self) -> int:
        return self.rags.get(Rag.ON_HOLD, 0)

    @property
    def not_started(self) -> int:
        return self.rags.get(Rag.NOT_STARTED, 0)

    @property
    def red(self) -> int:
        return self.rags.get(Rag.RED, 0)

    @property
    def amber(self) -> int:
        return self.rags.get(Rag.AMBER, 0)

    @property
    def last_red(self) -> int:
        return self.last_rags.get(Rag.RED, 0)

    @property
    def last_amber(self) -> int:
        return self.last_rags.get(Rag.AMBER, 0)


def place_lines(
    *, place: Place, period: Period | None, last: Period | None, today: date
) -> list[ProgrammeLine]:
    """A line for each programme in scope, those inside another right after it. Seven queries.

    ``period`` is the one now reported, ``last`` the last closed one: until returns come in, only the
    two together tell what is off track.
    """
    programmes = rows_as(Programme, _reporting(place=place.pk))
    lines = {found.pk: ProgrammeLine(found, 0) for found in programmes}
    for programme, title in _leads(programmes=list(lines)):
        lines[programme].leads.append(title)
    _count_rows(lines, today=today)
    _count_rags(lines, period=period, last=last)
    _add_returns(lines, period=period)
    return _nested(lines)


@prepared
def _reporting(*, place: int) -> Any:
    found = Programme.objects.filter(place=place).reporting()
    return found.in_order().values_list(*fields_of(Programme))


@prepared
def _leads(*, programmes: list[int]) -> Any:
    duties = Leadership.objects.filter(any_of("programme_id", programmes), role=LeadershipRole.LEAD)
    return duties.order_by("programme_id", "order", "pk").values_list("programme_id", "post__title")


def _count_rows(lines: dict[int, ProgrammeLine], *, today: date) -> None:
    window = coming_days(today)
    counts = _counts_of_rows(
        programmes=list(lines), today=today, first_day=window.first, last_day=window.last
    )
    for programme, name, count in counts:
        setattr(lines[programme], name, count)


@prepared
def _counts_of_rows(*, programmes: list[int], today: date, first_day: date, last_day: date) -> Any:
    """Five counts in one query, each through an index of its own."""
    rows = PlanItem.objects.filter(any_of("programme_id", programmes))
    coming = rows.looking_ahead(as_at=today, first=first_day, last=last_day)
    return _by_programme("overdue", rows.overdue(on=today)).union(
        _by_programme("due", coming),
        _by_programme("undated", rows.undated()),
        _by_programme("still_open", rows.still_open()),
        _by_programme("finished", rows.complete()),
        all=True,
    )


def _by_programme(name: str, rows: PlanItemQuerySet) -> Any:
    named = rows.order_by().values("programme_id").annotate(counted=Value(name))
    # Not Count("pk"): the key is not in those indexes, and each row would be looked up for it.
    return named.annotate(count=Count("*")).values_list("programme_id", "counted", "count")


def _count_rags(
    lines: dict[int, ProgrammeLine], *, period: Period | None, last: Period | None
) -> None:
    """What is declared so far, and what is still off track by what was last reported. Two queries."""
    for programme, rag, finished, count in _declared(period=period.pk) if period else []:
        if programme in lines:
            _add_declared(lines[programme], rag, finished=finished, count=count)
    for programme, said_in, rag, count in _still_off_track(**up_to(last)) if last else []:
        if programme in lines:
            line = lines[programme]
            line.last_rags[rag] = line.last_rags.get(rag, 0) + count
            line.older += count if said_in != last.pk else 0  # type: ignore[union-attr]


@prepared
def _declared(*, period: int) -> Any:
    said = Status.objects.filter(period=period, rag__isnull=False)
    return _counted(said, "item__programme_id", "rag", "item__is_complete")


@prepared
def _still_off_track(*, last: int, place: int, last_day: date) -> Any:
    up_to = Period(pk=last, place_id=place, ends_on=last_day)
    parts = last_said_of(Status.objects.off_track(), up_to=up_to)
    in_it, before = (_counted(one, "item__programme_id", "period_id", "rag") for one in parts)
    return in_it.union(before, all=True)


def _counted(statuses: QuerySet[Status], *by: str) -> Any:
    present = statuses.filter(item__removed_at__isnull=True).order_by()
    return present.values(*by).annotate(count=Count("*")).values_list(*by, "count")


def _add_declared(line: ProgrammeLine, rag: str, *, finished: bool, count: int) -> None:
    line.rags[rag] = line.rags.get(rag, 0) + count
    if finished:
        line.finished_declared += count
    else:
        line.open_declared += count


def _add_returns(lines: dict[int, ProgrammeLine], *, period: Period | None) -> None:
    for programme, name in _last_handed_in(programmes=list(lines)):
        lines[programme].last_reported = name
    for programme, state in _states(period=period.pk, programmes=list(lines)) if period else []:
        lines[programme].return_state = ReturnState(state)


@prepared
def _last_handed_in(*, programmes: list[int]) -> Any:
    """The newest month for which each of them handed its return in."""
    handed_in = Return.objects.filter(
        any_of("programme_id", programmes), state__in=HANDED_IN_STATES
    )
    newest = handed_in.order_by("programme_id", "-period__ends_on").distinct("programme_id")
    return newest.values_list("programme_id", "period__name")


@prepared
def _states(*, period: int, programmes: list[int]) -> Any:
    found = Return.objects.filter(any_of("programme_id", programmes), period=period)
    return found.order_by().values_list("programme_id", "state")


def _nested(lines: dict[int, ProgrammeLine]) -> list[ProgrammeLine]:
    """The place's order, with each programme's own programmes under it."""
    inside: dict[int | None, list[ProgrammeLine]] = {}
    for line in lines.values():
        parent = line.programme.parent_id
        inside.setdefault(parent if parent in lines else None, []).append(line)
    ordered: list[ProgrammeLine] = []

    def walk(parent: int | None, depth: int) -> None:
        for line in inside.get(parent, []):
            line.depth = depth
            ordered.append(line)
            walk(line.programme.pk, depth + 1)

    walk(None, 0)
    return ordered
