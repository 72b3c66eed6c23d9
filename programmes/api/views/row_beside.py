"""What hangs on a row and what it would push, by the API: files attached to it, and a slip that changes nothing."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import PAGING, Body
from icp.common.numbers import whole_number
from programmes.api.bodies import body_of
from programmes.api.octets import HANDING_OUT
from programmes.api.views.row_splitting import SplitRows
from programmes.models import Attachment, PlanItem
from programmes.selectors.beside import files_of
from programmes.selectors.dependencies import linked_rows
from programmes.services import attachments as services
from programmes.views.attached import OCTETS, handed_out

MOST_DAYS = 1_300
A_WEEK = "5"
DAYS = OpenApiParameter(
    "days",
    int,
    description=f"Working days that it slips, 1 to {MOST_DAYS:,}; {A_WEEK} if not said.",
)


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file attached to a row; its contents stand at ``attachments/<id>/``."""

    added_by = serializers.CharField(source="added_by.name")

    class Meta:
        model = Attachment
        fields = ("id", "name", "size", "sha256", "added_by", "added_at")


class AttachmentFileSerializer(Body):
    file = serializers.FileField(max_length=255, allow_empty_file=True)


class PushedSerializer(serializers.Serializer[Any]):
    """A row that the slip would reach: when it finishes, when it would, and by which row it is pushed. ``owed`` are
    working days of it that its dates owe already.
    """

    row = serializers.CharField()
    name = serializers.CharField()
    programme = serializers.CharField()
    finish = serializers.DateField()
    would_be = serializers.DateField()
    by = serializers.IntegerField(help_text="Working days.")
    owed = serializers.IntegerField()
    via = serializers.CharField()


class BesideRows(SplitRows):
    """Operations on one row of a view set of rows: its files, and what it would push."""

    def parameters(self) -> set[str]:
        doing = getattr(self, "action", None)
        if doing == "slip":
            return {"days", *PAGING}
        if doing == "attachments":
            return {*PAGING}
        return super().parameters()  # type: ignore[misc, no-any-return]

    @extend_schema(responses=AttachmentSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, parser_classes=[MultiPartParser])
    def attachments(self, request: Request, pk: str) -> Response:
        """The files attached to a row, the newest first."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        kept = files_of(item).order_by("-added_at", "-pk")
        page = self.paginate_queryset(kept)  # type: ignore[attr-defined]
        told = AttachmentSerializer(page, many=True).data
        return self.get_paginated_response(told)  # type: ignore[attr-defined, no-any-return]

    @extend_schema(
        request={"multipart/form-data": AttachmentFileSerializer},
        responses={
            201: AttachmentSerializer,
            409: OpenApiResponse(
                description="It is empty or too large, or the row holds too many."
            ),
        },
    )
    @attachments.mapping.post
    def attach(self, request: Request, pk: str) -> Response:
        """Attach a file to a row: of the size, and so many, as on its page."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        file = body_of(AttachmentFileSerializer, request)["file"]
        self._permit(item.programme)
        made = services.attach(
            item=item,
            name=file.name,
            content=file.read(),
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
        return Response(AttachmentSerializer(made).data, 201)

    @extend_schema(responses={(200, OCTETS): OpenApiTypes.BINARY})
    @action(
        detail=True,
        methods=["get"],
        url_path="attachments/(?P<attached>[0-9]{1,18})",
        renderer_classes=HANDING_OUT,
    )
    def attachment(self, request: Request, pk: str, attached: str) -> HttpResponseBase:
        """An attached file, to keep."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        return handed_out(get_object_or_404(files_of(item).defer(None), pk=attached))

    @extend_schema(responses=PushedSerializer(many=True), parameters=[DAYS])
    @action(detail=True, methods=["get"], filterset_class=None)
    def slip(self, request: Request, pk: str) -> Response:
        """What would be pushed if the row slipped by working days. It changes nothing."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        days = whole_number(request.query_params.get("days", A_WEEK), most=MOST_DAYS)
        if not days:
            sentence = f"Write a whole number of working days from 1 to {MOST_DAYS:,}."
            raise ValidationError({"days": [sentence]})
        linked = linked_rows(place=item.programme.place, today=clock.today())
        waits = item.reference in linked.awaited and not item.is_complete
        pushed = linked.network.if_slips(item.reference, days) if waits else []
        page = self.paginate_queryset(pushed) or []  # type: ignore[attr-defined]
        told = [_told(one, linked.rows) for one in page]
        return self.get_paginated_response(told)  # type: ignore[attr-defined, no-any-return]


def _told(one: Any, rows: Any) -> dict[str, Any]:
    row = rows[one.row]
    said = {
        "row": row.reference,
        "name": row.name,
        "programme": row.code,
        "finish": one.finish,
        "would_be": one.would_be,
        "by": one.by,
        "owed": one.owed,
        "via": rows[one.via].reference,
    }
    return dict(PushedSerializer(said).data)
