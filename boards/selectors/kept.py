"""Look-aheads that were frozen, held against what became of their rows: five queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from boards.models.report import BUILT_STATES, ReportKind, ReportQuerySet
from boards.rules.facts import Span
from boards.rules.kept import Kept, Promise, Since, hold
from programmes.models import AgreedDates, Period, Place, PlanItem, Status
from programmes.rules.rag import Rag

MONTHS = 6
Key = tuple[str, str]


@dataclass(frozen=True)
class Month:
    """One look-ahead's month with what became of each row. ``over``: the month has ended."""

    span: Span
    over: bool
    kept: tuple[Kept, ...]


@dataclass
class _Known:
    """What is known of one row, newest last."""

    item: PlanItem
    said: list[dict[str, Any]]
    agreed: list[dict[str, Any]]


def months_kept(
    *, place: Place, reports: ReportQuerySet, now: datetime, today: date
) -> list[Month]:
    """The newest months whose look-ahead is among ``reports``, newest first."""
    found = (
        reports.filter(period__place=place, kind=ReportKind.LOOK_AHEAD, state__in=BUILT_STATES)
        .order_by("-period__ends_on")
        .values_list("content__next_period", "content__sections__0__rows")[:MONTHS]
    )
    aheads = [(_span(span), [*map(_promise, rows or [])]) for span, rows in found]
    begun = [(span, promises) for span, promises in aheads if span.starts_on <= today]
    known = _known(place, {(one.programme, one.plan_id) for _, own in begun for one in own})
    closed = dict(Period.objects.filter(place=place).values_list("key", "closed_at"))
    return [
        _month(span, own, known, limit=closed.get(span.key) or now, today=today)
        for span, own in begun
    ]


def _month(
    span: Span,
    promises: list[Promise],
    known: dict[Key, _Known],
    *,
    limit: datetime,
    today: date,
) -> Month:
    as_at = min(today, span.ends_on)
    return Month(
        span,
        over=today > span.ends_on,
        kept=tuple(
            hold(
                one,
                _since(known.get((one.programme, one.plan_id)), span.ends_on, limit),
                first=span.starts_on,
                last=span.ends_on,
                as_at=as_at,
            )
            for one in promises
        ),
    )


def _span(content: dict[str, str]) -> Span:
    first, last = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    return Span(content["key"], content["name"], first, last)


def _promise(row: dict[str, Any]) -> Promise:
    finish, forecast = (
        date.fromisoformat(row[name]) if row[name] else None for name in ("finish", "forecast")
    )
    reference = f"{row['programme']} {row['plan_id']}"
    return Promise(reference, row["programme"], row["plan_id"], row["name"], finish, forecast)


def _known(place: Place, keys: set[Key]) -> dict[Key, _Known]:
    items = (
        PlanItem.objects.called(keys, place=place)
        .select_related("programme", "ticked_in")
        .only("plan_id", "removed_at", "ticked", "programme__code", "ticked_in__ends_on")
    )
    found = {
        key: _Known(item, [], [])
        for item in items
        if (key := (item.programme.code, item.plan_id)) in keys
    }
    by_item = {one.item.pk: one for one in found.values()}
    for status in _statuses(by_item):
        by_item[status["item_id"]].said.append(status)
    for agreed in _agreed(by_item):
        by_item[agreed["item_id"]].agreed.append(agreed)
    return found


def _statuses(items: Iterable[int]) -> Iterable[Any]:
    return (
        Status.objects.filter(item__in=list(items))
        .order_by("period__ends_on", "pk")
        .values("item_id", "period__ends_on", "rag", "actual_finish", "forecast_finish", "reason")
    )


def _agreed(items: Iterable[int]) -> Iterable[Any]:
    return (
        AgreedDates.objects.filter(item__in=list(items))
        .order_by("baseline__number")
        .values("item_id", "finish", "baseline__agreed_at")
    )


def _since(known: _Known | None, last: date, limit: datetime) -> Since:
    """The row as it stood for that month. One that is gone for good counts as removed."""
    if known is None:
        return Since(removed=True)
    said = [one for one in known.said if one["period__ends_on"] <= last]
    agreed = [one["finish"] for one in known.agreed if one["baseline__agreed_at"] <= limit]
    removed_at = known.item.removed_at
    return Since(
        complete=_is_complete(known.item, said, last),
        actual=_latest(said, "actual_finish"),
        agreed=agreed[-1] if agreed else None,
        forecast=_latest(said, "forecast_finish"),
        removed=removed_at is not None and removed_at <= limit,
        reason=_latest(said, "reason") or "",
    )


def _is_complete(item: PlanItem, said: list[dict[str, Any]], last: date) -> bool:
    """As the last RAG says, else as the plan was ticked by then (``boards.rules.facts.is_complete``)."""
    rag = _latest(said, "rag")
    if rag:
        return bool(rag == Rag.COMPLETE)
    ticked_in = item.ticked_in
    return item.ticked and (ticked_in is None or ticked_in.ends_on <= last)


def _latest(said: list[dict[str, Any]], name: str) -> Any:
    return next((one[name] for one in reversed(said) if one[name]), None)


def by_programme(months: list[Month]) -> dict[str, list[list[Kept]]]:
    """For each programme's code what was kept of its rows, month by month."""
    found: dict[str, list[list[Kept]]] = defaultdict(lambda: [[] for _ in months])
    for number, month in enumerate(months):
        for one in month.kept:
            found[one.promise.programme][number].append(one)
    return found
