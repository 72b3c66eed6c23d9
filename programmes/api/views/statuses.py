"""Reading statuses of every period, and writing those of the period now reported."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.audit.as_at import row_of
from icp.common import clock
from programmes import access, selectors, services
from programmes.api import as_at, filters
from programmes.api import serializers as shown
from programmes.api.views.reading import Reading
from programmes.errors import NotAllowed, StaleStatus
from programmes.forms import StatusForm
from programmes.models import Period, PlanItem, Status
from programmes.selectors.as_at import statuses_as_they_stood

STATUS_ORDER = ("-period__ends_on", "item__programme__order", "item__position", "pk")
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag last read. A stale one is refused with 412 and what is stored now.",
)


class VersionNeeded(APIException):
    status_code = 428
    default_detail = (
        "Send If-Match with the ETag you last read, so that nobody's save is overwritten."
    )


@as_at.documented
class StatusViewSet(as_at.ReadAsAt, Reading):
    """Statuses of every period. Those of the period now reported can be written, by the page's rules."""

    serializer_class = shown.StatusSerializer
    filterset_class = filters.StatusFilter
    filterset_then = as_at.StatusFilterThen
    queryset = Status.objects.none()

    def get_queryset(self) -> QuerySet[Status]:
        return (
            access.visible_statuses(user=self.request.user)
            .select_related("item__programme", "period__place", "decision_from", "updated_by")
            .order_by(*STATUS_ORDER)
        )

    def then(self, at: datetime) -> QuerySet[Any]:
        copies = statuses_as_they_stood(places=self.places, at=at)
        beside = ("item__programme", "period__place", "decision_from", "updated_by")
        return copies.select_related(*beside).order_by(*STATUS_ORDER)

    def shown_then(self, copies: list[Any], at: datetime) -> list[Status]:
        return [row_of(copy) for copy in copies]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        # Nobody saves over the past, so it has no tag to save with.
        return Response(shown.StatusSerializer(found).data) if self.moment else _tagged(found)

    @extend_schema(
        request=shown.StatusCreateSerializer,
        responses={201: shown.StatusSerializer, 412: OpenApiResponse(description="It has one.")},
    )
    def create(self, request: Request) -> Response:
        """Give a row its first status in the period now reported."""
        asked = shown.StatusCreateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        item = get_object_or_404(
            access.visible_items(user=request.user).present().select_related("programme__place"),
            pk=asked.validated_data.pop("item"),
        )
        period = selectors.period_to_report(place=item.programme.place)
        if period is None:
            raise ValidationError({"item": ["No period is open in this row's place."]})
        return self._record(request, item=item, period=period, asked=asked, version=0, code=201)

    @extend_schema(
        request=shown.StatusWriteSerializer,
        responses={
            200: shown.StatusSerializer,
            412: OpenApiResponse(
                description="Somebody saved since; the answer holds what is stored."
            ),
            428: OpenApiResponse(description="If-Match is missing."),
        },
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named, and leave the rest of the status as it is."""
        status = self.get_object()
        asked = shown.StatusWriteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        version = _version_from(request, status)
        return self._record(
            request,
            item=status.item,
            period=status.period,
            asked=asked,
            version=version,
            code=200,
            stored=status,
        )

    def _record(
        self,
        request: Request,
        *,
        item: PlanItem,
        period: Period,
        asked: serializers.Serializer[Any],
        version: int,
        code: int,
        stored: Status | None = None,
    ) -> Response:
        place = period.place
        roles = access.roles_of(user=request.user, place=place, on=clock.today())
        if not access.may_update(roles=roles, programme_id=item.programme_id):
            raise NotAllowed("You may read this programme. Its leads and the office update it.")
        form = StatusForm.from_api(
            asked.validated_data,
            place=place,
            status=stored,
            last=_said_before(item, period) if "correction_note" in asked.validated_data else None,
        )
        if not form.is_valid():
            raise ValidationError(form.said())
        try:
            saved = services.record_status(
                item=item,
                period=period,
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
                expected_version=version,
                values=form.values(),
            )
        except StaleStatus as stale:
            current = shown.StatusSerializer(stale.current).data  # type: ignore[arg-type]
            refused = {"detail": str(stale), "errors": {}, "current": current}
            return Response(refused, status=412)
        return _tagged(saved, code=code)


def _said_before(item: PlanItem, period: Period) -> Status | None:
    """The row's status in the period before: what a correction may put right. Two queries."""
    before = selectors.period_before(period)
    said = Status.objects.filter(item=item, period=before).select_related("period")
    return said.first() if before else None


def _etag(status: Status) -> str:
    return f'"{status.pk}-{status.version}"'


def _tagged(status: Status, *, code: int = 200) -> Response:
    return Response(
        shown.StatusSerializer(status).data, status=code, headers={"ETag": _etag(status)}
    )


def _version_from(request: Request, status: Status) -> int:
    """The version a client last read. Another row's tag, or nonsense, never matches."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise VersionNeeded
    prefix, _, version = tag.removeprefix("W/").strip('"').rpartition("-")
    if prefix != str(status.pk) or not version.isascii() or not version.isdigit():
        return -1
    return int(version[:9])
