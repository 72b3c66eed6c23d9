"""What dependencies warn of, by the API: the page's own list, with the page's own choices."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from programmes.api.of_place import OfPlace, described, refuse_unless_valid
from programmes.dependency_forms import WarningsForm
from programmes.dependency_lines import Concern, warnings_of
from programmes.selectors.dependencies import linked_rows

ASKED = {
    "programme": "Only warnings of rows of the programme with this code.",
    "concern": f"Only this kind of warning: {', '.join(Concern)}.",
}


class DependencyWarningSerializer(serializers.Serializer[Any]):
    """A warning of one row. ``words`` is a sentence that stands by itself beside the row."""

    reference = serializers.CharField()
    name = serializers.CharField()
    programme = serializers.CharField(source="code")
    concern = serializers.ChoiceField(choices=[*Concern])
    words = serializers.CharField()


class DependencyWarningViewSet(OfPlace):
    serializer_class = DependencyWarningSerializer
    asked = ASKED

    @extend_schema(parameters=described(ASKED))
    def list(self, request: Request, place: str) -> Response:
        """Dependencies that are broken, circular, critical, driving, or cannot be checked; the gravest first."""
        found = self.place_of(request, place)
        form = WarningsForm(self.given(request), programmes=self.programmes_of(request, found))
        refuse_unless_valid(form)
        warned = form.narrowed(
            warnings_of(linked_rows(place=found, today=clock.today()), place=found)
        )
        page = self.paginate_queryset(warned)
        return self.get_paginated_response(DependencyWarningSerializer(page, many=True).data)
