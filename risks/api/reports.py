"""The reports of the registers by the API: what is frozen, as it is."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from icp.common import clock
from programmes.api.views.reading import Reading
from risks import access
from risks.models import RiskReport, RiskReportKind, RiskReportState


class RiskReportFilter(filters.FilterSet):
    place = filters.CharFilter("period__place__slug", label="Place, as in its address")
    period = filters.CharFilter("period__key", label="Period key, such as 2020-01")
    kind = filters.ChoiceFilter(choices=RiskReportKind.choices)
    state = filters.ChoiceFilter(choices=RiskReportState.choices)


class RiskReportListSerializer(serializers.ModelSerializer[RiskReport]):
    place = serializers.CharField(source="period.place.slug")
    period = serializers.CharField(source="period.key")
    as_at = serializers.DateField(source="period.ends_on")

    class Meta:
        model = RiskReport
        fields: tuple[str, ...] = (
            "id",
            "place",
            "period",
            "as_at",
            "kind",
            "state",
            "schema",
            "checksum",
            "built_at",
            "approved_at",
            "published_at",
        )


class RiskReportSerializer(RiskReportListSerializer):
    """A report with its content, which says by its ``schema`` how to read it."""

    content = serializers.JSONField(allow_null=True, read_only=True)

    class Meta(RiskReportListSerializer.Meta):
        fields = (*RiskReportListSerializer.Meta.fields, "content")


class RiskReportViewSet(Reading):
    """Reports of the registers, newest period first. Published content never changes; its checksum says so."""

    filterset_class = RiskReportFilter
    queryset = RiskReport.objects.none()
    serializer_class = RiskReportSerializer

    def get_queryset(self) -> QuerySet[RiskReport]:
        visible = access.visible_reports(user=self.request.user, on=clock.today())  # type: ignore[arg-type]
        rows = visible.select_related("period__place").defer("pdf").newest_first()
        return rows.defer("content") if self.action == "list" else rows

    def get_serializer_class(self) -> Any:
        return RiskReportListSerializer if self.action == "list" else RiskReportSerializer
