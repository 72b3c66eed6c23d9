"""Rows taken out of a plan and brought back by the API: by the pages' own services."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes import access
from programmes.api import serializers as shown
from programmes.api.bodies import body_of
from programmes.api.versions import IF_MATCH, STALE, etag_of, version_from
from programmes.api.views.row_placing import PlaceRows
from programmes.api.views.row_writing import ASKED
from programmes.errors import StaleRow
from programmes.models import PlanItem
from programmes.services.restructuring import remove_row, restore_row


class PlanItemRemoveSerializer(Body):
    """Why a row goes: the reason stays with its history."""

    because = serializers.CharField(max_length=1000)


class PlanItemRestoreSerializer(Body):
    """Nothing needs to be said."""


class PlanItemRemovedSerializer(serializers.Serializer[Any]):
    """The rows that were taken out, in plan order: the row, and what stood below it."""

    removed = serializers.ListField(child=serializers.CharField())


class LeaveRows(PlaceRows):
    """Operations on one row of a view set of rows: taking it out of the plan, and bringing it back."""

    @extend_schema(
        request=PlanItemRemoveSerializer,
        responses={200: PlanItemRemovedSerializer, 202: ASKED, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        """Take a row out, with all below it; its number and history stay. The ETag brings it back with ``restore``.
        In a plan that is agreed a change request asks for it (202).
        """
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        given = body_of(PlanItemRemoveSerializer, request)
        self._permit(item.programme)
        try:
            done, rows = remove_row(
                item=item,
                because=given["because"],
                seen=version_from(request, item),
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
            )
        except StaleRow as stale:
            return self._stale(stale)
        if done.request:
            return self._answer(done, 202)
        told = {"removed": [row.reference for row in rows]}
        item.refresh_from_db(fields=["version"])
        return Response(told, headers={"ETag": etag_of(item)})

    @extend_schema(
        request=PlanItemRestoreSerializer,
        responses={200: shown.PlanItemSerializer, 202: ASKED, 428: STALE[428]},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """Bring a removed row back where it stood; what stood below it comes back by itself. In a plan that is agreed a
        change request asks for it (202).
        """
        visible = access.visible_items(user=request.user)
        item = get_object_or_404(visible.select_related("programme__place"), pk=pk)
        body_of(PlanItemRestoreSerializer, request)
        self._permit(item.programme)
        done = restore_row(
            item=item,
            seen=version_from(request, item),
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
        return self._answer(done, 200)
