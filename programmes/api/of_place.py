"""Lists of a place that are worked out rather than read from a table: what they share."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from icp.common.api import PAGING, KnownParameters
from programmes import access
from programmes.models import Place, Programme


def described(parameters: Mapping[str, str]) -> list[OpenApiParameter]:
    """For the API's description: parameters by name, each with what it says."""
    return [OpenApiParameter(name, str, description=words) for name, words in parameters.items()]


class OfPlace(KnownParameters, viewsets.GenericViewSet[Any]):
    """A list of one place, whose short name is in the address. ``asked`` are its parameters, beside its pages."""

    queryset = Place.objects.none()
    asked: Mapping[str, str] = {}

    def parameters(self) -> set[str]:
        return {*PAGING, *self.asked}

    def place_of(self, request: Request, slug: str) -> Place:
        """The place.

        Raises:
            Http404: there is none, or the person has no role in it.
        """
        return get_object_or_404(access.visible_places(user=request.user), slug=slug)

    def programmes_of(self, request: Request, place: Place) -> list[Programme]:
        """Those of the place, in its order."""
        return list(access.visible_programmes(user=request.user).filter(place=place).in_order())

    def given(self, request: Request) -> dict[str, str]:
        given = request.query_params.items()
        return {name: str(value) for name, value in given if name in self.asked}


def refuse_unless_valid(form: forms.Form) -> None:
    """Raises:
    ValidationError: by parameter, in the page's own words.
    """
    if not form.is_valid():
        errors: dict[str, Any] = {n: [str(one) for one in said] for n, said in form.errors.items()}
        raise ValidationError(errors)
