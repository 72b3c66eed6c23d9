"""What the API says of the money: pounds as text with two places, null where a figure is not known."""

from typing import Any

from rest_framework import serializers

from finance.models import FIGURES, BudgetLine, FinanceMonth, Position
from finance.models.fields import DIGITS, PLACES
from icp.common.api import Body

LONGEST_COMMENT = 2000
LONGEST_CORRECTION = 500
MOST_LINES = 500


def amount(**more: Any) -> serializers.DecimalField:
    """Pounds and pence; null is not known."""
    return serializers.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, allow_null=True, **more
    )


class SubmissionStateSerializer(serializers.Serializer[Any]):
    """How one partner's month stands."""

    partner = serializers.CharField(source="organisation.short_name")
    state = serializers.CharField(help_text="not started, in hand, submitted, queried or accepted")
    submitted_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)


class FinanceMonthSerializer(serializers.ModelSerializer[FinanceMonth]):
    place = serializers.CharField(source="place.slug", help_text="The place, as in its address.")
    state = serializers.CharField(help_text="open, locked (closed to finance leads) or closed")
    partners = SubmissionStateSerializer(
        source="submissions", many=True, help_text="Partners that have begun."
    )

    class Meta:
        model = FinanceMonth
        fields = ("id", "place", "year", "number", "state", "locks_on", "closed_at", "partners")
        read_only_fields = fields


class BudgetLineSerializer(serializers.ModelSerializer[BudgetLine]):
    place = serializers.CharField(source="organisation.place.slug")
    partner = serializers.CharField(source="organisation.short_name")
    fund = serializers.CharField(help_text="pooled, aligned, unsplit or in collaboration")
    workstream = serializers.CharField(
        source="workstream.code", default=None, allow_null=True, help_text="The programme's code."
    )
    continues = serializers.PrimaryKeyRelatedField[BudgetLine](many=True, read_only=True)

    class Meta:
        model = BudgetLine
        fields = (
            "id",
            "place",
            "partner",
            "year",
            "fund",
            "workstream",
            "name",
            "label",
            "is_income",
            "opening_budget",
            "from_month",
            "to_month",
            "continues",
        )
        read_only_fields = fields


class PositionSerializer(serializers.ModelSerializer[Position]):
    """What a line says at the end of a month. Variances: unfavourable is negative."""

    place = serializers.CharField(source="month.place.slug")
    year = serializers.IntegerField(source="month.year")
    month = serializers.IntegerField(source="month.number", help_text="1 is April.")
    partner = serializers.CharField(source="line.organisation.short_name")
    fund = serializers.CharField(source="line.fund")
    workstream = serializers.CharField(source="line.workstream.code", default=None, allow_null=True)
    label = serializers.CharField(source="line.label")  # type: ignore[assignment]
    ytd_variance = serializers.SerializerMethodField()
    forecast_variance = serializers.SerializerMethodField()
    entered_by = serializers.CharField(source="entered_by.name", default=None, allow_null=True)

    class Meta:
        model = Position
        fields = (
            "id",
            "place",
            "year",
            "month",
            "line",
            "partner",
            "fund",
            "workstream",
            "label",
            *FIGURES,
            "ytd_variance",
            "forecast_variance",
            "comment",
            "corrects",
            "correction",
            "version",
            "entered_by",
            "entered_at",
        )
        read_only_fields = fields

    def get_ytd_variance(self, one: Position) -> str | None:
        return _apart(one.ytd_budget, one.ytd_actual)

    def get_forecast_variance(self, one: Position) -> str | None:
        return _apart(one.annual_budget, one.forecast_outturn)


def _apart(first: Any, second: Any) -> str | None:
    return None if first is None or second is None else f"{first - second:.2f}"


class PositionWriteSerializer(Body):
    """What of a position is changed; what is not named stays as it is."""

    annual_budget = amount(required=False)
    ytd_budget = amount(required=False)
    ytd_actual = amount(required=False)
    forecast_outturn = amount(required=False)
    comment = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_COMMENT, trim_whitespace=False
    )
    corrects = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Id of the earlier closed month whose late figures are in this one.",
    )
    correction = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_CORRECTION,
        help_text="What of that month is put right; said where `corrects` is, and only there.",
    )


class PositionCreateSerializer(PositionWriteSerializer):
    """A line's first entry of a month."""

    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    month = serializers.IntegerField(
        min_value=1, max_value=12, help_text="Of the line's financial year: 1 is April."
    )


class LineOfMonthSerializer(PositionWriteSerializer):
    """One line of many: what of its position is entered or changed."""

    line = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    version = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        default=0,
        help_text="The version last read of its position; 0 where it has none.",
    )


class PartnersMonthSerializer(Body):
    """Many lines of one partner's month."""

    month = serializers.IntegerField(
        min_value=1, max_value=12, help_text="Of the lines' financial year: 1 is April."
    )
    lines = LineOfMonthSerializer(many=True, allow_empty=False, max_length=MOST_LINES)  # type: ignore[call-arg]


class PartnersMonthSavedSerializer(serializers.Serializer[Any]):
    """The positions as they are stored now, in the order in which their lines were sent."""

    lines = PositionSerializer(many=True)
