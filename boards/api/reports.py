"""The API of the reports: what is frozen, as it is."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from boards.access import visible_reports
from boards.errors import CannotRecordViewing
from boards.models import Report, ReportKind, ReportState, ViewedForm
from boards.services import record_viewing
from icp.common import clock
from icp.common.api import KnownParameters


class ReportFilter(filters.FilterSet):
    place = filters.CharFilter("period__place__slug", label="Place, as in its address")
    period = filters.CharFilter("period__key", label="Period key, such as 2020-01")
    kind = filters.ChoiceFilter(choices=ReportKind.choices)
    state = filters.ChoiceFilter(choices=ReportState.choices)
    is_public = filters.BooleanFilter()


class ReportListSerializer(serializers.ModelSerializer[Report]):
    place = serializers.CharField(source="period.place.slug")
    period = serializers.CharField(source="period.key")
    as_at = serializers.DateField(source="period.ends_on")

    class Meta:
        model = Report
        fields: tuple[str, ...] = (
            "id",
            "place",
            "period",
            "as_at",
            "kind",
            "state",
            "is_public",
            "schema",
            "checksum",
            "built_at",
            "approved_at",
            "published_at",
        )


class ReportSerializer(ReportListSerializer):
    """A report with its content, which says by its ``schema`` how to read it."""

    content = serializers.JSONField(allow_null=True, read_only=True)

    class Meta(ReportListSerializer.Meta):
        fields = (*ReportListSerializer.Meta.fields, "content")


class NotRecorded(APIException):
    status_code = 503


class ReportViewSet(KnownParameters, viewsets.ReadOnlyModelViewSet[Any]):
    """Reports, newest period first. Published content never changes; its checksum says so.

    That you read one that is not public is noted.
    """

    filterset_class = ReportFilter
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Report.objects.none()
    serializer_class = ReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        visible = visible_reports(user=self.request.user, on=clock.today())
        rows = visible.select_related("period__place").order_by("-period__ends_on", "kind", "pk")
        return rows.defer("content") if self.action == "list" else rows

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        report = self.get_object()
        if report.is_built:
            try:
                record_viewing(report=report, by=request.user, form=ViewedForm.JSON)
            except CannotRecordViewing as problem:
                raise NotRecorded(str(problem)) from problem
        return Response(self.get_serializer(report).data)

    def get_serializer_class(self) -> Any:
        return ReportListSerializer if self.action == "list" else ReportSerializer
