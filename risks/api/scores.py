"""What risks scored, by the API: each score with who gave it, when and why."""

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from risks import access
from risks.api.of_risk import OfRisk, OfRiskFilter, OfRiskSerializer
from risks.models import Score, Which


class ScoreSerializer(OfRiskSerializer):
    """One score from ``given_at`` on, until the next of its kind. Null: taken back. Written once, never changed.

    ``given_by`` is null where a source brought it.
    """

    which = serializers.ChoiceField(choices=Which.choices)
    given_by = serializers.CharField(source="given_by.name", allow_null=True, default=None)

    class Meta:
        model = Score
        fields = (
            "id",
            "place",
            "risk",
            "ref",
            "which",
            "likelihood",
            "impact",
            "score",
            "because",
            "given_by",
            "given_at",
        )


class ScoreFilter(OfRiskFilter):
    which = filters.ChoiceFilter(choices=Which.choices)


class ScoreViewSet(OfRisk):
    """Inherent, current and target scores of the risks of one's places, by risk, the newest first."""

    serializer_class = ScoreSerializer
    filterset_class = ScoreFilter
    queryset = Score.objects.none()

    def get_queryset(self) -> QuerySet[Score]:
        rows = access.visible_scores(user=self.request.user)
        beside = rows.select_related("risk__place", "given_by")
        return beside.order_by("risk__place_id", "risk__ref", "-given_at", "-pk")
