"""What was expected when, by the API: a row's finish at each period's end, and each programme's days of slip."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from programmes import access
from programmes.api.of_place import OfPlace, described
from programmes.models import PlanItem, Programme
from programmes.rules.trend import Trend
from programmes.selectors.trend import (
    Column,
    SlipSum,
    columns_of,
    milestones_of,
    promoted_rows,
    slip_sums,
    trends_of,
)

ASKED = {
    "programme": "The milestones of the programme with this code; else the promoted rows of the place."
}


class ExpectedSerializer(serializers.Serializer[Any]):
    """What was expected on a day; ``finish`` is null where nothing was known."""

    as_at = serializers.DateField()
    finish = serializers.DateField(allow_null=True)


class TrendSerializer(serializers.Serializer[Any]):
    """One row from period to period, oldest first. ``slip_days`` are calendar days, null with fewer than two."""

    reference = serializers.CharField()
    name = serializers.CharField()
    programme = serializers.CharField()
    points = ExpectedSerializer(many=True)
    slip_days = serializers.IntegerField(allow_null=True)
    moves = serializers.IntegerField()
    words = serializers.CharField()


class SlipSerializer(serializers.Serializer[Any]):
    """The rows that were late on a day and their calendar days together; null before anything was agreed."""

    as_at = serializers.DateField()
    days = serializers.IntegerField(allow_null=True)
    rows = serializers.IntegerField(allow_null=True)


class ProgrammeSlipSerializer(serializers.Serializer[Any]):
    programme = serializers.CharField()
    name = serializers.CharField()
    points = SlipSerializer(many=True)


class TrendViewSet(OfPlace):
    serializer_class = TrendSerializer
    asked = ASKED

    @extend_schema(parameters=described(ASKED))
    def list(self, request: Request, place: str) -> Response:
        """Each milestone's expected finish at the ends of the last periods and today, in plan order."""
        found = self.place_of(request, place)
        if code := self.given(request).get("programme", ""):
            rows = milestones_of(programme=_named(code, self.programmes_of(request, found)))
        else:
            visible = access.visible_items(user=request.user)
            rows = promoted_rows(items=visible.filter(programme__place=found))
        page: Any = self.paginate_queryset(rows.select_related("programme", "ticked_in"))
        trends = trends_of(page, columns=columns_of(place=found, today=clock.today()))
        told = [_told(item, trend) for item, trend in zip(page, trends, strict=True)]
        return self.get_paginated_response(TrendSerializer(told, many=True).data)


class SlipViewSet(OfPlace):
    serializer_class = ProgrammeSlipSerializer

    def list(self, request: Request, place: str) -> Response:
        """Each programme's days of slip at the ends of the last periods and today, in the place's order."""
        found = self.place_of(request, place)
        programmes = [one for one in self.programmes_of(request, found) if one.in_scope]
        page: Any = self.paginate_queryset(programmes)  # type: ignore[arg-type]
        columns = columns_of(place=found, today=clock.today())
        sums = slip_sums(place=found, programmes=[one.pk for one in page], columns=columns)
        told = [
            {
                "programme": one.code,
                "name": one.name,
                "points": [_slip(column, sums.get((one.pk, column.as_at))) for column in columns],
            }
            for one in page
        ]
        return self.get_paginated_response(ProgrammeSlipSerializer(told, many=True).data)


def _named(code: str, programmes: Sequence[Programme]) -> Programme:
    """Raises:
    ValidationError: there is no such programme.
    """
    for programme in programmes:
        if programme.code == code:
            return programme
    raise ValidationError({"programme": ["The place has no programme with this code."]})


def _told(item: PlanItem, trend: Trend) -> dict[str, Any]:
    return {
        "reference": item.reference,
        "name": item.name,
        "programme": item.programme.code,
        "points": trend.points,
        "slip_days": trend.slip_days,
        "moves": trend.moves,
        "words": trend.words,
    }


def _slip(column: Column, found: SlipSum | None) -> dict[str, Any]:
    return {
        "as_at": column.as_at,
        "days": found.days if found else None,
        "rows": found.rows if found else None,
    }
