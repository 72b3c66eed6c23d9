"""What the API's lists can be asked for. Codes and keys, as people quote them, rather than row ids."""

from datetime import UTC, date
from typing import Any

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.fields import IsoDateTimeField

from icp.common import clock
from programmes.filters import DatesInOrder
from programmes.models import (
    ItemBoard,
    Level,
    PeriodState,
    PlanItem,
    ProgrammeState,
    Return,
    ReturnState,
    Status,
)
from programmes.models.plan import PlanItemQuerySet
from programmes.rules.rag import Rag

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class MomentField(IsoDateTimeField):
    """A moment in ISO 8601, within the years that PostgreSQL and calendars agree on."""

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        if moment is None:
            return None
        if not EARLIEST.year <= moment.year <= LATEST.year:
            raise ValidationError(f"Use a year from {EARLIEST.year} to {LATEST.year}.")
        return moment.astimezone(UTC)


class MomentFilter(filters.IsoDateTimeFilter):
    field_class = MomentField


class PlanItemFilter(filters.FilterSet):
    place = filters.CharFilter("programme__place__slug", label="Place, as in its address")
    programme = filters.CharFilter("programme__code", label="Programme code, such as IT")
    kind = filters.ChoiceFilter(choices=PlanItem._meta.get_field("kind").choices)
    complete = filters.BooleanFilter("is_complete")
    owner = filters.CharFilter("owner__title", label="Title of the post that owns the row")
    overdue = filters.BooleanFilter(method="by_overdue", label="Overdue today")
    level = filters.ChoiceFilter(choices=Level.choices, label="Up to where the row is shown")
    board = filters.CharFilter(method="by_board", label="Short name of a board the row goes to")
    undated = filters.BooleanFilter(method="by_undated", label="Open, without a finish")
    due_from = filters.DateFilter(method="by_due", label="Agreed or forecast finish on or after")
    due_to = filters.DateFilter(method="by_due", label="Agreed or forecast finish on or before")
    changed_since = MomentFilter("changed_at", lookup_expr="gte")
    rag = filters.ChoiceFilter(
        method="by_rag", choices=Rag.choices(), label="RAG declared in the period being reported"
    )

    class Meta:
        model = PlanItem
        fields: tuple[str, ...] = ()
        form = DatesInOrder

    def today(self) -> date:
        return clock.today()

    def by_overdue(self, rows: PlanItemQuerySet, name: str, value: bool) -> QuerySet[PlanItem]:
        overdue = rows.overdue(on=self.today())
        return overdue if value else rows.exclude(pk__in=overdue.values("pk"))

    def by_undated(self, rows: PlanItemQuerySet, name: str, value: bool) -> QuerySet[PlanItem]:
        undated = rows.undated()
        return undated if value else rows.exclude(pk__in=undated.values("pk"))

    def by_due(self, rows: PlanItemQuerySet, name: str, value: date) -> QuerySet[PlanItem]:
        wanted = self.form.cleaned_data
        # As the pages' filter: headings and removed rows fall due on no day.
        return rows.counted().due_between(
            wanted.get("due_from") or EARLIEST, wanted.get("due_to") or LATEST
        )

    def by_board(self, rows: PlanItemQuerySet, name: str, value: str) -> QuerySet[PlanItem]:
        sent = ItemBoard.objects.filter(board__short_name=value)
        return rows.filter(pk__in=sent.values("item_id"))

    def by_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> QuerySet[PlanItem]:
        live = Status.objects.filter(period__in=_live_periods(), rag=value)
        return rows.filter(pk__in=live.values("item_id"))


def _live_periods() -> Any:
    from programmes.models import Period

    return Period.objects.live().values("pk")


class StatusFilter(filters.FilterSet):
    place = filters.CharFilter("period__place__slug", label="Place, as in its address")
    programme = filters.CharFilter("item__programme__code", label="Programme code")
    period = filters.CharFilter("period__key", label="Period key, such as 2020-01")
    plan_id = filters.CharFilter("item__plan_id", label="The row's number, such as 11")
    rag = filters.ChoiceFilter(choices=Rag.choices())
    need_to_know = filters.BooleanFilter()
    decision_from = filters.CharFilter("decision_from__short_name", label="Board's short name")
    changed_since = MomentFilter("updated_at", lookup_expr="gte")

    class Meta:
        model = Status
        fields: tuple[str, ...] = ()


class ReturnFilter(filters.FilterSet):
    place = filters.CharFilter("period__place__slug", label="Place, as in its address")
    programme = filters.CharFilter("programme__code", label="Programme code")
    period = filters.CharFilter("period__key", label="Period key, such as 2020-01")
    state = filters.ChoiceFilter(choices=ReturnState.choices)

    class Meta:
        model = Return
        fields: tuple[str, ...] = ()


class ProgrammeFilter(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")
    code = filters.CharFilter("code")
    state = filters.ChoiceFilter(choices=ProgrammeState.choices)
    parent = filters.CharFilter("parent__code", label="Code of the programme it stands inside")


class PeriodFilter(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")
    key = filters.CharFilter("key")
    state = filters.ChoiceFilter(choices=PeriodState.choices)
