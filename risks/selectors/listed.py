"""The risks of one page of a list: what it prints of each, and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Func, IntegerField, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, TruncDate

from icp.common.clock import start_of
from icp.common.months import month_start
from icp.common.prepared import any_of, prepared
from programmes.models import Period
from risks.models import Residual, Risk, RiskState
from risks.rules.escalation import OpenGround, because
from risks.rules.flags import Action, Facts, flags
from risks.rules.quarters import Quarter, residuals_of
from risks.rules.scores import Band, Lines, Moved, band, moved, stood_before
from risks.selectors.asked import actions_kept, open_grounds
from risks.selectors.standing import (
    before_the_first,
    closed_over,
    current_before,
    last_day_before,
    scores_at_waiting_ends,
)


@dataclass(frozen=True)
class ListedRisk:
    """Of a :class:`risks.rules.content.RiskLine` what the list prints, in the same words. Plain values: equal ones
    look the same.
    """

    ref: str
    title: str
    kind: str
    owner: str
    inherent: int | None
    current: int | None
    target: int | None
    review_on: date | None
    band: Band | None
    moved: Moved
    residual: tuple[int | None, ...]
    because: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """An answer of :func:`_found`: a risk, and what hangs on it."""

    pk: int
    ref: str
    title: str
    kind: str
    state: str
    owner: str | None
    inherent: int | None
    current: int | None
    target: int | None
    printed: str
    review_on: date | None
    exists_from: date
    created_at: datetime
    before: Sequence[int | None]
    residuals: Sequence[tuple[int, int, int]]
    grounds: Sequence[tuple[str, str, str]]
    has_actions: bool
    still_due: Sequence[date | None]
    recorded_up_to: date | None
    ended_on: date | None
    was_closed: bool


def listed_risks(keys: Iterable[int], *, as_at: date, lines: Lines) -> list[ListedRisk]:
    """The risks with these keys, in their order, as they are; movement counts from the month's first. One query,
    and one more for each quarter that is over and not yet frozen.
    """
    keys, since = list(keys), start_of(month_start(as_at))
    rows = _found(keys=keys, since=since, day=last_day_before(since)) if keys else []
    found = {one.pk: one for one in (Found(*row) for row in rows)}
    frozen = {one.recorded_up_to for one in found.values()}
    ends = scores_at_waiting_ends(found, as_at=as_at, frozen=frozen)
    return [
        _listed(found[key], ends, lines, as_at=as_at, since=since) for key in keys if key in found
    ]


Ends = dict[Quarter, dict[int, int | None]]


def _together(*columns: Any, of: Any) -> Func:
    return Func(*columns, template="ARRAY[%(expressions)s]", output_field=ArrayField(of))


@prepared
def _found(*, keys: list[int], since: datetime, day: date) -> Any:
    own = {"risk": OuterRef("pk")}
    scores = current_before(since).filter(**own)
    residual = _together("year", "quarter", "score", of=IntegerField())
    grounds = open_grounds().order_by("began_on", "pk")
    actions = actions_kept()
    periods = Period.objects.filter(place=OuterRef("place"))
    closed = periods.frozen().order_by("-ends_on")
    board = Coalesce("board__name", Value(""))
    return Risk.objects.filter(any_of("id", keys)).values_list(
        "pk",
        "ref",
        "title",
        "kind",
        "state",
        "owner__title",
        "inherent",
        "current",
        "target",
        "printed_current",
        "review_on",
        # In the United Kingdom, as every day.
        Coalesce("raised_on", TruncDate("created_at")),
        "created_at",
        ArraySubquery(scores.order_by("-given_at", "-pk").values("score")[:1]),
        ArraySubquery(Residual.objects.filter(**own).values(one=residual)),
        ArraySubquery(grounds.values(one=_together("ground", board, "because", of=TextField()))),
        Exists(actions),
        ArraySubquery(actions.filter(done_on=None).values("due_on")),
        Coalesce(Subquery(closed.values("ends_on")[:1]), Subquery(before_the_first(periods)[:1])),
        "ended_on",
        Exists(closed_over(day).filter(**own)),
    )


def _listed(one: Found, ends: Ends, lines: Lines, *, as_at: date, since: datetime) -> ListedRisk:
    existed = stood_before(
        since, was_scored=bool(one.before), created_at=one.created_at, was_closed=one.was_closed
    )
    return ListedRisk(
        ref=one.ref,
        title=one.title,
        kind=one.kind,
        owner=one.owner or "",
        inherent=one.inherent,
        current=one.current,
        target=one.target,
        review_on=one.review_on,
        band=band(one.current, lines),
        moved=moved(before=next(iter(one.before), None), now=one.current, existed=existed),
        residual=_residual(one, ends, as_at),
        because=because(
            [OpenGround(*ground) for ground in one.grounds],
            score=one.current,
            line=lines.escalates_from,
        ),
        flags=_flags(one, as_at) if one.state == RiskState.OPEN else (),
    )


def _residual(one: Found, ends: Ends, as_at: date) -> tuple[int | None, ...]:
    recorded = {Quarter(year, number): score for year, number, score in one.residuals}
    return residuals_of(
        as_at=as_at,
        recorded=recorded,
        current=one.current,
        at_end={quarter: scores.get(one.pk) for quarter, scores in ends.items()},
        ended_on=one.ended_on,
        exists_from=one.exists_from,
        recorded_up_to=one.recorded_up_to,
    )


def _flags(one: Found, as_at: date) -> tuple[str, ...]:
    """Of actions only those still to be done say more than that there is one."""
    done = [Action(None, done=True)] if one.has_actions else []
    facts = Facts(
        current=one.current,
        printed=one.printed,
        has_owner=one.owner is not None,
        actions=[*done, *(Action(due, done=False) for due in one.still_due)],
        review_on=one.review_on,
    )
    return tuple(flag.value for flag in flags(facts, as_at=as_at))
