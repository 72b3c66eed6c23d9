"""The actions of risks by the API: by the page's form and services."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, STALE, stale_answer, version_from
from programmes.models import Post
from risks import access, services
from risks.api.of_risk import GONE, OfRisk, OfRiskBody, OfRiskFilter, OfRiskSerializer
from risks.api.permitting import REFUSED, key_of
from risks.errors import StaleMitigation
from risks.models import Mitigation
from risks.services.treating import done_on_of
from risks.treatment_forms import MitigationForm, initial_of
from risks.views.pages import RiskPage


class MitigationSerializer(OfRiskSerializer):
    """An action. ``done_on`` is empty until it is done."""

    owner = serializers.CharField(source="owner.title", allow_null=True, default=None)

    class Meta:
        model = Mitigation
        fields = (
            "id",
            "place",
            "risk",
            "ref",
            "what",
            "owner",
            "due_on",
            "percent",
            "progress",
            "effect",
            "done_on",
            "version",
        )


class MitigationWriteSerializer(Body):
    """What may be written of an action, checked as the page checks it."""

    what = serializers.CharField(required=False, max_length=2000)
    owner = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    due_on = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=40,
        help_text="In any usual British form, or ISO.",
    )
    percent = serializers.IntegerField(required=False, min_value=0, max_value=100)
    progress = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    effect = serializers.CharField(required=False, allow_blank=True, max_length=300)
    done = serializers.BooleanField(
        required=False, help_text="Done: from the day on which it is said first."
    )


class MitigationCreateSerializer(OfRiskBody, MitigationWriteSerializer):
    what = serializers.CharField(max_length=2000)


class MitigationFilter(OfRiskFilter):
    owner = filters.CharFilter("owner__title", label="Title of the owner's post")
    done = filters.BooleanFilter("done_on", lookup_expr="isnull", exclude=True, label="Done")
    overdue = filters.BooleanFilter(method="by_due", label="Past its day, and not done")

    def by_due(self, rows: QuerySet[Mitigation], name: str, value: bool) -> QuerySet[Mitigation]:
        late = Q(done_on=None, due_on__lt=clock.today(), due_on__isnull=False)
        return rows.filter(late) if value else rows.exclude(late)


class MitigationViewSet(OfRisk):
    """Actions that make risks smaller."""

    serializer_class = MitigationSerializer
    filterset_class = MitigationFilter
    queryset = Mitigation.objects.none()

    def get_queryset(self) -> QuerySet[Mitigation]:
        rows = access.visible_mitigations(user=self.request.user)
        beside = rows.select_related("risk__place", "risk__register", "owner")
        return beside.order_by("risk__place_id", "risk__ref", "order", "pk")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(self.get_object())

    @extend_schema(
        request=MitigationCreateSerializer, responses={201: MitigationSerializer, **REFUSED}
    )
    def create(self, request: Request) -> Response:
        """Add an action to a risk that you may change."""
        given = body_of(MitigationCreateSerializer, request)
        page = self.changing_new(request, given)
        values = _action_values(page, given, None)
        made = services.add_mitigation(risk=page.risk, values=values, by=page.user)
        return self.answer(made, code=201)

    @extend_schema(
        request=MitigationWriteSerializer,
        responses={200: MitigationSerializer, **REFUSED, **STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named, and leave the rest as it is."""
        found: Mitigation = self.get_object()
        given = body_of(MitigationWriteSerializer, request)
        seen = version_from(request, found)
        page = self.changing(request, found.risk)
        values = _action_values(page, given, found)
        try:
            services.change_mitigation(mitigation=found, values=values, seen=seen, by=page.user)
        except StaleMitigation as stale:
            return self._stale(stale)
        return self.answer(found)

    @extend_schema(responses={**GONE, **STALE}, parameters=[IF_MATCH])
    def destroy(self, request: Request, pk: str) -> Response:
        """Take it out. The history keeps that it was there."""
        found: Mitigation = self.get_object()
        seen = version_from(request, found)
        page = self.changing(request, found.risk)
        try:
            services.remove_mitigation(mitigation=found, by=page.user, at=page.at, seen=seen)
        except StaleMitigation as stale:
            return self._stale(stale)
        return Response(status=204)

    def _stale(self, stale: StaleMitigation) -> Response:
        current: Mitigation = stale.current  # type: ignore[assignment]
        return stale_answer(stale, None if current.removed_at else self.answer(current))


def _action_values(
    page: RiskPage, given: dict[str, Any], found: Mitigation | None
) -> dict[str, Any]:
    """What to store, by the page's form: what is stored, and what was given instead.

    Raises:
        ValidationError: by field.
    """
    posts = {one.pk: one for one in Post.objects.filter(place=page.place).order_by("title")}
    stored = initial_of(found) if found else {}
    data = stored | {name: "" if value is None else value for name, value in given.items()}
    if given.get("owner"):
        data["owner"] = key_of("owner", {one.title: pk for pk, one in posts.items()}, given)
    form = MitigationForm(data, posts=posts, mitigation=found)
    if not form.is_valid():
        refuse_form(form)
    done_on = done_on_of(
        is_done=form.cleaned_data["done"],
        stored=found.done_on if found else None,
        today=page.today,
    )
    return form.values() | {"done_on": done_on}
