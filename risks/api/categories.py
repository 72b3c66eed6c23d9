"""Categories of risk by the API: appetite and tolerance, kept by the office."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes import access as places
from programmes.api.bodies import body_of
from programmes.api.versions import IF_MATCH, STALE, etag_of, stale_answer, version_from
from programmes.api.views.reading import Reading
from programmes.errors import NotAllowed
from programmes.models import Place
from risks import access
from risks.api.permitting import REFUSED, naming_fields
from risks.errors import StaleCategory
from risks.models import RiskCategory
from risks.models.settings import MOST_SCORE
from risks.services.settings import CATEGORY, save_category


class RiskCategorySerializer(serializers.ModelSerializer[RiskCategory]):
    """A score up to the appetite is lived with, one above the tolerance is not borne."""

    place = serializers.CharField(source="place.slug")

    class Meta:
        model = RiskCategory
        fields = ("id", "place", "name", "appetite", "tolerance", "version")


def _score(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=MOST_SCORE, **more)


class RiskCategoryWriteSerializer(Body):
    name = serializers.CharField(required=False, max_length=80)
    appetite = _score(required=False)
    tolerance = _score(required=False)


class RiskCategoryCreateSerializer(Body):
    place = serializers.CharField(max_length=80, help_text="The place's short name in addresses.")
    name = serializers.CharField(max_length=80)
    appetite = _score()
    tolerance = _score()


class RiskCategoryFilter(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")


class RiskCategoryViewSet(Reading):
    """The categories of one's places, in the place's order."""

    serializer_class = RiskCategorySerializer
    filterset_class = RiskCategoryFilter
    queryset = RiskCategory.objects.none()

    def get_queryset(self) -> QuerySet[RiskCategory]:
        rows = access.visible_categories(user=self.request.user).select_related("place")
        return rows.order_by("place_id", "order", "name", "pk")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answer(self.get_object())

    @extend_schema(
        request=RiskCategoryCreateSerializer, responses={201: RiskCategorySerializer, **REFUSED}
    )
    def create(self, request: Request) -> Response:
        """Add a category. One whose name is there already with other scores is refused (409)."""
        given = body_of(RiskCategoryCreateSerializer, request)
        place = get_object_or_404(places.visible_places(user=request.user), slug=given.pop("place"))
        self._permit(place)
        return self._answer(_saved(request, place, given), code=201)

    @extend_schema(
        request=RiskCategoryWriteSerializer,
        responses={200: RiskCategorySerializer, **REFUSED, **STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named."""
        found: RiskCategory = self.get_object()
        given = body_of(RiskCategoryWriteSerializer, request)
        seen = version_from(request, found)
        self._permit(found.place)
        values = {name: getattr(found, name) for name in CATEGORY} | given
        try:
            saved = _saved(request, found.place, values, category=found, seen=seen)
        except StaleCategory as stale:
            return stale_answer(stale, self._answer(stale.current))  # type: ignore[arg-type]
        return self._answer(saved)

    def _permit(self, place: Place) -> None:
        roles = places.roles_of(user=self.request.user, place=place, on=clock.today())
        if not access.may_run_registers(roles=roles):
            raise NotAllowed("The programme office says how the place scores.")

    def _answer(self, one: RiskCategory, *, code: int = 200) -> Response:
        found = self.get_queryset().get(pk=one.pk)
        data = RiskCategorySerializer(found).data
        return Response(data, code, headers={"ETag": etag_of(found)})


def _saved(request: Request, place: Place, values: dict[str, Any], **more: Any) -> RiskCategory:
    with naming_fields():
        return save_category(place=place, by=request.user, **values, **more)  # type: ignore[arg-type]
