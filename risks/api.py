"""The API of the registers: reads start from risks.access, writes are the pages' form and services."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body, KnownParameters, NoBody
from programmes import access as places
from programmes.api.versions import IF_MATCH, etag_of, version_from
from programmes.errors import NotAllowed
from programmes.models import Place, Programme
from risks import access, services
from risks.errors import CannotKeepRisk, StaleRisk
from risks.forms import Choices, RiskForm, shown_of
from risks.models import Escalation, Proximity, Risk, RiskKind, RiskState
from risks.rules.content import risk_content
from risks.selectors import rules_of
from risks.selectors.lines import BESIDE, lines_for
from risks.services.risks import MONEY

STALE = OpenApiResponse(description="Somebody saved since; the answer holds what is stored.")


class RiskFilterSet(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")
    register = filters.CharFilter("register__code", label="A register's code, such as PC")
    ref = filters.CharFilter(lookup_expr="iexact", label="Reference, such as PC1")
    kind = filters.ChoiceFilter(choices=RiskKind.choices)
    state = filters.ChoiceFilter(choices=RiskState.choices)
    at_least = filters.NumberFilter(
        "current", lookup_expr="gte", label="Current score of at least", min_value=1, max_value=100
    )
    escalated = filters.BooleanFilter(method="by_escalation", label="Before the boards")

    def by_escalation(self, rows: QuerySet[Risk], name: str, value: bool) -> QuerySet[Risk]:
        grounds = Exists(Escalation.objects.filter(risk=OuterRef("pk"), ended_at=None))
        return rows.filter(grounds if value else ~grounds)


def _step(help_text: str = "") -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=10, help_text=help_text
    )


class RiskWriteSerializer(Body):
    """What may be written of a risk, checked as the page checks it. Dates in any usual British form, or ISO."""

    kind = serializers.ChoiceField(required=False, choices=RiskKind.choices)
    title = serializers.CharField(required=False, max_length=200)
    cause = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    event = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    consequence = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    owner = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    delegate = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    category = serializers.CharField(required=False, allow_null=True, max_length=80)
    organisation = serializers.CharField(
        required=False, allow_null=True, max_length=40, help_text="A partner's short name."
    )
    likelihood = _step("On the place's scale.")
    impact = _step("On the place's scale.")
    inherent_likelihood = _step()
    inherent_impact = _step()
    inherent = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=100)
    target_likelihood = _step()
    target_impact = _step()
    target = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=100)
    proximity = serializers.ChoiceField(required=False, allow_blank=True, choices=Proximity.choices)
    value = serializers.CharField(
        required=False, allow_null=True, max_length=40, help_text="Pounds, if it happens."
    )
    probability = serializers.CharField(
        required=False, allow_null=True, max_length=10, help_text="Percent."
    )
    raised_on = serializers.CharField(required=False, allow_null=True, max_length=40)
    review_on = serializers.CharField(required=False, allow_null=True, max_length=40)
    because = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=1000,
        help_text="Why; needed where the current score changes.",
    )


class RiskCreateSerializer(RiskWriteSerializer):
    """A new risk: in which place and register besides."""

    place = serializers.CharField(max_length=80, help_text="The place's short name in addresses.")
    programme = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=12,
        help_text="The code of the programme whose register it goes to; else that of the whole.",
    )
    title = serializers.CharField(max_length=200)


class RiskSerializer(serializers.Serializer[Any]):
    """A risk as it is read. Unknown is null; ``residual`` are the four quarters of the year, null where N/A."""

    id = serializers.IntegerField()
    place = serializers.CharField()
    ref = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    register = serializers.CharField()
    register_name = serializers.CharField()
    cause = serializers.CharField()
    event = serializers.CharField()
    consequence = serializers.CharField()
    owner = serializers.CharField(allow_null=True)
    delegate = serializers.CharField(allow_null=True)
    category = serializers.CharField(allow_null=True)
    organisation = serializers.CharField(allow_null=True)
    likelihood = serializers.IntegerField(allow_null=True)
    impact = serializers.IntegerField(allow_null=True)
    current = serializers.IntegerField(allow_null=True)
    printed_current = serializers.CharField(allow_null=True)
    inherent = serializers.IntegerField(allow_null=True)
    target = serializers.IntegerField(allow_null=True)
    band = serializers.CharField(allow_null=True)
    residual = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    movement = serializers.CharField()
    movement_words = serializers.CharField()
    proximity = serializers.CharField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    raised_on = serializers.DateField(allow_null=True)
    escalated_because = serializers.CharField(allow_null=True)
    grounds = serializers.ListField(child=serializers.CharField())
    deescalation_proposed_on = serializers.DateField(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())
    mitigations = serializers.ListField(child=serializers.DictField())
    inherent_likelihood = serializers.IntegerField(allow_null=True)
    inherent_impact = serializers.IntegerField(allow_null=True)
    target_likelihood = serializers.IntegerField(allow_null=True)
    target_impact = serializers.IntegerField(allow_null=True)
    value = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    probability = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    removal_because = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)
    ended_because = serializers.CharField()
    reviewed_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()


# What is read besides, as it is written.
BESIDES = (
    "inherent_likelihood",
    "inherent_impact",
    "target_likelihood",
    "target_impact",
    "removal_because",
    "ended_on",
    "ended_because",
    "reviewed_on",
    "version",
)


class RiskViewSet(KnownParameters, viewsets.GenericViewSet[Any]):
    """Risks and issues of one's places, by register."""

    queryset = Risk.objects.none()
    serializer_class = RiskSerializer
    filterset_class = RiskFilterSet
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Risk]:
        rows = access.visible_risks(user=self.request.user).select_related("place", *BESIDE)
        return rows.order_by("place_id", "register_id", "number", "pk")

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(_shown(page or []))

    def retrieve(self, request: Request, pk: str) -> Response:
        return self._answer(self.get_object())

    @extend_schema(request=RiskCreateSerializer, responses={201: RiskSerializer})
    def create(self, request: Request) -> Response:
        """Raise a risk or an issue; its register gives it a reference."""
        asked = RiskCreateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        place = get_object_or_404(places.visible_places(user=request.user), slug=given.pop("place"))
        programme = self._programme(place, given.pop("programme", None))
        roles = places.roles_of(user=request.user, place=place, on=clock.today())
        key = programme.pk if programme else None
        if not access.may_keep_register(roles=roles, programme_id=key):
            raise NotAllowed(
                "Leads raise risks of their programmes, risk owners those of the whole, the office any."
            )
        because = given.pop("because", "")
        form = _form_of(place, given, None)
        with _naming_fields():
            made = services.raise_risk(
                place=place,
                programme=programme,
                values=form.values(),
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
                today=clock.today(),
                because=because,
            )
        return self._answer(self.get_queryset().get(pk=made.pk), 201)

    @extend_schema(
        request=RiskWriteSerializer,
        responses={200: RiskSerializer, 412: STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named. Another current score needs its reason."""
        risk: Risk = self.get_object()
        asked = RiskWriteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        seen = version_from(request, risk)
        self._permit(risk)
        given = dict(asked.validated_data)
        because = given.pop("because", "")
        form = _form_of(risk.place, given, risk)
        try:
            with _naming_fields():
                saved = services.change_risk(
                    risk=risk,
                    values=form.values(),
                    seen=seen,
                    by=request.user,  # type: ignore[arg-type]
                    at=clock.now(),
                    today=clock.today(),
                    because=because,
                )
        except StaleRisk as stale:
            return self._stale(stale)
        return self._answer(self.get_queryset().get(pk=saved.pk))

    @extend_schema(request=NoBody, responses={200: RiskSerializer})
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """Reviewed, no change."""
        risk: Risk = self.get_object()
        NoBody(data=request.data).is_valid(raise_exception=True)
        self._permit(risk)
        services.review_unchanged(
            risk=risk,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            today=clock.today(),
        )
        return self._answer(self.get_queryset().get(pk=risk.pk))

    def _programme(self, place: Place, code: str | None) -> Programme | None:
        if not code:
            return None
        found = Programme.objects.filter(place=place, code=code).first()
        if found is None:
            raise ValidationError({"programme": [f"There is no programme {code} in this place."]})
        return found

    def _permit(self, risk: Risk) -> None:
        user: Any = self.request.user
        today = clock.today()
        roles = places.roles_of(user=user, place=risk.place, on=today)
        held = access.posts_held(user=user, place=risk.place, on=today)
        if not access.may_change(roles=roles, risk=risk, held=held):
            raise NotAllowed(
                "You may read this risk. Its owner and delegate, the leads of its programme and the office change it."
            )

    def _answer(self, risk: Risk, code: int = 200) -> Response:
        return Response(_shown([risk])[0], status=code, headers={"ETag": etag_of(risk)})

    def _stale(self, stale: StaleRisk) -> Response:
        current = self.get_queryset().get(pk=stale.current.pk)  # type: ignore[attr-defined]
        answer = self._answer(current, 412)
        answer.data = {"detail": str(stale), "errors": {}, "current": answer.data}
        return answer


def _shown(risks: Sequence[Risk]) -> list[dict[str, Any]]:
    """The risks in their order; those of one place are worked out together."""
    by_place: dict[Place, list[Risk]] = {}
    for risk in risks:
        by_place.setdefault(risk.place, []).append(risk)
    shown: dict[int, dict[str, Any]] = {}
    for place, found in by_place.items():
        for line in lines_for(found, place=place, as_at=clock.today()):
            content = {"id": line.pk, "place": place.slug, "state": line.state}
            shown[line.pk] = content | risk_content(line)
        for risk in found:
            shown[risk.pk] |= {name: getattr(risk, name) for name in BESIDES}
            shown[risk.pk] |= {name: _exact(getattr(risk, name)) for name in MONEY}
    return [shown[risk.pk] for risk in risks]


def _exact(value: Decimal | None) -> str | None:
    """Pounds or percent as text: a program's number would not be exact."""
    return None if value is None else str(value)


@contextmanager
def _naming_fields() -> Iterator[None]:
    """A refusal that names a field is an error of that field."""
    try:
        yield
    except CannotKeepRisk as refused:
        if not refused.field:
            raise
        raise ValidationError({refused.field: [str(refused)]}) from refused


def _form_of(place: Place, given: dict[str, Any], risk: Risk | None) -> RiskForm:
    """The page's form with what is stored, and what was given instead.

    Raises:
        ValidationError: by field.
    """
    choices = Choices.of(place, rules_of(place))
    stored = shown_of(risk) if risk else {"kind": RiskKind.RISK.value}
    data = {**stored, **{n: "" if v is None else str(v) for n, v in given.items()}}
    named: dict[str, dict[str, int]] = {
        "owner": {one.title: pk for pk, one in choices.posts.items()},
        "organisation": {one.short_name: pk for pk, one in choices.organisations.items()},
        "category": {one.name: pk for pk, one in choices.categories.items()},
    }
    named["delegate"] = named["owner"]
    for name, keys in named.items():
        if given.get(name):
            data[name] = str(keys.get(given[name], 0))
    form = RiskForm(data, choices=choices, risk=risk)
    if not form.is_valid():
        errors: dict[str, Any] = {
            {"__all__": "non_field_errors"}.get(n, n): [str(one) for one in said]
            for n, said in form.errors.items()
        }
        raise ValidationError(errors)
    return form
