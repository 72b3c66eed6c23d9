"""Comparing two states of a plan by the API: the page's own choices, by the same names."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from programmes import selectors
from programmes.api.of_place import OfPlace, described, refuse_unless_valid
from programmes.compare_form import CompareForm
from programmes.rules.compare import ChangeOf
from programmes.selectors.compare import Compared, ComparedPages

STATE = "now, a period's end (period-2020-01), a baseline (baseline-1), or baseline-last for what is agreed now"
PARAMETERS = {
    "programme": "Programme code; all programmes without it.",
    "before": f"The state to begin with: {STATE}.",
    "before_at": "Or a moment, such as 2020-02-03T14:00.",
    "after": f"The state to end with: {STATE}.",
    "after_at": "Or a moment.",
    "dates": "expected (the forecast, else the agreed date) or agreed.",
    "kind": f"Only this kind of change: {', '.join(ChangeOf)}.",
    "every": "true for the unchanged rows too.",
}


class StateSerializer(serializers.Serializer[Any]):
    """A row in one of the two states."""

    name = serializers.CharField()
    kind = serializers.CharField()
    start = serializers.DateField(allow_null=True)
    finish = serializers.DateField(allow_null=True)
    under = serializers.CharField(source="parent_name")
    owner = serializers.CharField(source="owner_name")


class MoveSerializer(serializers.Serializer[Any]):
    """How far a date moved: later is more than none. Null where one of the two is missing."""

    working_days = serializers.IntegerField(allow_null=True)
    calendar = serializers.CharField()


class ComparisonSerializer(serializers.Serializer[Any]):
    """A row that differs; ``before`` is null for one that was added, ``after`` for one that was removed."""

    reference = serializers.CharField()
    programme = serializers.CharField()
    changes = serializers.ListField(child=serializers.ChoiceField(choices=[*ChangeOf]))
    before = StateSerializer(allow_null=True)
    after = StateSerializer(allow_null=True)
    start_moved = MoveSerializer()
    finish_moved = MoveSerializer()


class ComparisonViewSet(OfPlace):
    """What differs between two states of the plans of a place, in plan order."""

    serializer_class = ComparisonSerializer
    asked = PARAMETERS

    @extend_schema(parameters=described(PARAMETERS))
    def list(self, request: Request, place: str) -> Response:
        """Rows added, removed, moved, renamed, re-parented or re-owned."""
        found = self.place_of(request, place)
        programmes = [one for one in self.programmes_of(request, found) if one.in_scope]
        form = CompareForm(self.given(request), place=found, programmes=programmes, now=clock.now())
        refuse_unless_valid(form)
        asked = form.comparison()
        self.paginator.django_paginator_class = ComparedPages  # type: ignore[union-attr]
        page: Any = self.paginate_queryset(asked)  # type: ignore[arg-type]
        holidays = selectors.holidays_of(found)
        rows = ComparisonSerializer([_told(row, holidays) for row in page or ()], many=True)
        return self.get_paginated_response(rows.data)


def _told(row: Compared, holidays: Any) -> dict[str, Any]:
    change = row.change
    return {
        "reference": row.reference,
        "programme": row.code,
        "changes": list(change.kinds),
        "before": change.before,
        "after": change.after,
        **{
            f"{name}_moved": {"working_days": move.working_days(holidays), "calendar": move.months}
            for name, move in (("start", change.start), ("finish", change.finish))
        },
    }
