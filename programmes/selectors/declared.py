"""Which rows a lead has declared a RAG for in a period, and which stand without one: lists and counts agree by these."""

from django.db.models import Q, QuerySet

from programmes.models import Period, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import Rag


def declared_in(rows: PlanItemQuerySet, *, period: Period | None, rag: str) -> PlanItemQuerySet:
    """The rows of which it was declared; for complete also those that were complete before the period."""
    said = _said(period)
    found = Q(pk__in=said.filter(rag=rag).values("item_id"))
    if rag == Rag.COMPLETE:
        found |= Q(is_complete=True) & ~Q(pk__in=said.values("item_id"))
    return rows.filter(found)


def undeclared_in(rows: PlanItemQuerySet, *, period: Period | None) -> PlanItemQuerySet:
    """The rows that are not complete, and of which no RAG was declared."""
    return rows.filter(is_complete=False).exclude(pk__in=_said(period).values("item_id"))


def _said(period: Period | None) -> QuerySet[Status]:
    return Status.objects.filter(period=period, rag__isnull=False)
