"""What stands beside the months' figures, by the API, to read: exposure, savings schemes, agreements.

Each is the page's own list, as far as the person reads it; amounts are pounds as text, null where not known.
"""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from finance import access
from finance.exporters.content import risk_content, scheme_content
from finance.exposure_lines import shares
from finance.models import Agreement, FinanceMonth
from finance.rules.exposure import SIDES
from finance.rules.years import MONTHS, read_year, year_name
from finance.selectors.agreements import parties_of, standing_of, with_parts
from finance.selectors.exposure import exposures_of
from finance.selectors.savings import read_schemes, savings_in
from icp.common import clock
from icp.common.money import plain
from programmes.access import Roles, roles_of
from programmes.api.of_place import OfPlace, described
from programmes.models import Place

MONTH = {
    "year": "Financial year, such as 2019/20; with it the month as well. Without both the newest month.",
    "month": "Month of that year: 1 is April.",
    "partner": "Only what the partner with this short name says.",
}
SIDE = {"side": f"Only one side: {', '.join(SIDES)}."}


class FinancialRiskSerializer(serializers.Serializer[Any]):
    """A financial risk, opportunity or mitigation at a month's end. ``weighted`` is as entered, else as computed."""

    organisation = serializers.CharField()
    side = serializers.ChoiceField(choices=SIDES)
    ref = serializers.CharField()
    title = serializers.CharField()
    full_value = serializers.CharField(allow_null=True)
    probability_percent = serializers.CharField(allow_null=True)
    recurrent = serializers.CharField(allow_null=True)
    non_recurrent = serializers.CharField(allow_null=True)
    weighted = serializers.CharField(allow_null=True)
    weighted_entered = serializers.CharField(allow_null=True)
    weighted_computed = serializers.CharField(allow_null=True)
    share_percent = serializers.CharField(allow_null=True)
    movement = serializers.CharField(allow_null=True)
    brought_forward = serializers.BooleanField()
    carried_forward = serializers.CharField(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())


class SchemeSerializer(serializers.Serializer[Any]):
    """A savings scheme at a month's end. ``slippage`` is saved less planned to date: negative is behind."""

    organisation = serializers.CharField()
    name = serializers.CharField()
    saving_type = serializers.CharField()
    workstream = serializers.CharField()
    provider = serializers.CharField()
    rating = serializers.CharField()
    progress = serializers.CharField()
    plan = serializers.CharField(allow_null=True)
    plan_to_date = serializers.CharField(allow_null=True)
    actual = serializers.CharField(allow_null=True)
    slippage = serializers.CharField(allow_null=True)
    forecast = serializers.CharField(allow_null=True)
    at_risk = serializers.CharField(allow_null=True)
    mitigated = serializers.CharField(allow_null=True)


class AgreementPartySerializer(serializers.Serializer[Any]):
    organisation = serializers.CharField()
    is_host = serializers.BooleanField()


class AgreementOptionSerializer(serializers.Serializer[Any]):
    extends_to = serializers.DateField()
    state = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)


class AgreementContributionSerializer(serializers.Serializer[Any]):
    organisation = serializers.CharField()
    year = serializers.CharField()
    amount = serializers.CharField()


class AgreementDateSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    what = serializers.CharField()


class AgreementSerializer(serializers.Serializer[Any]):
    """A Section 75 agreement. ``ends_on`` is as things stand, ``ends_at_latest`` with every option that is left."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    ends_at_latest = serializers.DateField()
    notice_months = serializers.IntegerField()
    share_rule = serializers.CharField()
    parties = AgreementPartySerializer(many=True)
    options = AgreementOptionSerializer(many=True)
    contributions = AgreementContributionSerializer(many=True)
    dates = AgreementDateSerializer(many=True)


class OfMoney(OfPlace):
    """A list of the money of one place: for who reads it; nobody else learns that it is there."""

    def money_of(self, request: Request, slug: str) -> tuple[Place, Roles]:
        """Raises:
        Http404: there is no such place, or this person does not read its money.
        """
        place = self.place_of(request, slug)
        roles = roles_of(user=request.user, place=place, on=clock.today())
        if not access.may_read(roles=roles):
            raise Http404
        return place, roles

    def month_of(
        self, request: Request, place: Place, roles: Roles
    ) -> tuple[FinanceMonth, set[int]]:
        """The month that was asked for, and the partners of which the person reads it.

        Raises:
            ValidationError: a parameter cannot be read, or there is no such month.
        """
        given = self.given(request)
        months = access.months_of(place=place, roles=roles)
        if "year" in given or "month" in given:
            months = months.filter(year=_year(given), number=_number(given))
        month = months.newest_first().first()
        if month is None:
            raise ValidationError({"month": ["The place holds no such month."]})
        month.place = place
        reads = access.readable_partners(month=month, roles=roles)
        return month, reads


def _year(given: dict[str, str]) -> int:
    try:
        return read_year(given.get("year", ""))
    except ValueError as problem:
        raise ValidationError({"year": [str(problem)]}) from None


def _number(given: dict[str, str]) -> int:
    said = given.get("month", "")
    if said.isascii() and said.isdigit() and len(said) < 3 and 1 <= int(said) <= MONTHS:
        return int(said)
    raise ValidationError({"month": ["Write a month from 1 to 12; 1 is April."]})


class FinancialRiskViewSet(OfMoney):
    serializer_class = FinancialRiskSerializer
    asked = MONTH | SIDE

    @extend_schema(parameters=described(MONTH | SIDE))
    def list(self, request: Request, place: str) -> Response:
        """What may still move the forecast of a month, by partner and in the order of its register."""
        found, roles = self.money_of(request, place)
        month, reads = self.month_of(request, found, roles)
        given = self.given(request)
        if given.get("side", SIDES[0]) not in SIDES:
            raise ValidationError({"side": [f"Ask for {', '.join(SIDES)}."]})
        exposures = exposures_of(month=month, partners=reads)
        parts = shares(exposures)
        wanted = [
            one
            for one in exposures
            if given.get("side", one.side) == one.side
            and given.get("partner", one.organisation) == one.organisation
        ]
        page: Any = self.paginate_queryset(wanted)  # type: ignore[arg-type]
        told = [risk_content(one, parts[one.risk]) for one in page]
        return self.get_paginated_response(FinancialRiskSerializer(told, many=True).data)


class SavingsSchemeViewSet(OfMoney):
    serializer_class = SchemeSerializer
    asked = MONTH

    @extend_schema(parameters=described(MONTH))
    def list(self, request: Request, place: str) -> Response:
        """The savings schemes of a month's year and what the month says of them, by partner and name."""
        found, roles = self.money_of(request, place)
        month, reads = self.month_of(request, found, roles)
        partner = self.given(request).get("partner")
        schemes = read_schemes(
            access.schemes_of(month=month, roles=roles).filter(organisation__in=reads)
        )
        wanted = [one for one in schemes if partner in (None, one.organisation.short_name)]
        page: Any = self.paginate_queryset(wanted)  # type: ignore[arg-type]
        told = [scheme_content(one) for one in savings_in(month=month, schemes=page)]
        return self.get_paginated_response(SchemeSerializer(told, many=True).data)


class AgreementViewSet(OfMoney):
    serializer_class = AgreementSerializer

    def list(self, request: Request, place: str) -> Response:
        """The Section 75 agreements, with parties, options, contributions and the dates to watch; what ends first, first."""
        found, roles = self.money_of(request, place)
        rows = access.agreements_of(place=found, roles=roles).in_order()
        page: Any = self.paginate_queryset(with_parts(rows))
        return self.get_paginated_response(AgreementSerializer(list(_told(page)), many=True).data)


def _told(agreements: list[Agreement]) -> Iterator[dict[str, Any]]:
    today = clock.today()
    for one in agreements:
        standing = standing_of(one, today=today)
        said = sorted(one.contributions.all(), key=lambda part: (part.year, part.organisation_id))
        yield {
            "id": one.pk,
            "title": one.title,
            "starts_on": one.starts_on,
            "ends_on": standing.term.end,
            "ends_at_latest": standing.term.longest,
            "notice_months": one.notice_months,
            "share_rule": one.share_rule,
            "parties": [
                {"organisation": party.organisation.short_name, "is_host": party.is_host}
                for party in parties_of(one)
            ],
            "options": sorted(one.options.all(), key=lambda option: option.extends_to),
            "contributions": [
                {
                    "organisation": part.organisation.short_name,
                    "year": year_name(part.year),
                    "amount": plain(part.amount),
                }
                for part in said
            ],
            "dates": standing.dates,
        }
