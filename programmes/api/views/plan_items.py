"""The rows of the plans: read as they are and as they stood, and written."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from programmes import access, selectors
from programmes.api import as_at, filters
from programmes.api import serializers as shown
from programmes.api.versions import etag_of
from programmes.api.views.reading import Reading
from programmes.api.views.row_beside import BesideRows
from programmes.models import ItemBoard, Period, PlanItem, Status
from programmes.selectors.as_at import items_as_they_stood, with_boards_then, with_statuses_then

BOARD_ORDER = ("board__order", "board__name", "board_id")
PLAN_ORDER = ("programme__place_id", "programme__order", "programme_id", "position", "pk")


@as_at.documented
class PlanItemViewSet(BesideRows, as_at.ReadAsAt, Reading):
    """Rows of the plans, headings included, in plan order."""

    serializer_class = shown.PlanItemSerializer
    filterset_class = filters.PlanItemFilter
    filterset_then = as_at.PlanItemFilterThen
    queryset = PlanItem.objects.none()

    def then(self, at: datetime) -> QuerySet[Any]:
        copies = items_as_they_stood(places=self.places, at=at).present()
        return copies.select_related("programme__place", "parent", "owner").order_by(*PLAN_ORDER)

    def shown_then(self, copies: list[Any], at: datetime) -> list[PlanItem]:
        return with_boards_then(with_statuses_then(copies, places=self.places, at=at), at=at)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        # Nobody saves over the past, so it has no tag to save with.
        tag = {} if self.moment else {"ETag": etag_of(found)}
        return Response(self.get_serializer(found).data, headers=tag)

    def get_queryset(self) -> QuerySet[PlanItem]:
        live = (
            Status.objects.filter(period__in=Period.objects.live())
            .select_related("period", "decision_from", "updated_by")
            .order_by("period__ends_on")
        )
        boards = ItemBoard.objects.select_related("board").order_by(*BOARD_ORDER)
        return (
            access.visible_items(user=self.request.user)
            .present()
            .select_related("programme__place", "parent", "owner")
            .prefetch_related(
                Prefetch("statuses", live, to_attr="live_statuses"),
                Prefetch("goes_to", boards, to_attr="sent_to"),
            )
            .order_by(*PLAN_ORDER)
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "today": timezone.localtime(self.moment).date() if self.moment else clock.today(),
            "holidays": selectors.holidays_of,
        }
