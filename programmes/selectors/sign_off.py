"""What an SRO, chair or accountable officer looks at: returns handed in, and what is late or off track."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from programmes.models import Period, Place, PlanItem, Programme, Return, ReturnQuestion, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.models.programme import ProgrammeQuerySet
from programmes.rules.rag import OFF_TRACK, Rag
from programmes.selectors.judgement import ItemJudgement, judge
from programmes.selectors.last_said import last_rag, last_said, newest


@dataclass(frozen=True)
class ReturnSummary:
    """One programme's return in a period, counted in rows. ``changed``: its RAG is not what it last was, a first one too."""

    programme: Programme
    period: Period
    found: Return | None
    red: int = 0
    amber: int = 0
    changed: int = 0
    overdue: int = 0


def questions_in_order() -> QuerySet[ReturnQuestion]:
    """What was asked of returns and answered, oldest first, with who."""
    return ReturnQuestion.objects.select_related("asked_by", "answered_by").order_by(
        "asked_at", "pk"
    )


def return_summaries(
    *, programmes: ProgrammeQuerySet, periods: list[Period], today: date
) -> list[ReturnSummary]:
    """Each programme's return in each of the periods, with its questions, in order. Five queries."""
    found = {
        (one.programme_id, one.period_id): one
        for one in Return.objects.filter(programme__in=programmes, period__in=periods)
        .select_related("submitted_by", "signed_off_by", "recalled_by")
        .prefetch_related(Prefetch("questions", questions_in_order()))
    }
    said = _counts(programmes, periods)
    overdue = dict(
        PlanItem.objects.filter(programme__in=programmes)
        .overdue(on=today)
        .order_by()
        .values_list("programme_id")
        .annotate(Count("pk"))
    )
    return [
        ReturnSummary(
            programme,
            period,
            found.get((programme.pk, period.pk)),
            overdue=overdue.get(programme.pk, 0),
            **said[programme.pk, period.pk],
        )
        for period in periods
        for programme in programmes
    ]


# Compared as a database does, what was never said before would be neither the same nor another.
CHANGED = Q(rag__isnull=False) & (Q(rag_before__isnull=True) | ~Q(rag=F("rag_before")))


def _counts(
    programmes: ProgrammeQuerySet, periods: list[Period]
) -> defaultdict[tuple[int, int], dict[str, int]]:
    earlier = Status.objects.filter(
        item_id=OuterRef("item_id"),
        period__ends_on__lt=OuterRef("period__starts_on"),
        rag__isnull=False,
    )
    rows = (
        Status.objects.filter(period__in=periods, item__programme__in=programmes)
        .annotate(rag_before=Subquery(earlier.order_by("-period__ends_on").values("rag")[:1]))
        .values("item__programme_id", "period_id")
        .annotate(
            red=Count("pk", filter=Q(rag=Rag.RED)),
            amber=Count("pk", filter=Q(rag=Rag.AMBER)),
            changed=Count("pk", filter=CHANGED),
        )
    )
    counts: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for row in rows:
        counted = {name: row[name] for name in ("red", "amber", "changed")}  # type: ignore[literal-required]
        counts[row["item__programme_id"], row["period_id"]] = counted
    return counts


@dataclass(frozen=True)
class TroubledRow:
    """A row that is late or off track. ``status`` is the lead's latest, whose period is named beside it."""

    item: PlanItem
    status: Status | None
    judgement: ItemJudgement


def troubled_items(
    *, programmes: ProgrammeQuerySet, periods: Iterable[Period], today: date
) -> PlanItemQuerySet:
    """Open rows that are overdue today, or whose latest declared RAG by the end of ``periods`` is red or amber.

    ``periods`` is the one being reported and the last closed one. Annotated with ``declared``.
    """
    return (
        PlanItem.objects.filter(programme__in=programmes)
        .still_open()
        .annotate(declared=last_rag(periods=periods))
        .filter(Q(baseline_finish__lte=today) | Q(declared__in=OFF_TRACK))
        .select_related("programme", "parent", "owner")
        .in_plan_order()
    )


def troubled_rows(
    items: Iterable[PlanItem], *, place: Place, periods: Iterable[Period], today: date
) -> list[TroubledRow]:
    """The rows of ``items`` with the lead's latest words and what the dates say. One query more."""
    items = list(items)
    said = last_said(up_to=newest(periods), with_a_rag=True).filter(item__in=items)
    statuses = {status.item_id: status for status in said.select_related("period", "decision_from")}
    return [
        TroubledRow(
            item,
            statuses.get(item.pk),
            judge(
                item,
                place=place,
                programme=item.programme,
                as_at=today,
                forecast=item.forecast_finish,
                actual=None,
                complete=False,
            ),
        )
        for item in items
    ]
