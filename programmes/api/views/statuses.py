"""Reading statuses of every period, and writing those of the period now reported."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from icp.audit.as_at import row_of
from programmes import access, selectors
from programmes.api import as_at, filters
from programmes.api import serializers as shown
from programmes.api import status_writing as writing
from programmes.api.versions import IF_MATCH, STALE, version_in
from programmes.api.views.reading import Reading
from programmes.models import PlanItem, Status
from programmes.selectors.as_at import statuses_as_they_stood

STATUS_ORDER = ("-period__ends_on", "item__programme__order", "item__position", "pk")
REFUSED = {
    400: OpenApiResponse(description="What is wrong with each field, all at once."),
    403: OpenApiResponse(description="You read this programme and do not write it."),
    409: OpenApiResponse(
        description="It cannot be saved now: the period is closed, the return handed in, or the row a heading."
    ),
}


class NotYetThere(APIException):
    """RFC 9110 section 13.1.1: without a current representation no If-Match is met, ``*`` neither."""

    status_code = 412
    default_detail = (
        "If-Match asks for a status that exists already: send it with PATCH to its own address."
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
        return (
            Response(shown.StatusSerializer(found).data) if self.moment else writing.tagged(found)
        )

    @extend_schema(
        request=shown.StatusCreateSerializer,
        responses={
            201: shown.StatusSerializer,
            **REFUSED,
            412: OpenApiResponse(description="It has one; the answer holds it, with its ETag."),
        },
    )
    def create(self, request: Request) -> Response:
        """Give a row its first status in the period now reported.

        Everything that stands in the way is said at once: `errors` names every field that is wrong, also
        beside a 409 or a 412. If-Match is met by what exists alone, and what is made here does not exist yet.
        """
        if "If-Match" in request.headers:
            raise NotYetThere
        body = shown.StatusCreateSerializer(data=request.data)
        item = self._item(body.usable().get("item"))
        if item:
            writing.permit(request, item=item, place=item.programme.place)
        period = selectors.period_to_report(place=item.programme.place) if item else None
        if item is None or period is None:
            writing.refuse_without_a_row(body, item=item)
        target = writing.Target(item=item, period=period, stored=None, version=0)
        return writing.save(request, target, body=body, code=201)

    def _item(self, key: int | None) -> PlanItem | None:
        if key is None:
            return None
        items = access.visible_items(user=self.request.user).present()
        return get_object_or_404(items.select_related("programme__place"), pk=key)

    @extend_schema(
        request=shown.StatusWriteSerializer,
        responses={
            200: shown.StatusSerializer,
            **REFUSED,
            412: OpenApiResponse(
                description="Somebody saved since; the answer holds what is stored, with its ETag."
            ),
            428: STALE[428],
        },
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named, and leave the rest of the status as it is.

        Everything that stands in the way is said at once: `errors` names every field that is wrong, also
        beside a 409, a 412 or a 428.
        """
        status = self.get_object()
        writing.permit(request, item=status.item, place=status.period.place)
        body = shown.StatusWriteSerializer(data=request.data)
        target = writing.Target(
            item=status.item,
            period=status.period,
            stored=status,
            version=version_in(request, status),
        )
        return writing.save(request, target, body=body, code=200)
