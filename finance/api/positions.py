"""Positions by the API: read as far as one may, written by the service that the page uses."""

from datetime import datetime
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from finance import services
from finance.access import Entrant
from finance.api import serializers as shown
from finance.api.many import save_month
from finance.api.once import IDEMPOTENCY_KEY, answered_once
from finance.api.scope import positions_as_they_stood, readable_positions
from finance.api.writing import (
    closed_before,
    entrant_for,
    lines_seen_by,
    month_of,
    with_names,
    with_the_month_corrected,
)
from finance.errors import StalePosition
from finance.models import BudgetLine, FinanceMonth, Fund, Position
from icp.audit.as_at import row_of
from icp.common import clock
from programmes.access import visible_places
from programmes.api import as_at
from programmes.api.filters import MomentFilter
from programmes.api.versions import IF_MATCH, etag_of, version_from
from programmes.api.views.reading import Reading
from programmes.errors import NotAllowed

IN_HAND = "Figures in hand are their partner's own, and the money is for finance leads, the office and auditors."
REFUSED = {
    400: OpenApiResponse(description="What is wrong with each field, all at once."),
    403: OpenApiResponse(description="You do not enter this partner's figures."),
    409: OpenApiResponse(
        description="Not now: the month is closed, or closed to finance leads, or the figures are handed in."
    ),
    422: OpenApiResponse(description="The Idempotency-Key was used for another request."),
}


ORDER = ("-month__year", "-month__number", "line__organisation_id", "line__order", "pk")


class PositionFilter(filters.FilterSet):
    place = filters.CharFilter("month__place__slug", label="Place, as in its address")
    year = filters.NumberFilter("month__year", label="Year that the financial year begins in")
    month = filters.NumberFilter("month__number", label="Month: 1 is April")
    partner = filters.CharFilter("line__organisation__short_name", label="Partner's short name")
    fund = filters.ChoiceFilter("line__fund", choices=Fund.choices)
    workstream = filters.CharFilter("line__workstream__code", label="Programme code")
    line = filters.NumberFilter("line_id", label="Id of a budget line")
    changed_since = MomentFilter("entered_at", lookup_expr="gte")

    class Meta:
        model = Position
        fields: tuple[str, ...] = ()


class PositionFilterThen(PositionFilter):
    """The same filters over figures as they stood."""

    class Meta:
        model = Position.pgh_event_model  # type: ignore[attr-defined]
        fields: tuple[str, ...] = ()


@as_at.documented
class PositionViewSet(as_at.ReadAsAt, Reading):
    """Month-end positions, pounds. A ledger may post them: a month that takes entries, of a partner one enters for."""

    serializer_class = shown.PositionSerializer
    filterset_class = PositionFilter
    filterset_then = PositionFilterThen
    queryset = Position.objects.none()

    def get_queryset(self) -> QuerySet[Position]:
        found = readable_positions(self.request.user)  # type: ignore[arg-type]
        return with_names(found).order_by(*ORDER)

    def then(self, at: datetime) -> QuerySet[Any]:
        copies = positions_as_they_stood(self.request.user, at)  # type: ignore[arg-type]
        return with_names(copies).order_by(*ORDER)

    def shown_then(self, copies: list[Any], at: datetime) -> list[Position]:
        return [row_of(copy) for copy in copies]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if self.moment:
            # Nobody saves over the past, so it has no tag to save with.
            return Response(shown.PositionSerializer(self.get_object()).data)
        return tagged(self._readable(request, kwargs["pk"]))

    def _readable(self, request: Request, key: str) -> Position:
        places = visible_places(user=request.user)
        found = get_object_or_404(
            with_names(Position.objects.filter(month__place__in=places)), pk=key
        )
        if not readable_positions(request.user).filter(pk=found.pk).exists():  # type: ignore[arg-type]
            raise NotAllowed(IN_HAND)
        return found

    @extend_schema(
        request=shown.PositionCreateSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses={
            201: shown.PositionSerializer,
            **REFUSED,
            412: OpenApiResponse(
                description="The line has one; the answer holds it, with its ETag."
            ),
        },
    )
    def create(self, request: Request) -> Response:
        """Enter a line's figures of a month for the first time.

        Figures that are not sent begin as on the page: the annual budget from the opening budget and approved virements,
        the budget to date from the phased budget where there is one.
        """
        body = shown.PositionCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        line = get_object_or_404(lines_seen_by(request), pk=said.pop("line"))
        month = month_of(line, said.pop("month"))
        by = entrant_for(request, line.organisation)
        return answered_once(
            request, lambda: _save(by, line, month, version=0, values=said, code=201)
        )

    @extend_schema(
        request=shown.PartnersMonthSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses={
            200: shown.PartnersMonthSavedSerializer,
            **REFUSED,
            412: OpenApiResponse(
                description="Somebody saved some of the lines since: `errors` names them, as `lines.0.version`, and "
                "`current` holds what is stored of them (not of one that was taken back)."
            ),
        },
    )
    @action(detail=False, methods=["post"])
    def month(self, request: Request) -> Response:
        """Enter or change many lines of one partner's month at once: all of them, or none.

        All lines are of one partner and one financial year. `version` is the one last read of a line's position, 0
        (or nothing) where it has none yet; then what is not sent begins as in a first entry. Of a line that has one,
        only what is named changes. Errors are named by the line's place in the request, the first is 0:
        `lines.0.ytd_actual`.
        """
        return save_month(request)

    @extend_schema(
        request=shown.PositionWriteSerializer,
        parameters=[IF_MATCH, IDEMPOTENCY_KEY],
        responses={
            200: shown.PositionSerializer,
            **REFUSED,
            412: OpenApiResponse(
                description="Somebody saved since; the answer holds what is stored, with its ETag."
            ),
            428: OpenApiResponse(description="If-Match is missing."),
        },
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the figures that are named, and leave the others as they are."""
        found = self._readable(request, pk)
        by = entrant_for(request, found.line.organisation)
        body = shown.PositionWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        version = version_from(request, found)
        return answered_once(
            request,
            lambda: _save(
                by,
                found.line,
                found.month,
                version=version,
                values=dict(body.validated_data),
                code=200,
                stored=found,
            ),
        )


def _save(
    by: Entrant,
    line: BudgetLine,
    month: FinanceMonth,
    *,
    version: int,
    values: dict[str, Any],
    code: int,
    stored: Position | None = None,
) -> Response:
    closed = closed_before(month) if values.get("corrects") else {}
    values = with_the_month_corrected(values, stored, closed)
    try:
        services.save_positions(
            month=month,
            organisation=line.organisation,
            entries=[services.Entry(line.pk, version, values)],
            by=by,
            at=clock.now(),
        )
    except StalePosition as stale:
        return _stale(str(stale), stale.current[line.pk])
    return tagged(_stored(line, month), code=code)


def _stored(line: BudgetLine, month: FinanceMonth) -> Position:
    return with_names(Position.objects.all()).get(line=line, month=month)


def tagged(found: Position, *, code: int = 200) -> Response:
    """The position with the tag that its next change must name."""
    data = shown.PositionSerializer(found).data
    return Response(data, status=code, headers={"ETag": etag_of(found)})


def _stale(detail: str, current: Position | None) -> Response:
    """What is stored, with its tag: a program decides itself whether its figures still stand."""
    said = {"detail": detail, "errors": {}}
    if current is None:
        return Response(said, status=412)
    current = _stored(current.line, current.month)
    answer = Response(said | {"current": shown.PositionSerializer(current).data}, status=412)
    answer.headers["ETag"] = etag_of(current)
    return answer
