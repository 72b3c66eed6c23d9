"""What everything that hangs on a risk shares in the API."""

from typing import Any

import django_filters as filters
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common.api import Body
from icp.common.numbers import LARGEST
from programmes.api.versions import etag_of
from programmes.api.views.reading import Reading
from risks import access
from risks.api.permitting import REFUSED, page_of
from risks.models import Risk
from risks.views.pages import RiskPage

GONE = {204: None, 403: REFUSED[403], 409: REFUSED[409]}


class OfRiskSerializer(serializers.ModelSerializer[Any]):
    """What everything that hangs on a risk says first: on which."""

    place = serializers.CharField(source="risk.place.slug")
    ref = serializers.CharField(source="risk.ref", help_text="Reference of the risk.")


class OfRiskBody(Body):
    risk = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="The risk's id.")


class OfRiskFilter(filters.FilterSet):
    place = filters.CharFilter("risk__place__slug", label="Place, as in its address")
    register = filters.CharFilter("risk__register__code", label="A register's code, such as PC")
    risk = filters.NumberFilter("risk_id", label="A risk's id", min_value=1, max_value=LARGEST)
    ref = filters.CharFilter("risk__ref", lookup_expr="iexact", label="A risk's reference")


class OfRisk(Reading):
    """Rows that hang on risks, in the order of the risks."""

    def changing(self, request: Request, risk: Risk) -> RiskPage:
        """Raises:
        NotAllowed: this person may read the risk and not change it.
        """
        page = page_of(request, risk)
        page.changer()
        return page

    def changing_new(self, request: Request, given: dict[str, Any]) -> RiskPage:
        """As :meth:`changing`, of the risk that a body names."""
        rows = access.visible_risks(user=request.user).select_related("place", "register")
        return self.changing(request, get_object_or_404(rows, pk=given.pop("risk")))

    def answer(self, made: Any, *, code: int = 200) -> Response:
        found = self.get_queryset().get(pk=made.pk)
        headers = {"ETag": etag_of(found)} if hasattr(found, "version") else {}
        return Response(self.get_serializer(found).data, code, headers=headers)
