"""What the API says and takes of change requests."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from icp.common.api import Body
from programmes.change_forms import Day, DayOrTbcField
from programmes.models import ChangeLine, ChangeLineKind, ChangeRequest, ItemKind
from programmes.services.asked_lines import SAID
from programmes.services.changes import TITLE_LIMIT, WORDS

TEXT = 4000


class ChangeLineSerializer(serializers.ModelSerializer[ChangeLine]):
    """What a request does to one row. ``old_*`` are the dates that were agreed when it was written; what stands
    from ``owner`` on is said of a new row.
    """

    reference = serializers.CharField(source="item.reference", default=None, allow_null=True)
    owner = serializers.CharField(source="owner.title", default=None, allow_null=True)
    tbc_from = serializers.CharField(source="tbc_from.title", default=None, allow_null=True)
    boards = serializers.SerializerMethodField(help_text="Short names of the boards it goes to.")

    class Meta:
        model = ChangeLine
        fields = (
            "id",
            "kind",
            "item",
            "reference",
            "plan_id",
            "name",
            "item_kind",
            "start",
            "start_tbc",
            "finish",
            "finish_tbc",
            "old_start",
            "old_finish",
            "parent",
            "after",
            "new_parent",
            *SAID,
            "boards",
        )

    def get_boards(self, line: ChangeLine) -> list[str]:
        return [one.board.short_name for one in line.goes_to.all()]


class ChangeRequestSerializer(serializers.ModelSerializer[ChangeRequest]):
    """A change request with its lines. ``version`` is also its ETag."""

    place = serializers.CharField(source="place.slug")
    programme = serializers.CharField(source="programme.code")
    drafted_by = serializers.CharField(source="drafted_by.name", default=None, allow_null=True)
    proposed_by = serializers.CharField(source="proposed_by.name", default=None, allow_null=True)
    programme_agreed_by = serializers.CharField(
        source="programme_agreed_by.name", default=None, allow_null=True
    )
    office_agreed_by = serializers.CharField(
        source="office_agreed_by.name", default=None, allow_null=True
    )
    ended_by = serializers.CharField(source="ended_by.name", default=None, allow_null=True)
    lines = serializers.SerializerMethodField()

    class Meta:
        model = ChangeRequest
        fields = (
            "id",
            "place",
            "programme",
            "number",
            "reference",
            *WORDS,
            "state",
            "drafted_by",
            "drafted_at",
            "proposed_by",
            "proposed_at",
            "programme_agreed_by",
            "programme_agreed_at",
            "office_agreed_by",
            "office_agreed_at",
            "ended_by",
            "ended_at",
            "ended_because",
            "version",
            "touched_at",
            "lines",
        )

    @extend_schema_field(ChangeLineSerializer(many=True))
    def get_lines(self, request: ChangeRequest) -> list[Any]:
        lines = sorted(request.lines.all(), key=lambda line: line.pk)
        return list(ChangeLineSerializer(lines, many=True).data)


@extend_schema_field(OpenApiTypes.STR)
class DayField(serializers.Field[Day, Any, str, Any]):
    """A date in any usual British form or ISO, ``tbc``, or nothing."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> Day:
        if not isinstance(data, str):
            raise serializers.ValidationError("Write a date as text, such as 2020-02-28, or tbc.")
        try:
            found: Day = DayOrTbcField().clean(data)
        except DjangoError as problem:
            raise serializers.ValidationError(problem.messages) from None
        return found

    def to_representation(self, value: Any) -> str:
        return str(value)


class LineWriteSerializer(Body):
    """One line: a row of the programme by its id, or a new one by its name and kind.

    A date that is not sent for a row that is there stays as it is agreed; null takes it away.
    """

    kind = serializers.ChoiceField(choices=ChangeLineKind.choices)
    item = serializers.IntegerField(required=False, min_value=1, help_text="The plan item's id.")
    start = DayField()
    finish = DayField()
    tbc_from = serializers.CharField(
        required=False,
        max_length=200,
        help_text="The title of the post that supplies a date that is tbc.",
    )
    tbc_by = serializers.DateField(required=False, help_text="By when it does.")
    plan_id = serializers.CharField(required=False, allow_blank=True, max_length=20)
    name = serializers.CharField(required=False, allow_blank=True, max_length=500)
    item_kind = serializers.ChoiceField(required=False, choices=ItemKind.choices)
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, min_value=1, help_text="The heading of a new row."
    )
    after = serializers.IntegerField(
        required=False, min_value=1, help_text="The row that a new one follows."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name in ("start", "finish"):
            if name in attrs:
                day = attrs.pop(name) or Day()
                said |= {name: day.day, f"{name}_tbc": day.tbc}
        return {**attrs, **said}


class ChangeWriteSerializer(Body):
    """What may be edited of a request: the words that are named, and lines, one a row."""

    title = serializers.CharField(required=False, max_length=TITLE_LIMIT)
    why = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_rows = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_risks = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_money = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_outcomes = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    consulted = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    lines = LineWriteSerializer(many=True, required=False)
    without = serializers.ListField(
        child=serializers.IntegerField(min_value=1),
        required=False,
        max_length=1000,
        help_text="Ids of lines to take out.",
    )


class ChangeDraftSerializer(Body):
    """A new draft: of one programme, with at least one line. Before it is proposed it says why, what it does to other
    rows, risks, money and outcomes, and who was consulted: “None” will do for all but why.
    """

    place = serializers.CharField(max_length=80)
    programme = serializers.CharField(max_length=12)
    title = serializers.CharField(max_length=TITLE_LIMIT)
    why = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_rows = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_risks = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_money = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    effect_on_outcomes = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    consulted = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
    lines = LineWriteSerializer(many=True, allow_empty=False)


class AgreeSerializer(Body):
    side = serializers.ChoiceField(
        choices=[("programme", "The programme"), ("office", "The programme office")],
        help_text="For which side you agree.",
    )


class RefuseSerializer(Body):
    because = serializers.CharField(max_length=TEXT)


class WithdrawSerializer(Body):
    because = serializers.CharField(required=False, allow_blank=True, max_length=TEXT)
