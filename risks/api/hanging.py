"""What holds risks back and what they hang together with, by the API: controls and links."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.numbers import LARGEST
from programmes.api.bodies import body_of, refuse_form
from programmes.models import Organisation, PlanItem, Programme
from risks import access, services
from risks.api.of_risk import GONE, OfRisk, OfRiskBody, OfRiskFilter, OfRiskSerializer
from risks.api.permitting import REFUSED, key_of
from risks.models import Control, ControlLine, Link
from risks.treatment_forms import ControlForm, LinkForm
from risks.views.pages import RiskPage


class ControlSerializer(OfRiskSerializer):
    """A control, or one of the three lines of assurance that it works; ``gap`` is what is missing of it."""

    line = serializers.ChoiceField(choices=ControlLine.choices)

    class Meta:
        model = Control
        fields = ("id", "place", "risk", "ref", "line", "what", "gap")


class ControlCreateSerializer(OfRiskBody):
    line = serializers.ChoiceField(choices=ControlLine.choices)
    what = serializers.CharField(max_length=2000)
    gap = serializers.CharField(required=False, allow_blank=True, max_length=2000)


class ControlFilter(OfRiskFilter):
    line = filters.ChoiceFilter(choices=ControlLine.choices)


class ControlViewSet(OfRisk):
    """What holds risks back now, and who assures of it. One is never changed: it is taken away, another added."""

    serializer_class = ControlSerializer
    filterset_class = ControlFilter
    queryset = Control.objects.none()

    def get_queryset(self) -> QuerySet[Control]:
        rows = access.visible_controls(user=self.request.user)
        beside = rows.select_related("risk__place", "risk__register")
        return beside.order_by("risk__place_id", "risk__ref", "line", "pk")

    @extend_schema(request=ControlCreateSerializer, responses={201: ControlSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Add a control, or a line of assurance, to a risk that you may change."""
        given = body_of(ControlCreateSerializer, request)
        page = self.changing_new(request, given)
        form = ControlForm(given)
        if not form.is_valid():
            refuse_form(form)
        made = services.add_control(risk=page.risk, by=page.user, **form.cleaned_data)
        return self.answer(made, code=201)

    @extend_schema(responses=GONE)
    def destroy(self, request: Request, pk: str) -> Response:
        """Take it away. The history keeps that it was there."""
        found: Control = self.get_object()
        page = self.changing(request, found.risk)
        services.remove_control(control=found, by=page.user)
        return Response(status=204)


# What is told of a line of the money to who reads it alone.
LINE_OF_MONEY = ("fund", "line_name")


class LinkSerializer(OfRiskSerializer):
    """What a risk hangs together with: a row of a plan, a change request, a position of the money, an indicator, or a
    name.

    A position is a partner x fund x workstream, or a name where it belongs to no workstream: the line of that in every
    year. Without a fund it is all that the partner says of the workstream. ``fund`` and ``line_name`` are told to who
    reads the place's money, and are empty for everybody else.
    """

    row = serializers.CharField(
        source="item.reference", allow_null=True, default=None, help_text="Such as IT 11."
    )
    change = serializers.IntegerField(
        source="change.number", allow_null=True, default=None, help_text="Its number."
    )
    organisation = serializers.CharField(
        source="organisation.short_name", allow_null=True, default=None
    )
    workstream = serializers.CharField(source="workstream.code", allow_null=True, default=None)

    class Meta:
        model = Link
        fields = (
            "id",
            "place",
            "risk",
            "ref",
            "row",
            "item",
            "change",
            "organisation",
            "workstream",
            "fund",
            "line_name",
            "indicator",
            "indicator_set",
            "words",
        )

    def to_representation(self, instance: Link) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(instance)
        if instance.risk.place_id not in self.context["money_in"]:
            told |= dict.fromkeys(LINE_OF_MONEY, "")
        return told


class LinkCreateSerializer(OfRiskBody):
    """One thing: a row, a change request, a line of the money, all a partner's money (of a workstream), an indicator (of
    a set), or something by its name.
    """

    row = serializers.CharField(required=False, max_length=40, help_text="Its number: IT 11.")
    change = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="A change request's number."
    )
    line = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST, help_text="A budget line's id."
    )
    organisation = serializers.CharField(
        required=False, max_length=40, help_text="A partner's short name."
    )
    workstream = serializers.CharField(
        required=False, max_length=12, help_text="A programme's code."
    )
    indicator = serializers.CharField(
        required=False, max_length=200, help_text="An indicator's name."
    )
    indicator_set = serializers.CharField(
        required=False, max_length=100, help_text="The set or source that the indicator is of."
    )
    words = serializers.CharField(
        required=False, max_length=200, help_text="Anything else by its name, or more about it."
    )


class LinkFilter(OfRiskFilter):
    row = filters.CharFilter(method="by_row", label="Number of a plan's row, such as IT 11")
    change = filters.NumberFilter(
        "change__number", label="A change request's number", min_value=1, max_value=2**31 - 1
    )
    organisation = filters.CharFilter("organisation__short_name", label="A partner's short name")
    workstream = filters.CharFilter("workstream__code", label="A programme's code")
    indicator = filters.CharFilter(lookup_expr="iexact", label="An indicator's name")
    indicator_set = filters.CharFilter(
        lookup_expr="iexact", label="The set or source that an indicator is of"
    )
    fund = filters.CharFilter(
        method="by_fund", label="A fund of the money that you read, such as pooled"
    )

    def by_row(self, rows: QuerySet[Link], name: str, value: str) -> QuerySet[Link]:
        return rows.filter(item__in=PlanItem.objects.numbered(value).values("pk"))

    def by_fund(self, rows: QuerySet[Link], name: str, value: str) -> QuerySet[Link]:
        told = access.places_of_money(user=self.request.user, on=clock.today())
        return rows.filter(fund=value, risk__place__in=told)


class LinkViewSet(OfRisk):
    """What risks hang together with."""

    serializer_class = LinkSerializer
    filterset_class = LinkFilter
    queryset = Link.objects.none()

    def get_queryset(self) -> QuerySet[Link]:
        rows = access.visible_links(user=self.request.user)
        things = ("item__programme", "change", "organisation", "workstream")
        beside = rows.select_related("risk__place", "risk__register", *things)
        return beside.order_by("risk__place_id", "risk__ref", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        told = access.places_of_money(user=self.request.user, on=clock.today())
        return {**super().get_serializer_context(), "money_in": told}

    @extend_schema(request=LinkCreateSerializer, responses={201: LinkSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Say what a risk that you may change hangs together with. Twice does it once."""
        given = body_of(LinkCreateSerializer, request)
        page = self.changing_new(request, given)
        form = _link_form(page, given)
        made = services.add_link(risk=page.risk, by=page.user, **form.values())
        return self.answer(made, code=201)

    @extend_schema(responses=GONE)
    def destroy(self, request: Request, pk: str) -> Response:
        """Untie it. The history keeps that it was tied."""
        found: Link = self.get_object()
        page = self.changing(request, found.risk)
        services.remove_link(link=found, by=page.user)
        return Response(status=204)


def _link_form(page: RiskPage, given: dict[str, Any]) -> LinkForm:
    """The page's form with what was given, and the keys that it takes for names.

    Raises:
        ValidationError: by field.
    """
    partners = Organisation.objects.filter(place=page.place).values_list("short_name", "pk")
    programmes = Programme.objects.filter(place=page.place).values_list("code", "pk")
    named = {"organisation": dict(partners), "workstream": dict(programmes)}
    keys = {name: key_of(name, known, given) for name, known in named.items() if name in given}
    form = LinkForm(given | keys, place=page.place, roles=page.roles, on=page.today)
    if "line" in given and "line" not in form.fields:
        raise ValidationError({"line": ["There is no line of the money that you read."]})
    if not form.is_valid():
        refuse_form(form)
    return form
