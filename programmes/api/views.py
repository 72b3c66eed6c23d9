"""The API's operations. Each loads through what the person may see, permits, and calls one service."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.audit.as_at import row_of
from icp.common import clock
from icp.common.api import Body, KnownParameters, NoBody
from programmes import access, selectors, services
from programmes.api import as_at, filters
from programmes.api import serializers as shown
from programmes.errors import NotAllowed, StaleStatus
from programmes.forms import StatusForm
from programmes.models import (
    Leadership,
    Period,
    Place,
    PlanItem,
    Programme,
    Return,
    Status,
)
from programmes.selectors.as_at import (
    items_as_they_stood,
    statuses_as_they_stood,
    with_statuses_then,
)

ID = "[0-9]{1,18}"
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


class Reading(KnownParameters, viewsets.ReadOnlyModelViewSet[Any]):
    lookup_value_regex = ID


class PlaceViewSet(Reading):
    """Places you hold a role in."""

    serializer_class = shown.PlaceSerializer
    queryset = Place.objects.none()

    def get_queryset(self) -> QuerySet[Place]:
        visible = access.visible_places(user=self.request.user)
        return visible.select_related("system").order_by("name", "pk")


class ProgrammeViewSet(Reading):
    """Programmes, in their place's order, with the posts that lead them."""

    serializer_class = shown.ProgrammeSerializer
    filterset_class = filters.ProgrammeFilter
    queryset = Programme.objects.none()

    def get_queryset(self) -> QuerySet[Programme]:
        leadership = Leadership.objects.select_related("post").order_by("role", "order", "pk")
        return (
            access.visible_programmes(user=self.request.user)
            .select_related("place", "parent")
            .prefetch_related(Prefetch("leadership", leadership, to_attr="ordered_leadership"))
            .order_by("place__name", "place_id", "order", "pk")
        )


class PeriodViewSet(Reading):
    """Reporting periods, newest first."""

    serializer_class = shown.PeriodSerializer
    filterset_class = filters.PeriodFilter
    queryset = Period.objects.none()

    def get_queryset(self) -> QuerySet[Period]:
        visible = access.visible_periods(user=self.request.user)
        return visible.select_related("place").newest_first()


PLAN_ORDER = ("programme__place_id", "programme__order", "programme_id", "position", "pk")
STATUS_ORDER = ("-period__ends_on", "item__programme__order", "item__position", "pk")


@as_at.documented
class PlanItemViewSet(as_at.ReadAsAt, Reading):
    """Rows of the plans, headings included, in plan order."""

    serializer_class = shown.PlanItemSerializer
    filterset_class = filters.PlanItemFilter
    filterset_then = as_at.PlanItemFilterThen
    queryset = PlanItem.objects.none()

    def then(self, at: datetime) -> QuerySet[Any]:
        copies = items_as_they_stood(places=self.places, at=at).present()
        return copies.select_related("programme__place", "parent", "owner").order_by(*PLAN_ORDER)

    def shown_then(self, copies: list[Any], at: datetime) -> list[PlanItem]:
        return with_statuses_then(copies, places=self.places, at=at)

    def get_queryset(self) -> QuerySet[PlanItem]:
        live = (
            Status.objects.filter(period__in=Period.objects.live())
            .select_related("period", "decision_from", "updated_by")
            .order_by("period__ends_on")
        )
        return (
            access.visible_items(user=self.request.user)
            .present()
            .select_related("programme__place", "parent", "owner")
            .prefetch_related(Prefetch("statuses", live, to_attr="live_statuses"))
            .order_by(*PLAN_ORDER)
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "today": timezone.localtime(self.moment).date() if self.moment else clock.today(),
            "holidays": selectors.holidays_of,
        }


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


class ReturnViewSet(
    KnownParameters,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Any],
):
    """What each programme hands in each period. Start one, submit, recall, sign off, send back."""

    serializer_class = shown.ReturnSerializer
    filterset_class = filters.ReturnFilter
    lookup_value_regex = ID
    queryset = Return.objects.none()

    def get_queryset(self) -> QuerySet[Return]:
        return (
            access.visible_returns(user=self.request.user)
            .select_related(
                "programme", "period__place", "submitted_by", "signed_off_by", "recalled_by"
            )
            .prefetch_related(Prefetch("questions", selectors.questions_in_order()))
            .order_by("-period__ends_on", "programme__order", "pk")
        )

    @extend_schema(request=shown.ReturnStartSerializer, responses={200: shown.ReturnSerializer})
    def create(self, request: Request) -> Response:
        """The return of a programme in the period now reported; started if there is none yet."""
        asked = shown.ReturnStartSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        programme = get_object_or_404(
            access.visible_programmes(user=request.user).select_related("place"),
            place__slug=asked.validated_data["place"],
            code=asked.validated_data["programme"],
        )
        self._permit(request, programme.place, access.may_update, programme.pk)
        period = selectors.period_to_report(place=programme.place)
        if period is None:
            raise NotFound("No period is open in this place.")
        found, _ = Return.objects.get_or_create(programme=programme, period=period)
        return Response(shown.ReturnSerializer(found).data)

    @extend_schema(request=shown.SubmitSerializer, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand the return in. Refused with 422 and what each row lacks."""
        return self._act(
            request,
            access.may_update,
            services.submit_return,
            body=shown.SubmitSerializer,
            today=clock.today(),
        )

    @extend_schema(request=None, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"])
    def nil(self, request: Request, pk: str) -> Response:
        """Hand in: nothing has changed since last period."""
        return self._act(request, access.may_update, services.nil_return, today=clock.today())

    @extend_schema(request=None, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        """Take a handed-in return back, until the period closes."""
        return self._act(request, access.may_update, services.recall_return)

    @extend_schema(request=None, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="sign-off")
    def sign_off(self, request: Request, pk: str) -> Response:
        """Sign the return off; by somebody other than who submitted it."""
        return self._act(request, access.may_sign_off, services.sign_off_return)

    @extend_schema(request=shown.QuestionSerializer, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """Send the return back to its lead with a question."""
        body = shown.QuestionSerializer
        return self._act(request, access.may_sign_off, services.send_back_return, body=body)

    def _act(
        self,
        request: Request,
        permitted: Any,
        service: Any,
        *,
        body: type[Body] = NoBody,
        **extra: Any,
    ) -> Response:
        asked = body(data=request.data)
        asked.is_valid(raise_exception=True)
        extra |= asked.validated_data
        found = self.get_object()
        self._permit(request, found.period.place, permitted, found.programme_id)
        changed = service(
            programme=found.programme,
            period=found.period,
            by=request.user,
            at=clock.now(),
            **extra,
        )
        return Response(shown.ReturnSerializer(changed).data)

    @staticmethod
    def _permit(request: Request, place: Place, permitted: Any, programme_id: int) -> None:
        roles = access.roles_of(user=request.user, place=place, on=clock.today())
        if not permitted(roles=roles, programme_id=programme_id):
            raise NotAllowed("Your roles do not include this for that programme.")
