"""Risks by the API: read, raised and changed by the pages' form and services."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_filters as filters
from django.db.models import Exists, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import KnownParameters
from icp.common.months import month_start
from programmes import access as places
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, STALE, etag_of, stale_answer, version_from
from programmes.errors import NotAllowed
from programmes.models import Place, Programme
from risks import access, services
from risks.api.deeds import Deeds
from risks.api.permitting import REFUSED, key_of, naming_fields, page_of
from risks.api.serializers import (
    BESIDES,
    RiskCreateSerializer,
    RiskSerializer,
    RiskWriteSerializer,
)
from risks.errors import StaleRisk
from risks.filters import FLAGS, MOVEMENTS, STANDINGS
from risks.forms import Choices, RiskForm, shown_of
from risks.models import Risk, RiskKind, RiskState
from risks.models.risk import RiskQuerySet
from risks.models.settings import MOST_SCORE
from risks.rules.agreed import SCORES
from risks.rules.content import risk_content
from risks.selectors import rules_of
from risks.selectors.asked import flagged, open_grounds, standing_so
from risks.selectors.lines import BESIDE, lines_for
from risks.selectors.movement import moved_since
from risks.services.risks import MONEY


class RiskFilterSet(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")
    register = filters.CharFilter("register__code", label="A register's code, such as PC")
    ref = filters.CharFilter(lookup_expr="iexact", label="Reference, such as PC1")
    kind = filters.ChoiceFilter(choices=RiskKind.choices)
    state = filters.ChoiceFilter(choices=RiskState.choices)
    at_least = filters.NumberFilter(
        "current",
        lookup_expr="gte",
        label="Current score of at least",
        min_value=1,
        max_value=MOST_SCORE,
    )
    escalated = filters.BooleanFilter(method="by_escalation", label="Before the boards")
    owner = filters.CharFilter("owner__title", label="The title of the owner's post")
    delegate = filters.CharFilter("delegate__title", label="The title of the delegate's post")
    organisation = filters.CharFilter("organisation__short_name", label="A partner's short name")
    category = filters.CharFilter("category__name", label="A category's name")
    standing = filters.ChoiceFilter(
        method="by_standing",
        label="How the score stands to what is accepted of its category",
        choices=[(name, one.value) for name, one in STANDINGS.items()],
    )
    movement = filters.ChoiceFilter(
        method="by_movement", label="Movement since the month's first", choices=MOVEMENTS
    )
    flag = filters.ChoiceFilter(
        method="by_flag",
        label="A flag of open risks",
        choices=[(name, one.value) for name, one in FLAGS.items()],
    )

    def by_escalation(self, rows: QuerySet[Risk], name: str, value: bool) -> QuerySet[Risk]:
        grounds = Exists(open_grounds())
        return rows.filter(grounds if value else ~grounds)

    def by_standing(self, rows: QuerySet[Risk], name: str, value: str) -> QuerySet[Risk]:
        return rows.filter(standing_so(STANDINGS[value]))

    def by_movement(self, rows: RiskQuerySet, name: str, value: str) -> QuerySet[Risk]:
        since = clock.start_of(month_start(clock.today()))
        return rows.filter(pk__in=moved_since(rows, movement=value, since=since))

    def by_flag(self, rows: RiskQuerySet, name: str, value: str) -> QuerySet[Risk]:
        return flagged(rows, FLAGS[value], today=clock.today())


class RiskViewSet(Deeds, KnownParameters, viewsets.GenericViewSet[Any]):
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

    @extend_schema(request=RiskCreateSerializer, responses={201: RiskSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Raise a risk or an issue; its register gives it a reference. Where nothing says when, it is raised today."""
        given = body_of(RiskCreateSerializer, request)
        place = get_object_or_404(places.visible_places(user=request.user), slug=given.pop("place"))
        programme = self._programme(place, given.pop("programme", None))
        roles = places.roles_of(user=request.user, place=place, on=clock.today())
        key = programme.pk if programme else None
        if not access.may_keep_register(roles=roles, programme_id=key):
            raise NotAllowed(
                "Leads raise risks of their programmes, risk owners those of the whole, the office any."
            )
        because = given.pop("because", "")
        given.setdefault("raised_on", clock.today().isoformat())
        form = _form_of(place, given, None)
        with naming_fields():
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
        responses={200: RiskSerializer, **REFUSED, **STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named. Another current score needs its reason."""
        risk: Risk = self.get_object()
        given = body_of(RiskWriteSerializer, request)
        seen = version_from(request, risk)
        page_of(request, risk).changer()
        because = given.pop("because", "")
        form = _form_of(risk.place, given, risk)
        try:
            with naming_fields():
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

    def _programme(self, place: Place, code: str | None) -> Programme | None:
        if not code:
            return None
        found = Programme.objects.filter(place=place, code=code).first()
        if found is None:
            raise ValidationError({"programme": [f"There is no programme {code} in this place."]})
        return found

    def _answer(self, risk: Risk, code: int = 200) -> Response:
        return Response(_shown([risk])[0], status=code, headers={"ETag": etag_of(risk)})

    def _stale(self, stale: StaleRisk) -> Response:
        current = self.get_queryset().get(pk=stale.current.pk)  # type: ignore[attr-defined]
        return stale_answer(stale, self._answer(current))


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
            shown[risk.pk] |= {"came_from": risk.came_from_id, "merged_into": risk.merged_into_id}
    return [shown[risk.pk] for risk in risks]


def _exact(value: Decimal | None) -> str | None:
    """Pounds or percent as text: a program's number would not be exact."""
    return None if value is None else str(value)


def _steps_beside(which: str, data: dict[str, str], given: dict[str, Any]) -> dict[str, str]:
    """What becomes of likelihood and impact where the score that they multiply to was given: steps that are not given
    with it, and say another score, are not known any more.

    Raises:
        ValidationError: the steps given with it say another score.
    """
    steps = [f"{which}_{part}" for part in ("likelihood", "impact")]
    known = [data.get(name, "") for name in steps]
    if all(known) and int(known[0]) * int(known[1]) == given[which]:
        return {}
    if not any(name in given for name in steps):
        return dict.fromkeys(steps, "")
    if all(known) and given[which] is not None:
        said = f"Likelihood {known[0]} times impact {known[1]} is not {given[which]}: give one or the other."
        raise ValidationError({which: [said]})
    return {}


def _form_of(place: Place, given: dict[str, Any], risk: Risk | None) -> RiskForm:
    """The page's form with what is stored, and what was given instead.

    Raises:
        ValidationError: by field.
    """
    choices = Choices.of(place, rules_of(place))
    stored = shown_of(risk) if risk else {"kind": RiskKind.RISK.value}
    data = {**stored, **{n: "" if v is None else str(v) for n, v in given.items()}}
    for which in SCORES:
        if which in given:
            data |= _steps_beside(which, data, given)
    named: dict[str, dict[str, int]] = {
        "owner": {one.title: pk for pk, one in choices.posts.items()},
        "organisation": {one.short_name: pk for pk, one in choices.organisations.items()},
        "category": {one.name: pk for pk, one in choices.categories.items()},
    }
    named["delegate"] = named["owner"]
    data |= {name: key_of(name, keys, given) for name, keys in named.items() if given.get(name)}
    form = RiskForm(data, choices=choices, risk=risk)
    if not form.is_valid():
        refuse_form(form)
    return form
