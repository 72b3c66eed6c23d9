"""What the API says of each thing."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from icp.common.api import Body
from programmes.models import (
    Leadership,
    Period,
    Place,
    PlanItem,
    Programme,
    Return,
    ReturnQuestion,
    Status,
)
from programmes.rules.durations import computed_days
from programmes.rules.rag import is_overdue


class PlaceSerializer(serializers.ModelSerializer[Place]):
    system = serializers.CharField(source="system.name")

    class Meta:
        model = Place
        fields = ("id", "slug", "name", "system", "tolerance_months", "holidays")


class LeadershipSerializer(serializers.ModelSerializer[Leadership]):
    post = serializers.CharField(source="post.title")

    class Meta:
        model = Leadership
        fields = ("role", "post")


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    place = serializers.CharField(source="place.slug")
    parent = serializers.CharField(source="parent.code", default=None, allow_null=True)  # type: ignore[assignment]
    leadership = LeadershipSerializer(many=True, source="ordered_leadership")

    class Meta:
        model = Programme
        fields = (
            "id",
            "place",
            "code",
            "name",
            "kind",
            "parent",
            "order",
            "state",
            "in_scope",
            "tolerance_months",
            "leadership",
        )


class PeriodSerializer(serializers.ModelSerializer[Period]):
    place = serializers.CharField(source="place.slug")

    class Meta:
        model = Period
        fields = (
            "id",
            "place",
            "key",
            "name",
            "starts_on",
            "ends_on",
            "due_on",
            "state",
            "closed_at",
            "published_at",
        )


class StatusSerializer(serializers.ModelSerializer[Status]):
    """One row's status in one period. ``version`` is also its ETag."""

    reference = serializers.CharField(source="item.reference")
    period = serializers.CharField(source="period.key")
    decision_from = serializers.CharField(
        source="decision_from.short_name", default=None, allow_null=True
    )
    updated_by = serializers.CharField(source="updated_by.name")

    class Meta:
        model = Status
        fields = (
            "id",
            "item",
            "reference",
            "period",
            "rag",
            "percent_complete",
            "forecast_finish",
            "actual_finish",
            "reason",
            "get_to_green",
            "decision_from",
            "decision_needed",
            "need_to_know",
            "need_to_know_note",
            "corrects",
            "correction_note",
            "version",
            "updated_by",
            "updated_at",
        )


class StatusWriteSerializer(Body):
    """What a lead may say of a row. Dates in any usual British form, or ISO. Checked as the page checks it."""

    rag = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=12)
    percent_complete = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=100
    )
    forecast_finish = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, max_length=40
    )
    actual_finish = serializers.CharField(
        required=False, allow_blank=True, allow_null=True, max_length=40
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    get_to_green = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    decision_from = serializers.CharField(
        required=False,
        allow_blank=True,
        allow_null=True,
        max_length=40,
        help_text="A board's short name.",
    )
    decision_needed = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    need_to_know = serializers.BooleanField(required=False)
    need_to_know_note = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    correction_note = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=4000,
        help_text="What this puts right in the closed return that last said something of the row.",
    )


class StatusCreateSerializer(StatusWriteSerializer):
    """A first status of a row in the period being reported."""

    item = serializers.IntegerField(min_value=1, help_text="The plan item's id.")


class ReturnQuestionSerializer(serializers.ModelSerializer[ReturnQuestion]):
    """What was asked of a return by whoever sent it back, and what its lead answered."""

    asked_by = serializers.CharField(source="asked_by.name")
    answered_by = serializers.CharField(source="answered_by.name", default=None, allow_null=True)

    class Meta:
        model = ReturnQuestion
        fields = ("question", "asked_by", "asked_at", "answer", "answered_by", "answered_at")


class ReturnSerializer(serializers.ModelSerializer[Return]):
    place = serializers.CharField(source="period.place.slug")
    programme = serializers.CharField(source="programme.code")
    period = serializers.CharField(source="period.key")
    submitted_by = serializers.CharField(source="submitted_by.name", default=None, allow_null=True)
    signed_off_by = serializers.CharField(
        source="signed_off_by.name", default=None, allow_null=True
    )

    recalled_by = serializers.CharField(source="recalled_by.name", default=None, allow_null=True)
    questions = ReturnQuestionSerializer(many=True, read_only=True)

    class Meta:
        model = Return
        fields = (
            "id",
            "place",
            "programme",
            "period",
            "state",
            "is_nil",
            "submitted_by",
            "submitted_at",
            "signed_off_by",
            "signed_off_at",
            "recalled_by",
            "recalled_at",
            "question",
            "questions",
        )


class SubmitSerializer(Body):
    """Handing in a return that was sent back: the answer to its question is asked for, not required."""

    answer = serializers.CharField(max_length=4000, required=False, allow_blank=True)


class ReturnStartSerializer(Body):
    """Which programme's return, in the period now reported."""

    place = serializers.SlugField(max_length=80)
    programme = serializers.CharField(max_length=12)


class SignOffSerializer(Body):
    """``submitted_at`` of the return as it was read: one that was handed in again since is not signed off."""

    submitted_at = serializers.DateTimeField()


class QuestionSerializer(SignOffSerializer):
    question = serializers.CharField(max_length=4000)


class PlanItemSerializer(serializers.ModelSerializer[PlanItem]):
    """One row of a plan. Agreed dates are the baseline; ``status`` is of the period now reported."""

    reference = serializers.CharField(read_only=True)
    place = serializers.CharField(source="programme.place.slug")
    programme = serializers.CharField(source="programme.code")
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]
    owner = serializers.CharField(source="owner.title", default=None, allow_null=True)
    computed_days = serializers.SerializerMethodField()
    agreed_start = serializers.DateField(source="baseline_start", allow_null=True)
    agreed_finish = serializers.DateField(source="baseline_finish", allow_null=True)
    overdue = serializers.SerializerMethodField()
    boards = serializers.SerializerMethodField(help_text="Short names of the boards it goes to.")
    status = serializers.SerializerMethodField()

    class Meta:
        model = PlanItem
        fields = (
            "id",
            "reference",
            "place",
            "programme",
            "plan_id",
            "name",
            "kind",
            "outline_level",
            "position",
            "parent",
            "start",
            "start_tbc",
            "finish",
            "finish_tbc",
            "declared_duration",
            "declared_days",
            "duration_estimated",
            "computed_days",
            "scheduling",
            "agreed_start",
            "agreed_finish",
            "forecast_finish",
            "is_complete",
            "overdue",
            "owner",
            "tolerance_months",
            "notes",
            "is_placeholder",
            "level",
            "boards",
            "version",
            "changed_at",
            "status",
        )

    def get_parent(self, item: PlanItem) -> str | None:
        # A parent is always of the same programme.
        return f"{item.programme.code} {item.parent.plan_id}" if item.parent else None

    def get_computed_days(self, item: PlanItem) -> int | None:
        holidays: frozenset[date] = self.context["holidays"](item.programme.place)
        return computed_days(
            kind=item.kind, start=item.start, finish=item.finish, holidays=holidays
        )

    def get_overdue(self, item: PlanItem) -> bool:
        return not item.is_summary and is_overdue(
            agreed=item.baseline_finish,
            complete=item.is_complete,
            as_at=self.context["today"],
        )

    def get_boards(self, item: PlanItem) -> list[str]:
        return [one.board.short_name for one in item.sent_to]  # type: ignore[attr-defined]

    @extend_schema_field(StatusSerializer(allow_null=True))
    def get_status(self, item: PlanItem) -> Any:
        live = sorted(item.live_statuses, key=lambda found: found.period.ends_on)  # type: ignore[attr-defined]
        if not live:
            return None
        live[0].item = item
        return StatusSerializer(live[0], context=self.context).data
