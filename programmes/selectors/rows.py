"""Rows of plans with what was last said of them and what the dates propose, a page at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from icp.common.prepared import any_of, prepared
from programmes.models import Period, Place, PlanItem, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import Rag
from programmes.selectors.judgement import ItemJudgement, judge
from programmes.selectors.last_said import last_said, up_to

CHUNK = 1000


@dataclass(frozen=True)
class JudgedRow:
    """A row at a date: its status in the period now reported and the last of the closed ones, if any, and
    what the dates say. Of a status only the RAG, the actual finish and the period's name are loaded.
    """

    item: PlanItem
    status: Status | None
    last: Status | None
    judgement: ItemJudgement

    @property
    def rag(self) -> str | None:
        """What the lead declared; never what the dates propose."""
        return self.status.rag if self.status else None


def with_names(rows: PlanItemQuerySet) -> PlanItemQuerySet:
    """With what a list prints beside a row: its programme, its heading, its owner."""
    return rows.select_related("programme", "parent", "owner").only(
        "plan_id",
        "name",
        "kind",
        "start",
        "start_tbc",
        "finish",
        "finish_tbc",
        "baseline_start",
        "baseline_finish",
        "forecast_finish",
        "is_complete",
        "tolerance_months",
        "changed_at",
        "outline_level",
        "position",
        "programme__code",
        "programme__name",
        "programme__order",
        "programme__tolerance_months",
        "programme__place_id",
        "parent__name",
        "owner__title",
    )


def judged(
    items: Iterable[PlanItem],
    *,
    place: Place,
    period: Period | None,
    last: Period | None,
    today: date,
) -> list[JudgedRow]:
    """The rows with their statuses: one query, whatever their number."""
    items = list(items)
    now: dict[int, Status] = {}
    before: dict[int, Status] = {}
    for status in _statuses(items, period=period, last=last):
        of_now = period is not None and status.period_id == period.pk
        (now if of_now else before)[status.item_id] = status
    return [
        judge_row(item, status=now.get(item.pk), last=before.get(item.pk), place=place, today=today)
        for item in items
    ]


SAID = ("id", "item_id", "period_id", "rag", "actual_finish")


def _statuses(
    items: list[PlanItem], *, period: Period | None, last: Period | None
) -> Iterator[Status]:
    if not items:
        return
    keys = [item.pk for item in items]
    for *said, name in _said(items=keys, period=period.pk if period else 0, **up_to(last)):
        status = Status.from_db(None, SAID, said)
        status.period = Period.from_db(None, ("id", "name"), (status.period_id, name))
        yield status


@prepared
def _said(*, items: list[int], period: int, last: int, place: int, last_day: date) -> Any:
    of_last = last_said(up_to=Period(pk=last, place_id=place, ends_on=last_day))
    parts = (Status.objects.filter(period=period), of_last)
    now, before = (
        part.filter(any_of("item_id", items)).values_list(*SAID, "period__name") for part in parts
    )
    return now.union(before, all=True)


def judge_row(
    item: PlanItem, *, status: Status | None, last: Status | None, place: Place, today: date
) -> JudgedRow:
    """One row with statuses that are at hand already. No query."""
    return JudgedRow(item, status, last, _judge(item, status, place=place, today=today))


def all_judged(
    rows: PlanItemQuerySet, *, place: Place, period: Period | None, last: Period | None, today: date
) -> Iterator[JudgedRow]:
    """Every row of a list, for a download: in pieces, so that memory stays level."""
    piece: list[PlanItem] = []
    for item in rows.iterator(chunk_size=CHUNK):
        piece.append(item)
        if len(piece) == CHUNK:
            yield from judged(piece, place=place, period=period, last=last, today=today)
            piece = []
    yield from judged(piece, place=place, period=period, last=last, today=today)


def _judge(item: PlanItem, status: Status | None, *, place: Place, today: date) -> ItemJudgement:
    return judge(
        item,
        place=place,
        programme=item.programme,
        as_at=today,
        forecast=item.forecast_finish,
        actual=status.actual_finish if status else None,
        complete=item.is_complete or bool(status and status.rag == Rag.COMPLETE),
    )
