"""Files attached to risks by the API: read, handed out, attached and taken away as the pages do."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from programmes.api.bodies import body_of
from programmes.api.octets import HANDING_OUT
from programmes.errors import CannotSave
from programmes.services.attachments import take_away
from programmes.views.attached import OCTETS, handed_out
from risks import access, services
from risks.api.of_risk import GONE, OfRisk, OfRiskBody, OfRiskFilter, OfRiskSerializer
from risks.api.permitting import REFUSED
from risks.models import RiskFile


class RiskFileSerializer(OfRiskSerializer):
    """A file attached to a risk. Its bytes are under ``content/``; ``sha256`` is of these."""

    added_by = serializers.CharField(source="added_by.name")

    class Meta:
        model = RiskFile
        fields = ("id", "place", "risk", "ref", "name", "size", "sha256", "added_by", "added_at")


class RiskFileCreateSerializer(OfRiskBody):
    file = serializers.FileField(
        max_length=255, allow_empty_file=True, help_text="Of any kind; it is only ever handed out."
    )


class RiskFileViewSet(OfRisk):
    """Files attached to risks of one's places, but for those taken away. One is never changed: another is attached."""

    serializer_class = RiskFileSerializer
    filterset_class = OfRiskFilter
    # A file comes as a form does; a page of another site cannot send it, since a session needs its own mark.
    parser_classes = (MultiPartParser,)
    queryset = RiskFile.objects.none()

    def get_queryset(self) -> QuerySet[RiskFile]:
        rows = access.visible_files(user=self.request.user)
        beside = rows.select_related("risk__place", "risk__register", "added_by")
        return beside.defer("content").order_by("risk__place_id", "risk__ref", "pk")

    @extend_schema(
        request={"multipart/form-data": RiskFileCreateSerializer},
        responses={201: RiskFileSerializer, **REFUSED},
    )
    def create(self, request: Request) -> Response:
        """Attach a file to a risk that you may change."""
        given = body_of(RiskFileCreateSerializer, request)
        page = self.changing_new(request, given)
        file = given["file"]
        try:
            made = services.attach_file(
                risk=page.risk, name=file.name, content=file.read(), by=page.user, at=page.at
            )
        except CannotSave as refused:
            raise ValidationError({"file": [str(refused)]}) from refused
        return self.answer(made, code=201)

    @extend_schema(responses=GONE)
    def destroy(self, request: Request, pk: str) -> Response:
        """Take it away: its bytes go, the history keeps that it was there."""
        found: RiskFile = self.get_object()
        page = self.changing(request, found.risk)
        take_away(attachment=found, by=page.user, at=page.at)
        return Response(status=204)

    @extend_schema(responses={(200, OCTETS): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=HANDING_OUT)
    def content(self, request: Request, pk: str) -> Any:
        """The bytes of the file, as they were attached."""
        return handed_out(self.get_object())
