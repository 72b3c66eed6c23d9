"""What rows wait for, by the API: read by whoever reads the place, written by the page's own form and services."""

from collections.abc import Mapping
from typing import Any

import django_filters as django
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common.api import Body
from programmes import access
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, STALE, etag_of, stale_answer, version_from
from programmes.api.views.reading import Reading
from programmes.api.views.row_writing import permit_update
from programmes.dependency_forms import DependencyForm, shown_of
from programmes.errors import StaleDependency
from programmes.models import Dependency, DependencyKind, PlanItem
from programmes.services import dependencies

ORDER = (
    "successor__programme__place_id",
    "successor__programme__order",
    "successor__programme_id",
    "successor__position",
    "pk",
)
# What the page's form calls a field that has another name here.
NAMES = {"row": "predecessor"}
REFUSED = {
    403: OpenApiResponse(description="The plan of the row that waits is not yours to change."),
    409: OpenApiResponse(
        description="It waits for itself, for that row already, or for a row that was removed."
    ),
}


class DependencySerializer(serializers.ModelSerializer[Dependency]):
    """``successor`` waits for ``predecessor``, or for what ``outside`` describes. ``lag_days`` are working days."""

    place = serializers.CharField(source="successor.programme.place.slug")
    successor_reference = serializers.CharField(source="successor.reference")
    predecessor_reference = serializers.CharField(
        source="predecessor.reference", default=None, allow_null=True
    )
    outside_programme = serializers.CharField(  # type: ignore[assignment]
        source="outside_programme.code", default=None, allow_null=True
    )

    class Meta:
        model = Dependency
        fields = (
            "id",
            "place",
            "successor",
            "successor_reference",
            "predecessor",
            "predecessor_reference",
            "outside",
            "outside_programme",
            "outside_date",
            "kind",
            "lag_days",
            "note",
            "version",
        )


class DependencyWriteSerializer(Body):
    """What a row waits for: another row of its place, or something outside; checked as the page checks it."""

    predecessor = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1, help_text="A row's id."
    )
    outside = serializers.CharField(required=False, allow_blank=True, max_length=300)
    outside_programme = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, max_length=20, help_text="Its code."
    )
    outside_date = serializers.CharField(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=40,
        help_text="The day it is promised for, in any usual British form or ISO.",
    )
    kind = serializers.ChoiceField(required=False, choices=DependencyKind.choices)
    lag_days = serializers.IntegerField(
        required=False, min_value=-1000, max_value=1000, help_text="Working days."
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=500)


class DependencyCreateSerializer(DependencyWriteSerializer):
    successor = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="The id of the row that waits."
    )


class DependencyFilter(django.FilterSet):
    place = django.CharFilter("successor__programme__place__slug", label="Place, as in its address")
    programme = django.CharFilter(
        method="by_programme", label="Programme code of the row at either end"
    )
    row = django.CharFilter(method="by_row", label="Number of the row at either end, such as IT 11")
    kind = django.ChoiceFilter(choices=DependencyKind.choices)

    class Meta:
        model = Dependency
        fields: tuple[str, ...] = ()

    def by_programme(self, found: QuerySet[Dependency], name: str, value: str) -> Any:
        later, earlier = (f"{end}__programme__code" for end in ("successor", "predecessor"))
        return found.filter(Q(**{later: value}) | Q(**{earlier: value}))

    def by_row(self, found: QuerySet[Dependency], name: str, value: str) -> Any:
        named = PlanItem.objects.numbered(value).values("pk")
        return found.filter(Q(successor__in=named) | Q(predecessor__in=named))


class DependencyViewSet(Reading):
    """What the rows of the plans wait for, in the order of the plans. A dependency moves nobody's dates."""

    serializer_class = DependencySerializer
    filterset_class = DependencyFilter
    queryset = Dependency.objects.none()

    def get_queryset(self) -> QuerySet[Dependency]:
        visible = access.visible_dependencies(user=self.request.user)
        ends = ("successor__programme__place", "predecessor__programme", "outside_programme")
        return visible.filter(successor__removed_at=None).select_related(*ends).order_by(*ORDER)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return _tagged(self.get_object())

    @extend_schema(
        request=DependencyCreateSerializer, responses={201: DependencySerializer, **REFUSED}
    )
    def create(self, request: Request) -> Response:
        """Say what a row of a plan you may change waits for."""
        given = body_of(DependencyCreateSerializer, request)
        rows = access.visible_items(user=request.user).present()
        item = get_object_or_404(rows.select_related("programme__place"), pk=given.pop("successor"))
        permit_update(request, item.programme)
        made = dependencies.add_dependency(
            item=item,
            values=_values(request, item, given),
            by=request.user,  # type: ignore[arg-type]
        )
        return self._answer(made, code=201)

    @extend_schema(
        request=DependencyWriteSerializer,
        responses={200: DependencySerializer, **REFUSED, **STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named, and leave the rest as it is."""
        found = self.get_object()
        permit_update(request, found.successor.programme)
        given = body_of(DependencyWriteSerializer, request)
        seen = version_from(request, found)
        values = _values(request, found.successor, given, found=found)
        try:
            dependencies.change_dependency(
                dependency=found,
                values=values,
                seen=seen,
                by=request.user,  # type: ignore[arg-type]
            )
        except StaleDependency as stale:
            return self._stale(stale)
        return self._answer(found)

    @extend_schema(responses={204: None, 403: REFUSED[403], **STALE}, parameters=[IF_MATCH])
    def destroy(self, request: Request, pk: str) -> Response:
        """Take back that a row waits for something. The history keeps that it was said."""
        found = self.get_object()
        permit_update(request, found.successor.programme)
        seen = version_from(request, found)
        try:
            dependencies.remove_dependency(dependency=found, seen=seen, by=request.user)  # type: ignore[arg-type]
        except StaleDependency as stale:
            return self._stale(stale)
        return Response(status=204)

    def _answer(self, one: Dependency, *, code: int = 200) -> Response:
        return _tagged(self.get_queryset().get(pk=one.pk), code=code)

    def _stale(self, stale: StaleDependency) -> Response:
        current: Dependency | None = stale.current  # type: ignore[assignment]
        return stale_answer(stale, self._answer(current) if current else None)


def _values(
    request: Request, item: PlanItem, given: Mapping[str, Any], *, found: Dependency | None = None
) -> dict[str, Any]:
    """What to store, by the page's form: what is stored, and what was given instead.

    Raises:
        ValidationError: by field.
    """
    place = item.programme.place
    rows = access.visible_items(user=request.user).filter(programme__place=place)
    held = shown_of(found) if found else {"kind": DependencyKind.FINISH_START}
    data = {**held, **{name: "" if value is None else value for name, value in given.items()}}
    if "predecessor" in data:
        data["row"] = _reference(rows, data.pop("predecessor"))
    form = DependencyForm(data, place=place, rows=rows, dependency=found)
    if not form.is_valid():
        refuse_form(form, NAMES)
    return form.values()


def _reference(rows: QuerySet[PlanItem], key: Any) -> str:
    """The number of the row with that id, as the page's form takes it; nothing for nothing.

    Raises:
        ValidationError: there is no such row.
    """
    if key == "":
        return ""
    row = rows.select_related("programme").filter(pk=key).first()
    if row is None:
        raise ValidationError({"predecessor": ["There is no such row in this place."]})
    return row.reference


def _tagged(one: Dependency, *, code: int = 200) -> Response:
    return Response(DependencySerializer(one).data, code, headers={"ETag": etag_of(one)})
