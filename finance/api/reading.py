"""Months with how each partner stands, and lines, to read."""

from functools import cached_property
from typing import Any

import django_filters as filters
from django.db.models import Prefetch, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from finance.api import serializers as shown
from finance.api.scope import money_places
from finance.models import BudgetLine, FinanceMonth, Fund, MonthState, Submission
from programmes.access import visible_places
from programmes.api.views.reading import Reading
from programmes.errors import NotAllowed

NOT_YOURS = "The money is for finance leads, the programme office and auditors; its published reports for all."


class OfMoney(Reading):
    """What only some of a place read: others are told so, and learn no more."""

    def in_places(self, places: Any) -> QuerySet[Any]:
        raise NotImplementedError

    @cached_property
    def readable(self) -> list[int]:
        """The places whose money this person reads; asked once a request."""
        return list(money_places(self.request.user))  # type: ignore[arg-type]

    def get_queryset(self) -> QuerySet[Any]:
        return self.in_places(self.readable)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        there = self.in_places(visible_places(user=request.user)).filter(pk=kwargs["pk"])
        if there.exists() and not self.get_queryset().filter(pk=kwargs["pk"]).exists():
            raise NotAllowed(NOT_YOURS)
        return super().retrieve(request, *args, **kwargs)


class FinanceMonthFilter(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")
    year = filters.NumberFilter(label="Year that the financial year begins in")
    number = filters.NumberFilter(label="Month: 1 is April")
    state = filters.ChoiceFilter(choices=MonthState.choices)

    class Meta:
        model = FinanceMonth
        fields: tuple[str, ...] = ()


class FinanceMonthViewSet(OfMoney):
    """Months of the accounts, the newest first, and how each partner stands in them."""

    serializer_class = shown.FinanceMonthSerializer
    filterset_class = FinanceMonthFilter
    queryset = FinanceMonth.objects.none()

    def in_places(self, places: Any) -> QuerySet[FinanceMonth]:
        said = Submission.objects.select_related("organisation").order_by("organisation_id")
        months = FinanceMonth.objects.filter(place__in=places).select_related("place")
        found: QuerySet[FinanceMonth] = months.prefetch_related(Prefetch("submissions", said))
        return found.order_by("-year", "-number", "place_id")


class BudgetLineFilter(filters.FilterSet):
    place = filters.CharFilter("organisation__place__slug", label="Place, as in its address")
    year = filters.NumberFilter(label="Year that the financial year begins in")
    partner = filters.CharFilter("organisation__short_name", label="Partner's short name")
    fund = filters.ChoiceFilter(choices=Fund.choices)
    workstream = filters.CharFilter("workstream__code", label="Programme code")

    class Meta:
        model = BudgetLine
        fields: tuple[str, ...] = ()


class BudgetLineViewSet(OfMoney):
    """Budget lines, the newest year first: what positions are posted for."""

    serializer_class = shown.BudgetLineSerializer
    filterset_class = BudgetLineFilter
    queryset = BudgetLine.objects.none()

    def in_places(self, places: Any) -> QuerySet[BudgetLine]:
        lines = BudgetLine.objects.filter(organisation__place__in=places)
        lines = lines.select_related("organisation__place", "workstream")
        found: QuerySet[BudgetLine] = lines.prefetch_related("continues")
        return found.order_by("-year", "organisation_id", "order", "pk")
