"""Last month's look-ahead as this month's test, by the API: the page's own list, choices and rates."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from boards.access import visible_reports
from boards.forms import KeptForm
from boards.rules.kept import Kept, Outcome, Rate, rate
from boards.selectors.kept import Month, by_programme, months_kept
from icp.common import clock
from programmes.api.of_place import OfPlace, described, refuse_unless_valid
from programmes.models import Place, Programme

ASKED = {
    "month": "Key of the month that was looked ahead to, such as 2020-02; the newest without it.",
    "programme": "Only rows of the programme with this code.",
    "outcome": f"Only rows of this outcome: {', '.join(Outcome)}.",
}


class KeptSerializer(serializers.Serializer[Any]):
    """A row that the look-ahead named, and what became of it. ``due`` is the day by which it was to be done."""

    reference = serializers.CharField(source="promise.reference")
    programme = serializers.CharField(source="promise.programme")
    name = serializers.CharField(source="promise.name")
    due = serializers.DateField()
    outcome = serializers.ChoiceField(choices=[*Outcome])
    actual_finish = serializers.DateField(source="since.actual", allow_null=True)
    agreed_finish = serializers.DateField(source="since.agreed", allow_null=True)
    forecast_finish = serializers.DateField(source="since.forecast", allow_null=True)
    because = serializers.CharField()


class RateSerializer(serializers.Serializer[Any]):
    """How many were done by their day, of those whose day has come; ``percent`` is null where none had."""

    done = serializers.IntegerField()
    of = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class OutcomesSerializer(serializers.Serializer[Any]):
    """How many rows had each outcome."""

    missed = serializers.IntegerField()
    done_late = serializers.IntegerField()
    moved = serializers.IntegerField()
    removed = serializers.IntegerField()
    done = serializers.IntegerField()
    still_to_come = serializers.IntegerField()


# It holds its page of rows itself.
@extend_schema_serializer(many=False)
class LookAheadTestSerializer(serializers.Serializer[Any]):
    """A page of rows with what is counted over all of the month's, in the programme that is asked for.

    ``month`` is null before any look-ahead was issued, ``over`` whether it has ended.
    """

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    month = serializers.CharField(allow_null=True)
    over = serializers.BooleanField()
    rate = RateSerializer()
    outcomes = OutcomesSerializer()
    results = KeptSerializer(many=True)


class MonthRateSerializer(RateSerializer):
    month = serializers.CharField()


class LookAheadRateSerializer(serializers.Serializer[Any]):
    """How well one programme keeps its word, newest month first."""

    programme = serializers.CharField()
    name = serializers.CharField()
    rates = MonthRateSerializer(many=True)


class LookAheadTestViewSet(OfPlace):
    serializer_class = KeptSerializer
    asked = ASKED

    @extend_schema(
        parameters=described(ASKED),
        responses=LookAheadTestSerializer,
        operation_id="look_ahead_tests_list",
    )
    def list(self, request: Request, place: str) -> Response:
        """What a month's look-ahead promised and what became of it: what was missed first."""
        found = self.place_of(request, place)
        months = _months(request, found)
        programmes = _in_scope(self.programmes_of(request, found))
        form = KeptForm(self.given(request), months=months, programmes=programmes)
        refuse_unless_valid(form)
        page = self.paginate_queryset(form.rows())  # type: ignore[arg-type]
        answer = self.get_paginated_response(KeptSerializer(page, many=True).data)
        month, counted = form.month_asked, form.of_programme()
        answer.data |= {
            "month": month.span.key if month else None,
            "over": bool(month and month.over),
            "rate": _rate(rate(counted)),
            "outcomes": _outcomes(counted),
        }
        return answer


class LookAheadRateViewSet(OfPlace):
    serializer_class = LookAheadRateSerializer

    def list(self, request: Request, place: str) -> Response:
        """The rate of each programme that a look-ahead named, month by month, in the place's order."""
        found = self.place_of(request, place)
        months = _months(request, found)
        kept = by_programme(months)
        programmes = [
            one for one in _in_scope(self.programmes_of(request, found)) if one.code in kept
        ]
        page: Any = self.paginate_queryset(programmes)  # type: ignore[arg-type]
        told = [_rates(one, months, kept[one.code]) for one in page]
        return self.get_paginated_response(LookAheadRateSerializer(told, many=True).data)


def _months(request: Request, place: Place) -> list[Month]:
    today = clock.today()
    reports = visible_reports(user=request.user, on=today)
    return months_kept(place=place, reports=reports, now=clock.now(), today=today)


def _in_scope(programmes: list[Programme]) -> list[Programme]:
    return [one for one in programmes if one.in_scope]


def _rate(found: Rate) -> dict[str, int | None]:
    return {"done": found.done, "of": found.of, "percent": found.percent}


def _outcomes(kept: list[Kept]) -> dict[str, int]:
    return {one.value.replace(" ", "_"): sum(row.outcome == one for row in kept) for one in Outcome}


def _rates(programme: Programme, months: list[Month], kept: list[list[Kept]]) -> dict[str, Any]:
    return {
        "programme": programme.code,
        "name": programme.name,
        "rates": [
            {"month": month.span.key, **_rate(rate(rows))}
            for month, rows in zip(months, kept, strict=True)
        ],
    }
